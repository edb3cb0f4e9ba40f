using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>starts-apart</c>: some uses of one resource do not start close to each other.</summary>
internal static class StartsApart
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var day in Starts(evidence).GroupBy(s => (s.Resource, s.Date)))
        {
            var starts = day.ToList();
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

            foreach (var start in starts.Where(s => !s.Visit.IsFixed))
            {
                foreach (var booking in evidence.BookingsOf(start.Resource, start.Date))
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

    /// <summary>When each need of each visit begins to take its resource.</summary>
    private static IEnumerable<Start> Starts(Evidence evidence) =>
        from visit in evidence.Visits
        from need in visit.Type.Needs
        let first = visit.Uses.Where(u => u.Need == need.Id).MinBy(u => u.Start)
        where first is not null
        select new Start(first.Resource, first.Start.Date, (first.Start.Hour * 60) + first.Start.Minute, visit, need.StartsApartMinutes);

    private sealed record Start(string Resource, LocalDate Date, int Minute, JudgedVisit Visit, int Apart);
}
