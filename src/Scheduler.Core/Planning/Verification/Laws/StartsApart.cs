using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>starts-apart</c>: some uses of one resource do not start close to each other.</summary>
internal static class StartsApart
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var starts in ByDay(evidence))
        {
            for (var i = 0; i < starts.Count; i++)
            {
                for (var j = i + 1; j < starts.Count; j++)
                {
                    var (a, b) = (starts[i], starts[j]);
                    var apart = Math.Max(a.Apart, b.Apart);
                    if (a.Visit != b.Visit && Math.Abs(a.Minute - b.Minute) < apart && evidence.AreCompared(a.Visit, b.Visit))
                    {
                        yield return new(
                            [a.Visit.Id, b.Visit.Id], [a.Resource], Message(evidence, a, $"{b.Visit.Id} at {Hours.Clock(b.Minute)}", b.Minute, apart));
                    }
                }
            }

            foreach (var start in starts)
            {
                foreach (var booking in start.Visit.IsFixed ? [] : evidence.BookingsOf(start.Resource, start.Date))
                {
                    // What a booking of another course asks for counts as what its visit asks for.
                    var apart = booking.StartsApartMinutes is { } asked ? Math.Max(asked, start.Apart) : 0;
                    if (Math.Abs(start.Minute - booking.Hours.From) < apart)
                    {
                        yield return new(
                            [start.Visit.Id],
                            [start.Resource],
                            Message(evidence, start, $"a booking at {Hours.Clock(booking.Hours.From)}", booking.Hours.From, apart));
                    }
                }
            }
        }
    }

    private static string Message(Evidence evidence, Start start, string other, int minute, int apart) =>
        $"{Wording.ResourceOf(evidence, start.Resource)} starts with {start.Visit.Id} at {Hours.Clock(start.Minute)} and {other} on {Wording.Of(start.Date)}: "
        + $"{Math.Abs(start.Minute - minute)} min apart, but at least {apart} min must lie between.";

    /// <summary>When each need of each visit begins to take its resource, for each resource of whom a need or a booking asks that, and each day.</summary>
    private static List<List<Start>> ByDay(Evidence evidence)
    {
        var asked = new HashSet<string>();
        foreach (var visit in evidence.Visits)
        {
            foreach (var need in visit.Type.Needs)
            {
                if (need.StartsApartMinutes > 0 && FirstUse(visit, need) is { } first)
                {
                    asked.Add(first.Resource);
                }
            }
        }

        var days = new List<List<Start>>();
        var found = new Dictionary<(string, LocalDate), List<Start>>();
        foreach (var visit in evidence.Visits)
        {
            foreach (var need in visit.Type.Needs)
            {
                if (FirstUse(visit, need) is not { } first
                    || !(asked.Contains(first.Resource) || evidence.BookingsOf(first.Resource, first.Start.Date).Any(b => b.StartsApartMinutes > 0)))
                {
                    continue;
                }

                var day = (first.Resource, first.Start.Date);
                if (!found.TryGetValue(day, out var starts))
                {
                    found[day] = starts = [];
                    days.Add(starts);
                }

                starts.Add(new(first.Resource, first.Start.Date, (first.Start.Hour * 60) + first.Start.Minute, visit, need.StartsApartMinutes));
            }
        }

        return days;
    }

    private static ResourceUse? FirstUse(JudgedVisit visit, Need need)
    {
        ResourceUse? first = null;
        foreach (var use in visit.Uses)
        {
            if (use.Need == need.Id && (first is null || use.Start < first.Start))
            {
                first = use;
            }
        }

        return first;
    }

    private readonly record struct Start(string Resource, LocalDate Date, int Minute, JudgedVisit Visit, int Apart);
}
