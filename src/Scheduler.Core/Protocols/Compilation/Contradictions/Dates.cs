using NodaTime;

namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>
/// What rules say about the dates of visits, as bounds on differences. Months count as 28 to 31 days, and clock changes as up to three
/// hours, so that what is impossible here is impossible on any date.
/// </summary>
internal static class Dates
{
    private const int ClockChange = 180;

    /// <summary>The bounds of one rule.</summary>
    public static IEnumerable<DateBound> Of(Rule rule) => OfKind(rule).Select(b => b with { Rule = rule });

    /// <summary>The bounds that hold without a rule: visits of a series follow each other, each day of the series later than the one before.</summary>
    public static IEnumerable<DateBound> OfSeries(VisitType type, int perDay, Func<VisitId, bool> has)
    {
        VisitId? before = null;
        foreach (var visit in type.Visits.Where(has))
        {
            if (before is { } b)
            {
                yield return new(null, visit, b, (b.Ordinal - 1) / perDay == (visit.Ordinal - 1) / perDay ? 0 : -1);
            }

            before = visit;
        }
    }

    private static IEnumerable<DateBound> OfKind(Rule rule) => rule switch
    {
        Rule.Cadence cadence => OfCadence(cadence),
        Rule.Order order => OfOrder(order),
        Rule.Window window when window.Anchor.VisitOrNone is { } anchor =>
            window.Visits.SelectMany(v => Between(anchor, v, Fewest(window.Target) + window.Allowed.From, Most(window.Target) + window.Allowed.To)),
        Rule.HourWindow window when window.Anchor.VisitOrNone is { } anchor =>
            window.Visits.SelectMany(v => Between(
                anchor,
                v,
                FloorDays(window.TargetMinutes + window.Allowed.From - ClockChange),
                FloorDays(window.TargetMinutes + window.Allowed.To + ClockChange) + 1)),
        Rule.SameDay same => same.Pairs.SelectMany(p => Between(p.Partner, p.Visit, 0, 0)),
        _ => [],
    };

    /// <summary>Of an order, what bounds all else: visits of a series follow each other anyway.</summary>
    private static IEnumerable<DateBound> OfOrder(Rule.Order order)
    {
        for (var g = 1; g < order.Groups.Length; g++)
        {
            foreach (var earlier in order.Groups[g - 1].GroupBy(v => v.Type))
            {
                foreach (var later in order.Groups[g].GroupBy(v => v.Type))
                {
                    yield return new(null, later.MinBy(v => v.Ordinal), earlier.MaxBy(v => v.Ordinal), order.AtLeast is null ? 0 : -Fewest(order.AtLeast));
                    if (order.AtMost is { } most)
                    {
                        yield return new(null, earlier.MinBy(v => v.Ordinal), later.MaxBy(v => v.Ordinal), Most(most));
                    }
                }
            }
        }
    }

    private static IEnumerable<DateBound> OfCadence(Rule.Cadence rule)
    {
        var days = rule.Days;
        for (var k = 1; k < days.Length; k++)
        {
            var (first, before, visit) = (days[0][0], days[k - 1][0], days[k][0]);
            var bounds = new List<DateBound>();
            if (rule.PerWeek is { } rhythm)
            {
                var (from, to) = rhythm.WeeksOf(k);
                bounds.AddRange(Between(first, visit, (7 * from) - (rhythm.Week == WeekKind.Calendar ? 6 : 0), rhythm.DependsOnClosures(k) ? null : (7 * to) + 6));
            }

            if (rule.Every is { } every)
            {
                bounds.AddRange(Between(before, visit, every.Days - every.Tolerance, every.Days + every.Tolerance));
            }

            bounds.AddRange(Between(before, visit, (rule.FreeDaysAtLeast ?? 0) + 1, rule.FreeDaysAtMost + 1));
            if (rule.Within is { } within)
            {
                bounds.Add(new(null, first, visit, Most(within) - 1));
            }

            foreach (var bound in bounds)
            {
                yield return bound;
            }
        }
    }

    private static IEnumerable<DateBound> Between(VisitId first, VisitId second, int least, int? most)
    {
        yield return new(null, second, first, -least);
        if (most is { } m)
        {
            yield return new(null, first, second, m);
        }
    }

    private static int FloorDays(int minutes) => (int)Math.Floor(minutes / (24 * 60.0));

    private static int Most(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int Fewest(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);
}

/// <summary>
/// <paramref name="To"/> lies at most so many days after <paramref name="From"/>, as a rule wants it, or the order of a series where that is null.
/// </summary>
internal sealed record DateBound(Rule? Rule, VisitId From, VisitId To, int Most)
{
    /// <summary>Whether it says how far apart the two are at least.</summary>
    public bool IsAtLeast => Most < 0;
}
