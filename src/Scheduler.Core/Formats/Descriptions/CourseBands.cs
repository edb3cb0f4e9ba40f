using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Descriptions;

/// <summary>What a band in the picture of a course stands for.</summary>
public enum BandKind
{
    /// <summary>What a window allows.</summary>
    Allowed,

    /// <summary>What is ideal in a window.</summary>
    Ideal,

    /// <summary>What an order leaves that says how far apart visits lie at most.</summary>
    Limit,

    /// <summary>The weeks or days in which visits of a series must lie.</summary>
    Series,
}

/// <summary>A stretch of time in which visits of one type may lie, all others being on their usual days.</summary>
/// <param name="Type">The visit type.</param>
/// <param name="Kind">What the stretch stands for.</param>
/// <param name="From">Where it begins, in days from midnight of the first treatment visit's day.</param>
/// <param name="To">Where it ends (exclusive); after <paramref name="From"/>.</param>
public sealed record Band(string Type, BandKind Kind, double From, double To);

/// <summary>Works out the bands of a course from its rules and the usual days of its visits.</summary>
internal static class CourseBands
{
    private const double DayMinutes = 24 * 60;

    /// <summary>The bands, wide ones before those that lie on them.</summary>
    public static ImmutableArray<Band> Of(Protocol protocol, ImmutableArray<Placement> course, int enrolment)
    {
        var days = course.ToDictionary(p => p.Visit, p => p.Usual);
        int Day(VisitId? visit) => visit is { } v ? days[v] : enrolment;
        return
        [
            .. protocol.Rules
                .SelectMany(rule => rule switch
                {
                    Rule.Window window => window.Visits.SelectMany(v =>
                        Around(v.Type, Day(window.Anchor.VisitOrNone) + CourseDays.Of(window.Target), window.Ideal, window.Allowed, (from, to) => (from, to + 1))),

                    // As marks do, the anchor stands at noon.
                    Rule.HourWindow window => window.Visits.SelectMany(v =>
                        Around(v.Type, Day(window.Anchor.VisitOrNone) + 0.5 + (window.TargetMinutes / DayMinutes), window.Ideal, window.Allowed, (from, to) => (from / DayMinutes, to / DayMinutes))),
                    Rule.Order { AtMost: not null } order => OfOrder(order, protocol, v => days[v]),
                    Rule.Cadence cadence => OfSeries(cadence, v => days[v]),
                    _ => [],
                })
                .Where(b => b.To > b.From)
                .Distinct()
                .OrderBy(b => b.Kind),
        ];
    }

    private static IEnumerable<Band> Around(string type, double target, Leeway ideal, Leeway allowed, Func<int, int, (double From, double To)> width)
    {
        var (outer, inner) = (width(allowed.From, allowed.To), width(ideal.From, ideal.To));
        if (allowed != ideal)
        {
            yield return new(type, BandKind.Allowed, target + outer.From, target + outer.To);
        }

        yield return new(type, BandKind.Ideal, target + inner.From, target + inner.To);
    }

    /// <summary>Of two groups, the one that is placed by the other: an assessment before treatment begins, else the later one.</summary>
    private static IEnumerable<Band> OfOrder(Rule.Order order, Protocol protocol, Func<VisitId, int> day)
    {
        var (least, most) = (order.AtLeast is { } l ? CourseDays.Of(l) : 0, CourseDays.Of(order.AtMost!));
        foreach (var (before, after) in order.Groups.Zip(order.Groups.Skip(1)))
        {
            var isBeforehand = before.All(v => day(v) <= 0 && protocol.TypeOf(v).Purpose == VisitPurpose.Assessment);
            var (from, to) = isBeforehand
                ? (after.Max(day) - most, after.Min(day) - least)
                : (before.Max(day) + least, before.Min(day) + most);
            // A single day is no stretch in which somebody could choose.
            foreach (var type in (isBeforehand ? before : after).Select(v => v.Type).Distinct().Where(_ => to > from))
            {
                yield return new(type, BandKind.Limit, from, to + 1);
            }
        }
    }

    private static IEnumerable<Band> OfSeries(Rule.Cadence cadence, Func<VisitId, int> day)
    {
        var (type, first, days) = (cadence.Series[0].Type, day(cadence.Series[0]), cadence.Days);
        if (cadence.PerWeek is { } weekly)
        {
            return Enumerable.Range(0, days.Length).Select(weekly.WeeksOf).Select(w => new Band(type, BandKind.Series, first + (7 * w.First), first + (7 * (w.Last + 1))));
        }

        return cadence.Within is { } within ? [new(type, BandKind.Series, first, first + CourseDays.Of(within))]
            : cadence.Every is { Tolerance: > 0 } every
                ? days.Skip(1).Select(d => new Band(type, BandKind.Series, day(d[0]) - every.Tolerance, day(d[0]) + every.Tolerance + 1))
            : [];
    }
}
