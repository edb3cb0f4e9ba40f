using System.Numerics;
using NodaTime;
using Scheduler.Core.Planning.Verification.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>How many days may lie between visits at most, by the rules' upper bounds and by what must not come later than what.</summary>
internal static class Spans
{
    /// <summary>What counts as the distance of two visits that are not tied to each other.</summary>
    public const int UntiedDays = 180;

    /// <summary>Far more than any span; twice this is no overflow.</summary>
    private const int Endless = int.MaxValue / 2;

    /// <summary>A bound that nothing can keep would spiral downwards; no span is shorter than a century.</summary>
    private const int Shortest = -36_600;

    /// <summary>
    /// The greatest distance, over all visits, from a certain visit; 180 days where one is not tied to another. What rules say of
    /// conditional visits ties no certain ones, and of visits that the course goes without nothing is said.
    /// </summary>
    public static int Longest(Evidence evidence)
    {
        int[] visits = [.. Enumerable.Range(0, evidence.Count).Where(i => !evidence.IsLeftOut(evidence.Protocol.Visits[i]))];
        int[] certain = [.. visits.Where(i => !evidence.Protocol.TypeOf(evidence.Protocol.Visits[i]).IsConditional)];
        var bounds = Bounds(evidence, weeks => weeks.MostDays());
        var longest = Longest(certain, certain, bounds, evidence.Count);
        return certain.Length == visits.Length ? longest : Math.Max(longest, Longest(visits, certain, bounds, evidence.Count));
    }

    /// <summary>Bounds of the form: <c>To</c> lies at most so many days after <c>From</c>, with visits by their places among all of the protocol's.</summary>
    /// <param name="evidence">The request.</param>
    /// <param name="mostDays">How many days after the first day of a rhythm with fewer visits where closed each other may lie at most.</param>
    public static List<(int From, int To, int Days)> Bounds(Evidence evidence, Func<FilledWeeks, IEnumerable<(int Day, int Most)>> mostDays)
    {
        var found = new List<(int From, int To, int Days)>();
        foreach (var type in evidence.Protocol.VisitTypes)
        {
            VisitId? before = null;
            foreach (var visit in type.Visits)
            {
                if (!evidence.IsLeftOut(visit))
                {
                    if (before is { } earlier)
                    {
                        Add(visit, earlier, evidence.Bundles.AreOfOneDay(earlier, visit) ? 0 : -1);
                    }

                    before = visit;
                }
            }
        }

        var limit = evidence.Request.Deviations;
        foreach (var rule in evidence.Protocol.Rules)
        {
            var bounds = rule switch
            {
                Rule.Cadence cadence => Of(cadence).Concat(OfFilledWeeks(cadence, evidence, mostDays)),
                Rule.Order order => Of(order),
                Rule.SameDay same => same.Pairs.SelectMany(p => OfOneDay([p.Visit, p.Partner])),
                Rule.Window window when evidence.AnchorOf(window.Anchor, window.Fallback).VisitOrNone is { } anchor => Of(window, anchor, limit),
                Rule.HourWindow window when evidence.AnchorOf(window.Anchor, window.Fallback).VisitOrNone is { } anchor => Of(window, anchor, limit),
                _ => [],
            };
            foreach (var (from, to, days) in bounds)
            {
                if (!evidence.IsLeftOut(from) && !evidence.IsLeftOut(to))
                {
                    Add(from, to, days);
                }
            }
        }

        return found;

        void Add(VisitId from, VisitId to, int days)
        {
            if (evidence.PlaceOf(from) is { } i && evidence.PlaceOf(to) is { } j && (i != j || days < 0))
            {
                found.Add((i, j, days));
            }
        }
    }

    private static int Longest(int[] visits, int[] certain, List<(int From, int To, int Days)> bounds, int count)
    {
        var index = new int[count];
        Array.Fill(index, -1);
        var spans = new int[visits.Length][];
        for (var i = 0; i < visits.Length; i++)
        {
            index[visits[i]] = i;
            spans[i] = new int[visits.Length];
            Array.Fill(spans[i], Endless);
            spans[i][i] = 0;
        }

        foreach (var (from, to, days) in bounds)
        {
            if (index[from] is >= 0 and var i && index[to] is >= 0 and var j)
            {
                spans[i][j] = Math.Min(spans[i][j], days);
            }
        }

        Close(spans);
        var longest = 0;
        foreach (var visit in certain)
        {
            foreach (var span in spans[index[visit]])
            {
                longest = Math.Max(longest, span >= Endless ? UntiedDays : span);
            }
        }

        return longest;
    }

    private static IEnumerable<(VisitId From, VisitId To, int Days)> Of(Rule.Cadence rule)
    {
        var days = CadenceJudge.Days(rule);
        for (var k = 0; k < days.Count; k++)
        {
            foreach (var bound in rule.PerDay is null ? [] : OfOneDay(days[k]))
            {
                yield return bound;
            }

            if (k == 0)
            {
                continue;
            }

            int? last = rule.PerWeek is { HasFewerWhereClosed: false } rhythm ? (7 * CadenceJudge.WeeksOf(rhythm, k)?.Last) + 6 : null;
            foreach (var visit in days[k])
            {
                foreach (var first in days[0])
                {
                    if (last is { } most)
                    {
                        yield return (first, visit, most);
                    }

                    if (rule.Within is { } within)
                    {
                        yield return (first, visit, Most(within) - 1);
                    }
                }

                foreach (var before in days[k - 1])
                {
                    if (rule.Every is { } every)
                    {
                        yield return (before, visit, every.Days + every.Tolerance);
                    }

                    if (rule.FreeDaysAtMost is { } free)
                    {
                        yield return (before, visit, free + 1);
                    }
                }
            }
        }
    }

    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfFilledWeeks(
        Rule.Cadence rule, Evidence evidence, Func<FilledWeeks, IEnumerable<(int Day, int Most)>> mostDays)
    {
        if (rule.PerWeek is not { HasFewerWhereClosed: true })
        {
            return [];
        }

        var (weeks, days) = (evidence.WeeksOf(rule), CadenceJudge.Days(rule));
        return mostDays(weeks).SelectMany(b => Each(days[weeks.First!.Value], days[b.Day], b.Most));
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
    private static void Close(int[][] spans)
    {
        var (width, endless, shortest) = (Vector<int>.Count, new Vector<int>(Endless), new Vector<int>(Shortest));
        for (var via = 0; via < spans.Length; via++)
        {
            var onwards = spans[via];
            foreach (var row in spans)
            {
                var before = row[via];
                if (before >= Endless)
                {
                    continue;
                }

                // Where bounds contradict each other, a row changes under way; else several columns go at once.
                var j = 0;
                for (; onwards[via] == 0 && j <= row.Length - width; j += width)
                {
                    var (now, after) = (new Vector<int>(row, j), new Vector<int>(onwards, j));
                    var closed = Vector.Max(Vector.Min(now, after + new Vector<int>(before)), shortest);
                    Vector.ConditionalSelect(Vector.LessThan(after, endless), closed, now).CopyTo(row, j);
                }

                for (; j < row.Length; j++)
                {
                    if (onwards[j] < Endless)
                    {
                        row[j] = Math.Max(Math.Min(row[j], row[via] + onwards[j]), Shortest);
                    }
                }
            }
        }
    }

    private static int Most(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int Least(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);
}
