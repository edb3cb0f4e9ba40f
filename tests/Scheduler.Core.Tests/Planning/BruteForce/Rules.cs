using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>What the rules that must hold ask of one visit, and of two.</summary>
internal static class Rules
{
    private const int BeyondAllowed = 28;

    /// <summary>A demand on two visits; <see cref="Holds"/> takes them in this order.</summary>
    public sealed record Demand(VisitId First, VisitId Second, bool EvenIfExcluding, Func<Placement, Placement, bool> Holds);

    /// <summary>Whether a visit alone keeps every rule that concerns it alone.</summary>
    public static bool HoldAlone(PlanningRequest request, Placement visit) => request.Protocol.Rules.All(rule => rule switch
    {
        Rule.TimeOfDay time => !time.Strength.IsMust || !time.Visits.Contains(visit.Visit.Id) || IsAtTime(time, visit),
        Rule.Weekdays weekdays => !weekdays.Strength.IsMust || !weekdays.Visits.Contains(visit.Visit.Id) || weekdays.Days.Contains(visit.Date.DayOfWeek),
        Rule.Window { Anchor: Anchor.Enrolment } window =>
            !window.Visits.Contains(visit.Visit.Id) || IsPermitted(request, window, request.Enrolled ?? request.From, visit.Date),
        _ => true,
    });

    public static bool IsAtTime(Rule.TimeOfDay rule, Placement visit) =>
        visit.Start >= (rule.StartsFrom ?? 0) && visit.Start <= (rule.StartsTo ?? int.MaxValue) && visit.End <= (rule.EndsBy ?? int.MaxValue);

    public static int DaysOff(Rule.Window window, LocalDate anchor, LocalDate visit) => Period.DaysBetween(anchor + window.Target, visit);

    /// <summary>All that a rule demands of two visits.</summary>
    public static IEnumerable<Demand> Demands(PlanningRequest request, Rule rule) => rule switch
    {
        Rule.Cadence cadence => OfCadence(cadence),
        Rule.Order order => OfOrder(order),
        Rule.ApartDays apart => OfApartDays(apart),
        Rule.Window window => OfWindow(request, window),
        Rule.SamePerson { IsMust: true } same =>
            from i in Enumerable.Range(0, same.Visits.Length)
            from j in Enumerable.Range(0, i)
            select new Demand(same.Visits[j], same.Visits[i], false, (a, b) => a.PersonFor(same.Need) == b.PersonFor(same.Need)),
        Rule.DifferentPeople { IsMust: true } different =>
            from one in different.These
            from other in different.Those
            where one.Visit != other.Visit
            select new Demand(one.Visit, other.Visit, false, (a, b) => a.PersonFor(one.Need) != b.PersonFor(other.Need)),
        _ => [],
    };

    private static IEnumerable<Demand> OfCadence(Rule.Cadence cadence)
    {
        var series = cadence.Series;
        for (var k = 1; k < series.Length; k++)
        {
            if (cadence.PerWeek is { } rhythm)
            {
                var week = k / rhythm.Phases[0].Times;
                yield return new(series[0], series[k], false, (first, kth) => WeeksBetween(rhythm.Week, first.Date, kth.Date) == week);
            }

            if (cadence.Every is { } every)
            {
                yield return new(series[k - 1], series[k], false, (a, b) => Math.Abs(b.Day - a.Day - every.Days) <= every.Tolerance);
            }

            if (cadence.FreeDaysAtLeast is { } least)
            {
                yield return new(series[k - 1], series[k], false, (a, b) => b.Day - a.Day - 1 >= least);
            }

            if (cadence.FreeDaysAtMost is { } most)
            {
                yield return new(series[k - 1], series[k], false, (a, b) => b.Day - a.Day - 1 <= most);
            }

            if (cadence.Within is { } within)
            {
                yield return new(series[0], series[k], false, (first, kth) => kth.Date < first.Date + within);
            }
        }
    }

    private static int WeeksBetween(WeekKind kind, LocalDate first, LocalDate date)
    {
        var monday = first.PlusDays(1 - (int)first.DayOfWeek);
        return (int)Math.Floor(Period.DaysBetween(kind == WeekKind.Calendar ? monday : first, date) / 7.0);
    }

    private static IEnumerable<Demand> OfOrder(Rule.Order order) =>
        from i in Enumerable.Range(1, order.Groups.Length - 1)
        from earlier in order.Groups[i - 1]
        from later in order.Groups[i]
        select new Demand(earlier, later, false, (a, b) =>
            a.Visit.End <= b.Visit.Start
            && (order.AtLeast is not { } least || b.Date >= a.Date + least)
            && (order.AtMost is not { } most || b.Date <= a.Date + most));

    private static IEnumerable<Demand> OfApartDays(Rule.ApartDays apart) =>
        from i in Enumerable.Range(0, apart.Groups.Length)
        from j in Enumerable.Range(0, i)
        from one in apart.Groups[i]
        from other in apart.Groups[j]
        select new Demand(one, other, false, (a, b) => a.Day != b.Day);

    private static IEnumerable<Demand> OfWindow(PlanningRequest request, Rule.Window window) =>
        AnchorVisit(window) is not { } anchor
            ? []
            : window.Visits.Select(v => new Demand(anchor, v, true, (a, b) => IsPermitted(request, window, a.Date, b.Date)));

    /// <summary>The visit that a window counts from, if it is one.</summary>
    public static VisitId? AnchorVisit(Rule.Window window) => window.Anchor switch
    {
        Anchor.StartOf start => start.Visit,
        Anchor.EndOf end => end.Visit,
        _ => null,
    };

    private static bool IsPermitted(PlanningRequest request, Rule.Window window, LocalDate anchor, LocalDate visit)
    {
        var off = DaysOff(window, anchor, visit);
        return request.Deviations switch
        {
            DeviationLimit.None => window.Ideal.Contains(off),
            DeviationLimit.Minor => window.Allowed.Contains(off),
            _ => new Leeway(window.Allowed.From - BeyondAllowed, window.Allowed.To + BeyondAllowed).Contains(off),
        };
    }
}
