using System.Globalization;
using NodaTime;
using Scheduler.App.Audit;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>What stands in a book, in the lines in which the model says it, read past all our code.</summary>
internal static class BookLines
{
    private const string Kept = "left join proposal p on p.key = b.proposal where b.proposal is null or p.reserved_until > @now";

    /// <summary>The lines.</summary>
    /// <param name="book">The book.</param>
    /// <param name="withProposals">Whether proposals are told that can still be accepted.</param>
    public static async Task<IReadOnlyList<string>> Of(TestBook book, bool withProposals)
    {
        var now = book.Clock.Now.ToUnixTimeSeconds();
        return
        [
            .. await book.Rows<string>(
                """
                select 'E-' || e.key || ' of ' || e.patient || ' at version ' || e.version || ' after ' || (select count(*) from course_event c where c.enrolment = e.key) || ' events'
                  || case when e.waiting_since is null then '' else ', waits' end
                from enrolment e
                """),
            .. (await book.Rows<string>($"select 'E-' || b.enrolment || ' ' || b.visit || ' ' || b.status || coalesce(' for P-' || b.proposal, '') || '|' || b.starts || '|' || b.ends from booking b {Kept}", new { now }))
                .Select(l => l.Split('|')).Select(l => $"{l[0]} {BookModel.Span(Times.Time(l[1]), Times.Time(l[2]))}"),
            .. (await book.Rows<string>(
                $"""
                select 'E-' || b.enrolment || ' ' || b.visit || ' takes ' || r.id || ' ' || u.manner || '|' || u.taken_from || '|' || u.taken_to
                from resource_use u join booking b on b.key = u.booking join resource r on r.key = u.resource {Kept}
                """,
                new { now })).Select(l => l.Split('|')).Select(l => $"{l[0]} {BookModel.Span(Wall(l[1]), Wall(l[2]))}"),
            .. await book.Rows<string>("select 'key ' || key from asked_once"),
            .. await book.Rows<string>("select 'away: ' || coalesce(resource, 'all') || ' ' || first_date || ' ' || from_minute || ' ' || to_minute from absence"),
            .. withProposals ? await Proposals(book) : [],
        ];
    }

    /// <summary>Where the audit's chain is broken; null where it holds.</summary>
    public static async Task<long?> BrokenAt(TestBook book) => AuditChain.FirstBroken(await book.Store.Read(b => b.Chain(TestBook.Clinic)));

    private static async Task<IEnumerable<string>> Proposals(TestBook book) =>
        (await book.Rows<string>("select q.proposal || '|' || q.enrolment || '|' || case when q.version = e.version then '' else 'dead' end from proposal_part q join enrolment e on e.key = q.enrolment order by q.proposal, q.enrolment"))
            .Select(l => l.Split('|')).GroupBy(l => l[0]).Where(p => p.All(q => q[2].Length == 0)).Select(p => $"P-{p.Key} for {string.Join(", ", p.Select(q => $"E-{q[1]}"))}");

    private static LocalDateTime Wall(string second) => Instant.FromUnixTimeSeconds(long.Parse(second, CultureInfo.InvariantCulture)).InZone(ModelClinic.Zone).LocalDateTime;
}
