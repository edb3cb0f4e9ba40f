using NodaTime;
using Scheduler.Core.Planning.Verification.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>How many days may lie between visits at most, by the rules' upper bounds and by what must not come later than what.</summary>
internal static class Spans
{
    private const int UntiedDays = 180;

    /// <summary>Far more than any span; twice this is no overflow.</summary>
    private const int Endless = int.MaxValue / 2;

    /// <summary>
    /// The greatest distance, over all visits, from a certain visit; 180 days where one is not tied to another. What rules say of
    /// conditional visits ties no certain ones, and of visits that the course goes without nothing is said.
    /// </summary>
    public static int Longest(Evidence evidence)
    {
        VisitId[] visits = [.. evidence.Protocol.Visits.Where(v => !evidence.IsLeftOut(v))];
        VisitId[] certain = [.. visits.Where(v => !evidence.Protocol.TypeOf(v).IsConditional)];
        var bounds = Bounds(evidence).ToList();
        var longest = Longest(certain, certain, bounds);
        return certain.Length == visits.Length ? longest : Math.Max(longest, Longest(visits, certain, bounds));
    }

    private static int Longest(VisitId[] visits, VisitId[] certain, List<(VisitId From, VisitId To, int Days)> bounds)
    {
        var index = new Dictionary<VisitId, int>();
        foreach (var visit in visits)
        {
            index.Add(visit, index.Count);
        }

        var spans = new int[visits.Length, visits.Length];
        for (var i = 0; i < visits.Length; i++)
        {
            for (var j = 0; j < visits.Length; j++)
            {
                spans[i, j] = i == j ? 0 : Endless;
            }
        }

        foreach (var (from, to, days) in bounds)
        {
            if (index.TryGetValue(from, out var i) && index.TryGetValue(to, out var j))
            {
                spans[i, j] = Math.Min(spans[i, j], days);
            }
        }

        Close(spans);
        var longest = 0;
        foreach (var visit in certain)
        {
            for (var j = 0; j < visits.Length; j++)
            {
                var span = spans[index[visit], j];
                longest = Math.Max(longest, span >= Endless ? UntiedDays : span);
            }
        }

        return longest;
    }

    /// <summary>Bounds of the form: <c>To</c> lies at most so many days after <c>From</c>.</summary>
    private static IEnumerable<(VisitId From, VisitId To, int Days)> Bounds(Evidence evidence)
    {
        foreach (var type in evidence.Protocol.VisitTypes)
        {
            VisitId[] series = [.. type.Visits.Where(v => !evidence.IsLeftOut(v))];
            for (var k = 1; k < series.Length; k++)
            {
                yield return (series[k], series[k - 1], Bundles.AreOfOneDay(evidence.Protocol, series[k - 1], series[k]) ? 0 : -1);
            }
        }

        var limit = evidence.Request.Deviations;
        foreach (var rule in evidence.Protocol.Rules)
        {
            var bounds = rule switch
            {
                Rule.Cadence cadence => Of(cadence).Concat(OfFilledWeeks(cadence, evidence)),
                Rule.Order order => Of(order),
                Rule.SameDay same => same.Pairs.SelectMany(p => OfOneDay([p.Visit, p.Partner])),
                Rule.Window window when evidence.AnchorOf(window.Anchor, window.Fallback).VisitOrNone is { } anchor => Of(window, anchor, limit),
                Rule.HourWindow window when evidence.AnchorOf(window.Anchor, window.Fallback).VisitOrNone is { } anchor => Of(window, anchor, limit),
                _ => [],
            };
            foreach (var bound in bounds)
            {
                yield return bound;
            }
        }
    }

