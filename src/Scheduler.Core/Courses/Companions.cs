using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>Visits that cannot stay where they are when another one is placed again.</summary>
internal static class Companions
{
    /// <summary>Those that belong on the day of a visit, and assessments held before it that are too old for it from a day on.</summary>
    public static IEnumerable<VisitId> Of(CourseState state, VisitId visit, LocalDate day)
    {
        var all = new HashSet<VisitId> { visit };
        var open = new Queue<VisitId>(all);
        while (open.TryDequeue(out var next))
        {
            foreach (var other in OnTheDayOf(state.Protocol, [next]).Concat(TooOldFor(state, next, day)).Where(all.Add))
            {
                open.Enqueue(other);
                yield return other;
            }
        }
    }

    /// <summary>Visits that belong on the day of one of these, or on the day of such a visit.</summary>
    public static IEnumerable<VisitId> OnTheDayOf(Protocol protocol, IEnumerable<VisitId> visits)
    {
        var pairs = protocol.Rules.OfType<Rule.SameDay>().SelectMany(r => r.Pairs).ToLookup(p => p.Partner, p => p.Visit);
        var seen = visits.ToHashSet();
        var open = new Queue<VisitId>(seen);
        while (open.TryDequeue(out var partner))
        {
            foreach (var visit in pairs[partner].Where(seen.Add))
            {
                open.Enqueue(visit);
                yield return visit;
            }
        }
    }

    /// <summary>Visits already held so many minutes beside one that cannot begin then any more, since the patient arrived late.</summary>
    public static IEnumerable<VisitId> NoLongerBeside(CourseState state, VisitState late)
    {
        var begins = late.Arrived!.Value;
        var ends = begins + (late.Booking!.End - late.Booking.Start);
        return
            from rule in state.Protocol.Rules.OfType<Rule.SameDay>()
            where rule.Place is DayPlace.Starts
            let place = (DayPlace.Starts)rule.Place
            from pair in rule.Pairs
            where pair.Partner == late.Id && state.Find(pair.Visit).IsHeld
            let held = state.Find(pair.Visit)
            let start = held.Started ?? held.Booking!.Start
            where (place.FromEnd ? ends : begins) > start.PlusMinutes(-place.Earliest)
            select pair.Visit;
    }

    /// <summary>A rating must describe the patient as treatment begins: one that was held, and will lie longer before than its order allows, is none.</summary>
    private static IEnumerable<VisitId> TooOldFor(CourseState state, VisitId visit, LocalDate day) =>
        from order in state.Protocol.Rules.OfType<Rule.Order>()
        where order.AtMost is not null
        from k in Enumerable.Range(1, order.Groups.Length - 1)
        where order.Groups[k].Contains(visit)
        from before in order.Groups[k - 1]
        let held = state.Visits[before]
        where held.IsHeld && state.Protocol.TypeOf(before).Purpose == VisitPurpose.Assessment && held.Booking!.Date + order.AtMost! < day
        select before;
}
