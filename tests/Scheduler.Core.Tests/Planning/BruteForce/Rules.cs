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
        Rule.TimeOfDay or Rule.Weekdays when IsExcused(request, rule, visit.Visit.Id) => true,
        Rule.TimeOfDay time => !time.Strength.IsMust || !time.Visits.Contains(visit.Visit.Id) || IsAtTime(time, visit),
        Rule.Weekdays weekdays => !weekdays.Strength.IsMust || !weekdays.Visits.Contains(visit.Visit.Id) || weekdays.Days.Contains(visit.Date.DayOfWeek),
        Rule.Window window when FromDay(request, AnchorOf(request, window.Anchor, window.Fallback)) is { } day =>
            !window.Visits.Contains(visit.Visit.Id) || IsPermitted(request, window, day, visit.Date),
        _ => true,
    });

    public static bool IsAtTime(Rule.TimeOfDay rule, Placement visit) =>
        visit.Start >= (rule.StartsFrom ?? 0) && visit.Start <= (rule.StartsTo ?? int.MaxValue) && visit.End <= (rule.EndsBy ?? int.MaxValue);

    public static int DaysOff(Rule.Window window, LocalDate anchor, LocalDate visit) => Period.DaysBetween(anchor + window.Target, visit);

    /// <summary>All that a rule demands of two visits, of which it is asked.</summary>
    public static IEnumerable<Demand> Demands(PlanningRequest request, Rule rule) =>
        AllDemands(request, rule).Where(d => !IsExcused(request, rule, d.First) && !IsExcused(request, rule, d.Second));

    private static bool IsExcused(PlanningRequest request, Rule rule, VisitId visit) =>
        rule is not (Rule.Window or Rule.HourWindow) && request.Excused.Any(e => e.Visit == visit && e.Rule == rule.Id);

    private static IEnumerable<Demand> AllDemands(PlanningRequest request, Rule rule) => rule switch
    {
        Rule.Cadence cadence => OfCadence(cadence).Concat(OfClosedWeeks(request, cadence)),
        Rule.Order order => OfOrder(order),
        Rule.ApartDays apart => OfApartDays(apart),
        Rule.Window window => OfWindow(request, window),
        Rule.HourWindow window => OfHourWindow(request, window),
        Rule.SameDay same => OfSameDay(same),
        Rule.SamePerson { IsMust: true } same =>
            from i in Enumerable.Range(0, same.Visits.Length)
            from j in Enumerable.Range(0, i)
            select new Demand(same.Visits[j], same.Visits[i], false, (a, b) => a.PersonFor(same.Need) == b.PersonFor(same.Need)),
        Rule.DifferentPeople { IsMust: true } different =>
            from one in different.These
            from other in different.Those
            where one.Visit != other.Visit
            select new Demand(one.Visit, other.Visit, false, (a, b) => a.PersonFor(one.Need) != b.PersonFor(other.Need)),
        Rule.Rotation { IsMust: true } rotation =>
            InARow(request, rotation).Select(p => new Demand(p.One, p.Next, false, (a, b) => a.PersonFor(rotation.Need) != b.PersonFor(rotation.Need))),
        _ => [],
    };

    /// <summary>Two visits of a rotation with none between them that is certain, fixed, or hangs on the condition of one of the two.</summary>
    public static IEnumerable<(VisitId One, VisitId Next)> InARow(PlanningRequest request, Rule.Rotation rotation)
    {
        string Known(VisitId visit) => request.Fixed.Any(f => f.Id == visit) ? "" : request.Protocol.TypeOf(visit).OnlyIf ?? "";
        var visits = rotation.Visits.Except(request.LeftOut).ToList();
        return
            from i in Enumerable.Range(0, visits.Count)
            from j in Enumerable.Range(0, i)
            where !visits.Take(i).Skip(j + 1).Select(Known).Any(k => k == "" || k == Known(visits[i]) || k == Known(visits[j]))
            select (visits[j], visits[i]);
    }

    private static IEnumerable<Demand> OfCadence(Rule.Cadence cadence)
    {
        var perDay = cadence.PerDay?.Times ?? 1;
        for (var i = 0; i < cadence.Series.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (days, day) = ((i / perDay) - (j / perDay), i / perDay);
                var demands = new List<Func<Placement, Placement, bool>?>();
                if (days == 0)
                {
                    demands.Add((a, b) => a.Day == b.Day);
                    demands.Add(i == j + 1 ? (a, b) => Math.Abs(WholeTicks(b.Start) - WholeTicks(a.Start) - cadence.PerDay!.EveryMinutes) <= cadence.PerDay.ToleranceMinutes : null);
                }

                if (days > 0 && day == days)
                {
                    demands.Add(cadence.PerWeek is { HasFewerWhereClosed: false } rhythm ? (first, other) => WeeksOf(rhythm, day).Contains(WeeksBetween(rhythm.Week, first.Date, other.Date)) : null);
                    demands.Add(cadence.Within is { } within ? (first, other) => other.Date < first.Date + within : null);
                }

                if (days == 1)
                {
                    demands.Add(cadence.Every is { } every ? (a, b) => Math.Abs(b.Day - a.Day - every.Days) <= every.Tolerance : null);
                    demands.Add(cadence.FreeDaysAtLeast is { } least ? (a, b) => b.Day - a.Day - 1 >= least : null);
                    demands.Add(cadence.FreeDaysAtMost is { } most ? (a, b) => b.Day - a.Day - 1 <= most : null);
                }

                foreach (var demand in demands.OfType<Func<Placement, Placement, bool>>())
                {
                    yield return new(cadence.Series[j], cadence.Series[i], false, demand);
                }
            }
        }
    }

    private static IEnumerable<Demand> OfClosedWeeks(PlanningRequest request, Rule.Cadence cadence)
    {
        if (cadence.PerWeek is not { HasFewerWhereClosed: true })
        {
            return [];
        }

        var weeks = new ClosedWeeks(request, cadence);
        return
            from k in weeks.Days
            from first in weeks.Visits[weeks.First]
            from visit in weeks.Visits[k]
            select new Demand(first, visit, false, (a, b) => weeks.Of(k, a.Date).From <= b.Date && b.Date <= weeks.Of(k, a.Date).To);
    }

    /// <summary>The weeks in which a day of a series lies, counted from the week of its first day: the rhythm written out week by week.</summary>
    public static IEnumerable<int> WeeksOf(WeeklyRhythm rhythm, int day) => Blocks(rhythm).ElementAt(day);

    // For each day of the series the weeks of its block.
    private static IEnumerable<IEnumerable<int>> Blocks(WeeklyRhythm rhythm)
    {
        var week = 0;
        foreach (var phase in rhythm.Phases)
        {
            var end = week + phase.Weeks ?? int.MaxValue;
            for (; week < end; week += phase.EveryWeeks)
            {
                for (var time = 0; time < phase.Times; time++)
                {
                    yield return Enumerable.Range(week, phase.EveryWeeks);
                }
            }
        }
    }

    private static int WholeTicks(int minutes) => minutes / Ticks.Minutes * Ticks.Minutes;

    private static IEnumerable<Demand> OfSameDay(Rule.SameDay same) =>
        same.Pairs.Select(p => new Demand(p.Visit, p.Partner, false, (visit, partner) => visit.Day == partner.Day && IsBeside(same.Place, visit, partner)));

    private static bool IsBeside(DayPlace place, Placement visit, Placement partner)
    {
        switch (place)
        {
            case DayPlace.Before:
                return visit.End <= partner.Start;
            case DayPlace.After:
                return visit.Start >= partner.End;
            case DayPlace.Starts starts:
                var (first, last) = Ticks.Touched(partner.Start, partner.End);
                var after = WholeTicks(visit.Start) - ((starts.FromEnd ? last : first) * Ticks.Minutes);
                return starts.Earliest <= after && after <= starts.Latest;
            default:
                return true;
        }
    }

    private static IEnumerable<Demand> OfHourWindow(PlanningRequest request, Rule.HourWindow window)
    {
        var beyond = request.Deviations == DeviationLimit.Major ? BeyondAllowed * 24 * 60 : 0;
        var leeway = request.Deviations == DeviationLimit.None ? window.Ideal : window.Allowed;
        var permitted = new Leeway(leeway.From - beyond, leeway.To + beyond);
        return AnchorOf(request, window.Anchor, window.Fallback) is { VisitOrNone: { } anchor } counted
            ? window.Visits.Select(v => new Demand(anchor, v, true, (a, b) => permitted.Contains(MinutesOff(window, counted, a, b))))
            : [];
    }

    /// <summary>Minutes from the target to a visit's start: those of the wall, less what clocks have gone forward.</summary>
    public static int MinutesOff(Rule.HourWindow window, Anchor counted, Placement anchor, Placement visit)
    {
        var wall = ((visit.Day - anchor.Day) * 24 * 60) + visit.Start - (counted is Anchor.EndOf ? anchor.End : anchor.Start);
        return wall - (visit.OffsetMinutes - anchor.OffsetMinutes) - window.TargetMinutes;
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
        AnchorOf(request, window.Anchor, window.Fallback).VisitOrNone is not { } anchor
            ? []
            : window.Visits.Select(v => new Demand(anchor, v, true, (a, b) => IsPermitted(request, window, a.Date, b.Date)));

    /// <summary>The day that a window counts from which counts from no visit.</summary>
    public static LocalDate? FromDay(PlanningRequest request, Anchor anchor) =>
        anchor is Anchor.CameTrueOn known ? known.Date
        : anchor is Anchor.Enrolment ? request.Enrolled ?? request.From
        : null;

    /// <summary>What a window counts from: the fallback where the anchor's visit is left out.</summary>
    public static Anchor AnchorOf(PlanningRequest request, Anchor anchor, Anchor? fallback) =>
        anchor.VisitOrNone is { } visit && request.LeftOut.Contains(visit) ? fallback ?? anchor : anchor;

    /// <summary>Each visit that a rule keeps only where another is placed, with that one.</summary>
    public static IEnumerable<(VisitId Visit, VisitId On)> Hanging(PlanningRequest request, Rule rule)
    {
        var (visits, counted) = rule switch
        {
            Rule.Window window => (window.Visits, AnchorOf(request, window.Anchor, window.Fallback)),
            Rule.HourWindow window => (window.Visits, AnchorOf(request, window.Anchor, window.Fallback)),
            _ => ([], null),
        };
        var windows = counted?.VisitOrNone is { } anchor ? visits.Select(v => (v, anchor)) : [];
        return rule is Rule.SameDay same
            ? same.Pairs.Where(p => !request.Protocol.ExcludeEachOther(p.Visit, p.Partner)).Select(p => (p.Visit, p.Partner))
            : windows;
    }

    /// <summary>Whether each set of all or none is whole or absent; one of which a visit is there anyway asks for nothing.</summary>
    public static bool SetsAreWhole(PlanningRequest request, Func<VisitId, bool> isPlaced) =>
        request.Protocol.Rules.OfType<Rule.AllOrNone>().SelectMany(r => r.Sets).All(set =>
        {
            var rest = set.Except(request.LeftOut).ToList();
            var isThereAnyway = rest.Any(v => request.Fixed.Any(f => f.Id == v) || request.Protocol.TypeOf(v).OnlyIf is null);
            return isThereAnyway || rest.Select(isPlaced).Distinct().Count() <= 1;
        });

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
