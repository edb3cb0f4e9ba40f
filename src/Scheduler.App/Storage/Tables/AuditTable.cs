using System.Globalization;
using Scheduler.App.Audit;

namespace Scheduler.App.Storage.Tables;

/// <summary>What was done, in chains.</summary>
internal static class AuditTable
{
    /// <summary>Adds entries at the ends of their clinics' chains.</summary>
    public static async Task Append(this BookTransaction book, IReadOnlyCollection<AuditEntry> entries, long at)
    {
        foreach (var ofClinic in entries.GroupBy(e => e.Clinic).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var clinic = ofClinic.Key;
            await book.LockAudit(clinic);
            var end = await book.Row<End>("select number, hash from audit where clinic = @clinic order by number desc limit 1", new { clinic }) ?? new(0, "");
            foreach (var entry in ofClinic)
            {
                var number = end.Number + 1;
                var hash = AuditChain.Hash(number, at, entry, end.Hash);
                await book.Do(
                    """
                    insert into audit (clinic, number, at, actor, act, subject, before, after, why, previous, hash)
                    values (@Clinic, @number, @at, @Actor, @Act, @Subject, @Before, @After, @Why, @previous, @hash)
                    """,
                    new { entry.Clinic, number, at, entry.Actor, entry.Act, entry.Subject, entry.Before, entry.After, entry.Why, previous = end.Hash, hash });
                end = new(number, hash);
            }
        }
    }

    /// <summary>The number and hash of the last entry of each chain, with a space between them.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Heads(this BookTransaction book) =>
        (await book.Rows<HeadRow>("select clinic, number, hash from audit a where number = (select max(number) from audit b where b.clinic = a.clinic) order by clinic"))
            .ToDictionary(h => h.Clinic, h => string.Create(CultureInfo.InvariantCulture, $"{h.Number} {h.Hash}"), StringComparer.Ordinal);

    /// <summary>A clinic's chain.</summary>
    public static async Task<IReadOnlyList<AuditLink>> Chain(this BookTransaction book, string clinic) =>
    [
        .. (await book.Rows<Row>("select number, at, actor, act, subject, before, after, why, previous, hash from audit where clinic = @clinic order by number", new { clinic }))
            .Select(r => new AuditLink(r.Number, r.At, new(clinic, r.Actor, r.Act, r.Subject, r.Before, r.After, r.Why), r.Previous, r.Hash)),
    ];

    private sealed record HeadRow(string Clinic, long Number, string Hash);

    private sealed record End(long Number, string Hash);

    private sealed record Row(long Number, long At, string Actor, string Act, string Subject, string Before, string After, string Why, string Previous, string Hash);
}