    private static IEnumerable<(VisitId From, VisitId To, int Days)> Of(Rule.Cadence rule)
    {
        var days = CadenceJudge.Days(rule);
        for (var k = 0; k < days.Count; k++)
        {
            foreach (var bound in OfOneDay(days[k]))
            {
                yield return bound;
            }

            if (k == 0)
            {
                continue;
            }

            if (rule.PerWeek is { HasFewerWhereClosed: false } rhythm && CadenceJudge.WeeksOf(rhythm, k) is { } weeks)
            {
                foreach (var bound in Each(days[0], days[k], (7 * weeks.Last) + 6))
                {
                    yield return bound;
                }
            }

            var between = new[] { rule.Every?.Days + rule.Every?.Tolerance, rule.FreeDaysAtMost + 1 }.OfType<int>();
            foreach (var bound in between.SelectMany(b => Each(days[k - 1], days[k], b)))
            {
                yield return bound;
            }

            if (rule.Within is { } within)
            {
                foreach (var bound in Each(days[0], days[k], Most(within) - 1))
                {
                    yield return bound;
                }
            }
        }
    }

    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfFilledWeeks(Rule.Cadence rule, Evidence evidence)
    {
        if (rule.PerWeek is not { HasFewerWhereClosed: true })
        {
            return [];
        }

        var (weeks, days) = (new FilledWeeks(rule, evidence), CadenceJudge.Days(rule));
        return weeks.MostDays().SelectMany(b => Each(days[weeks.First!.Value], days[b.Day], b.Most));
    }

    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfOneDay(VisitId[] visits) =>
        from a in visits
        from b in visits
        where a != b
        select (a, b, 0);

    private static IEnumerable<(VisitId From, VisitId To, int Days)> Each(VisitId[] earlier, VisitId[] later, int days) =>
        from a in earlier
        from b in later
        select (a, b, days);

    private static IEnumerable<(VisitId From, VisitId To, int Days)> Of(Rule.Order rule)
    {
        for (var step = 1; step < rule.Groups.Length; step++)
        {
            foreach (var earlier in rule.Groups[step - 1])
            {
                foreach (var later in rule.Groups[step])
                {
                    yield return (later, earlier, 0);
                    if (rule.AtMost is { } most)
                    {
                        yield return (earlier, later, Most(most));
                    }
                }
            }
        }
    }

    private static IEnumerable<(VisitId From, VisitId To, int Days)> Of(Rule.Window rule, VisitId anchor, DeviationLimit limit)
    {
        var leeway = WindowJudge.Permitted(rule, limit);
        foreach (var visit in rule.Visits)
        {
            yield return (anchor, visit, Most(rule.Target) + leeway.To);
            yield return (visit, anchor, -Least(rule.Target) - leeway.From);
        }
    }

    /// <summary>Three hours are what clocks may change by.</summary>
    private static IEnumerable<(VisitId From, VisitId To, int Days)> Of(Rule.HourWindow rule, VisitId anchor, DeviationLimit limit)
    {
        var leeway = HourWindowJudge.Permitted(rule, limit);
        foreach (var visit in rule.Visits)
        {
            yield return (anchor, visit, WholeDays(rule.TargetMinutes + leeway.To + 180) + 1);
            yield return (visit, anchor, -WholeDays(rule.TargetMinutes + leeway.From - 180));
        }
    }

    private static int WholeDays(int minutes) => (int)Math.Floor(minutes / (24 * 60.0));

    /// <summary>Shortest paths between all pairs.</summary>
    private static void Close(int[,] spans)
    {
        var count = spans.GetLength(0);
        for (var via = 0; via < count; via++)
        {
            for (var i = 0; i < count; i++)
            {
                if (spans[i, via] >= Endless)
                {
                    continue;
                }

                for (var j = 0; j < count; j++)
                {
                    // A bound that nothing can keep would spiral downwards; no span is shorter than a century.
                    if (spans[via, j] < Endless)
                    {
                        spans[i, j] = Math.Max(Math.Min(spans[i, j], spans[i, via] + spans[via, j]), -36_600);
                    }
                }
            }
        }
    }

    private static int Most(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int Least(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);
}
