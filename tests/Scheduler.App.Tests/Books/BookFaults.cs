using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Audit;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;

namespace Scheduler.App.Tests.Books;

/// <summary>Looks for what must not be in a book, by reading all of it and trusting none of its guards.</summary>
internal static class BookFaults
{
    /// <summary>Everything that is wrong, in a line each.</summary>
    public static async Task<ImmutableArray<string>> Of(TestBook book) =>
        [.. await Overlaps(book), .. await Parts(book), .. await Chains(book)];

    /// <summary>Resources that are taken beyond what they bear, at the moments at which a use begins.</summary>
    private static async Task<IEnumerable<string>> Overlaps(TestBook book)
    {
        var uses = await book.Rows<Taken>(
            """
            select r.id, r.is_patient, r.capacity, r.supervises, r.hands_on_minutes, u.manner, u.to_minute - u.from_minute as minutes, u.taken_from, u.taken_to, u.unit,
              case when u.apart < 0 then u.apart else u.booking end as apart
            from resource_use u join resource r on r.key = u.resource
            """);
        return uses.GroupBy(u => (u.Id, u.Is_Patient)).SelectMany(of =>
        {
            var sorted = of.OrderBy(u => u.Taken_From).ToList();
            var now = new List<Taken>();
            var faults = new List<string>();
            foreach (var use in sorted)
            {
                now.RemoveAll(u => u.Taken_To <= use.Taken_From);
                now.Add(use);
                int Groups(Func<Taken, bool> which) => now.Where(which).Select(u => u.Apart).Distinct().Count();
                var (inHand, overseen) = (Groups(u => u.Manner != "supervision"), Groups(u => u.Manner == "supervision"));
                if (inHand > (now.Exists(u => u.Manner == "exclusive") ? 1 : use.Capacity) || overseen > use.Supervises
                    || (overseen > 0 && now.Exists(u => u.Manner != "supervision" && u.Minutes > u.Hands_On_Minutes && now.Exists(o => o.Manner == "supervision" && o.Apart != u.Apart))))
                {
                    faults.Add($"{use.Id} is taken {inHand} times and overseen {overseen} times at {Instant.FromUnixTimeSeconds(use.Taken_From)}");
                }
            }

            return faults;
        });
    }

    /// <summary>Courses that are booked in part, or otherwise than they tell.</summary>
    private static async Task<IEnumerable<string>> Parts(TestBook book)
    {
        var booked = (await book.Rows<Place>("select enrolment, visit, starts from booking where enrolment is not null and proposal is null and status = 'booked'")).ToLookup(p => p.Enrolment, p => $"{p.Visit} {p.Starts}");
        var courses = await book.Store.Read(async work =>
        {
            var all = new List<Enrolment>();
            var library = new Protocols.Library();
            foreach (var key in (await work.Rows<long>("select distinct enrolment from course_event")).Union(booked.Select(b => b.Key)))
            {
                all.Add((await work.Enrolment(library, TestBook.Clinic, EnrolmentId.Of(key)))!);
            }

            return all;
        });
        return courses
            .Where(c => !c.State.Visits.Values.Where(v => v.Status == VisitStatus.Booked).Select(v => $"{v.Id} {Times.Of(v.Booking!.Start)}").Order(StringComparer.Ordinal).SequenceEqual(booked[c.Key].Order(StringComparer.Ordinal))
                || (booked[c.Key].Any() && c.State.Visits.Values.Any(v => v.IsOpen && !v.IsAwaited)))
            .Select(c => $"{c.Id} is booked in part: {string.Join(", ", booked[c.Key])}");
    }

    private static async Task<IEnumerable<string>> Chains(TestBook book)
    {
        var faults = new List<string>();
        foreach (var clinic in await book.Rows<string>("select distinct clinic from audit"))
        {
            if (AuditChain.FirstBroken(await book.Store.Read(b => b.Chain(clinic))) is { } broken)
            {
                faults.Add($"the audit of {clinic} is broken at {broken}");
            }
        }

        return faults;
    }

    private sealed record Taken(
        string Id, long Is_Patient, long Capacity, long Supervises, long Hands_On_Minutes, string Manner, long Minutes, long Taken_From, long Taken_To, long Unit, long Apart);

    private sealed record Place(long Enrolment, string Visit, string Starts);
}
