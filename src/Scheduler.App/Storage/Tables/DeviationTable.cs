using System.Collections.Immutable;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.App.Storage.Tables;

/// <summary>Windows outside whose ideal visits lie, and rules that visits break by somebody's decision.</summary>
internal static class DeviationTable
{
    /// <summary>
    /// Keeps the deviations of a course as it is now: those that are there stay as they are, and those that are no more go unless they are signed. One that has become another, by a day say, is another: what was signed was
    /// not that.
    /// </summary>
    /// <param name="book">The book.</param>
    /// <param name="enrolment">The course.</param>
    /// <param name="deviations">Its deviations.</param>
    /// <param name="reason">The reason, in the clinic's words.</param>
    /// <param name="at">When.</param>
    /// <param name="by">By whom.</param>
    /// <param name="isAsked">The visits that are looked at; what is noted of others stays.</param>
    public static async Task SaveDeviations(this BookTransaction book, long enrolment, ImmutableArray<Deviation> deviations, string reason, long at, string by, Func<string, bool> isAsked)
    {
        var known = await book.Rows<Known>("select key, visit, rule, tier, message, reason, signed_by from deviation where enrolment = @enrolment order by key", new { enrolment });
        known.RemoveAll(k => !isAsked(k.Visit));
        var now = deviations.Where(d => isAsked(d.Visit.ToString())).Select(d => (Visit: d.Visit.ToString(), d.Rule, Tier: d.IsMajor ? "major" : "minor", d.Message)).ToList();
        foreach (var gone in known.Where(k => k.Signed_By is null && !now.Exists(d => k.Is(d.Visit, d.Rule, d.Tier, d.Message))))
        {
            await book.Do("delete from deviation where key = @Key", new { gone.Key });
        }

        foreach (var (visit, rule, tier, message) in now.Where(d => !known.Exists(k => k.Is(d.Visit, d.Rule, d.Tier, d.Message))))
        {
            // What became of one that had a reason keeps it, where nobody gives another.
            var why = reason.Length > 0 ? reason : known.LastOrDefault(k => k.Visit == visit && k.Rule == rule)?.Reason ?? "";
            await book.Do(
                "insert into deviation (enrolment, visit, rule, tier, message, reason, noted_at, noted_by) values (@enrolment, @visit, @rule, @tier, @message, @why, @at, @by)",
                new { enrolment, visit, rule, tier, message, why, at, by });
        }
    }

    /// <summary>The deviations of a clinic, or of one of its enrolments.</summary>
    public static Task<List<DeviationRow>> Deviations(this BookTransaction book, string clinic, long? enrolment) => book.Rows<DeviationRow>(
        """
        select d.key, d.enrolment, d.visit, d.rule, d.tier, d.message, d.reason, d.noted_at, d.noted_by, d.signed_at, d.signed_by
        from deviation d join enrolment e on e.key = d.enrolment
        where e.clinic = @clinic and (cast(@enrolment as bigint) is null or e.key = @enrolment) order by d.key
        """,
        new { clinic, enrolment });

    /// <summary>Signs a deviation; false where there is none that waits for it.</summary>
    public static async Task<bool> SignDeviation(this BookTransaction book, string clinic, long deviation, long at, string by) => await book.Do(
        "update deviation set signed_at = @at, signed_by = @by where key = @deviation and signed_by is null and enrolment in (select key from enrolment where clinic = @clinic)",
        new { clinic, deviation, at, by }) == 1;

    private sealed record Known(long Key, string Visit, string Rule, string Tier, string Message, string Reason, string? Signed_By)
    {
        public bool Is(string visit, string rule, string tier, string message) => Visit == visit && Rule == rule && Tier == tier && Message == message;
    }
}

/// <summary>A deviation as kept.</summary>
internal sealed record DeviationRow(
    long Key, long Enrolment, string Visit, string Rule, string Tier, string Message, string Reason, long Noted_At, string Noted_By, long? Signed_At, string? Signed_By);
