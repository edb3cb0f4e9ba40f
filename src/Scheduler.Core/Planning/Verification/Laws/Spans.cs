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

    /// <summary>The greatest distance, over all visits, from a certain visit; 180 days where one is not tied to another.</summary>
    public static int Longest(PlanningRequest request)
    {
        var protocol = request.Protocol;
        var visits = protocol.Visits;
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

        foreach (var (from, to, days) in Bounds(request))
        {
            var (i, j) = (index[from], index[to]);
            spans[i, j] = Math.Min(spans[i, j], days);
        }

        Close(spans);
        var longest = 0;
        for (var i = 0; i < visits.Length; i++)
        {
            if (protocol.TypeOf(visits[i]).IsConditional)
            {
                continue;
            }

            for (var j = 0; j < visits.Length; j++)
            {
                longest = Math.Max(longest, spans[i, j] >= Endless ? UntiedDays : spans[i, j]);
            }
        }

        return longest;
    }

    /// <summary>Bounds of the form: <c>To</c> lies at most so many days after <c>From</c>.</summary>
    private static IEnumerable<(VisitId From, VisitId To, int Days)> Bounds(PlanningRequest request)
    {
        foreach (var type in request.Protocol.VisitTypes)
        {
            for (var k = 1; k < type.Count; k++)
            {
                yield return (type.Visits[k], type.Visits[k - 1], -1);
            }
        }

        foreach (var rule in request.Protocol.Rules)
        {
            var bounds = rule switch
            {
                Rule.Cadence cadence => Of(cadence),
                Rule.Order order => Of(order),
                Rule.Window { Anchor: Anchor.StartOf anchor } window => Of(window, anchor.Visit, request.Deviations),
                Rule.Window { Anchor: Anchor.EndOf anchor } window => Of(window, anchor.Visit, request.Deviations),
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
        for (var k = 1; k < rule.Series.Length; k++)
        {
            var (first, before, visit) = (rule.Series[0], rule.Series[k - 1], rule.Series[k]);
            if (rule.PerWeek is { } rhythm)
            {
                yield return (first, visit, (7 * (k / rhythm.Phases[0].Times)) + 6);
            }

            if (rule.Every is { } every)
            {
                yield return (before, visit, every.Days + every.Tolerance);
            }

            if (rule.FreeDaysAtMost is { } most)
            {
                yield return (before, visit, most + 1);
            }

            if (rule.Within is { } within)
            {
                yield return (first, visit, Most(within) - 1);
            }
        }
    }

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
