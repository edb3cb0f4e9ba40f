using NodaTime;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>
/// Finds rules whose distances in days no calendar can keep, before any clinic is known: bounds on differences of dates have a
/// solution exactly when no cycle of them adds up to less than nothing (Bellman and Ford). Months count as 28 to 31 days, so
/// that what is reported is impossible on any date.
/// </summary>
internal static class Distances
{
    /// <summary>Reports the first contradiction, with a smallest set of rules that make it.</summary>
    public static void Check(Protocol protocol, DiagnosticBag bag)
    {
        var series = protocol.VisitTypes.SelectMany(t => t.Visits.Skip(1).Select((v, i) => new Bound(v, t.Visits[i], -1))).ToList();
        var rules = protocol.Rules.Select(r => (Rule: r, Bounds: Of(r).ToList())).Where(r => r.Bounds.Count > 0).ToList();
        if (CanHold(protocol, series.Concat(rules.SelectMany(r => r.Bounds))))
        {
            return;
        }

        // A rule that can be taken out without the contradiction going away is no part of it.
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            var without = rules.Where((_, j) => j != i).ToList();
            if (!CanHold(protocol, series.Concat(without.SelectMany(r => r.Bounds))))
            {
                rules = without;
            }
        }

        var last = rules[^1].Rule;
        var others = rules[..^1].ConvertAll(r => $"'{r.Rule.Id}'");
        bag.Add(Messages.RulesContradict(
            last.Head.Where,
            last.Id,
            others.Count == 0 ? "the order of the series" : string.Join(", ", others),
            rules.Count > 1 ? rules[0].Rule.Head.Where : null));
    }

    private static bool CanHold(Protocol protocol, IEnumerable<Bound> bounds)
    {
        var all = bounds.ToList();
        var index = Enumerable.Range(0, protocol.Visits.Length).ToDictionary(i => protocol.Visits[i]);
        var earliest = new long[protocol.Visits.Length];
        for (var round = 0; round <= protocol.Visits.Length; round++)
        {
            var changed = false;
            foreach (var (from, to, most) in all)
            {
                var (i, j) = (index[from], index[to]);
                if (earliest[i] + most < earliest[j])
                {
                    earliest[j] = earliest[i] + most;
                    changed = true;
                }
            }

            if (!changed)
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<Bound> Of(Rule rule) => rule switch
    {
        Rule.Cadence cadence => OfCadence(cadence),
        Rule.Order order =>
            from g in Enumerable.Range(1, order.Groups.Length - 1)
            from earlier in order.Groups[g - 1]
            from later in order.Groups[g]
            from bound in Between(earlier, later, order.AtLeast is null ? 0 : Fewest(order.AtLeast), order.AtMost is null ? null : Most(order.AtMost))
            select bound,
        Rule.Window window when window.Anchor.VisitOrNone is { } anchor =>
            window.Visits.SelectMany(v => Between(anchor, v, Fewest(window.Target) + window.Allowed.From, Most(window.Target) + window.Allowed.To)),
        _ => [],
    };

    private static IEnumerable<Bound> OfCadence(Rule.Cadence rule)
    {
        for (var k = 1; k < rule.Series.Length; k++)
        {
            var (first, before, visit) = (rule.Series[0], rule.Series[k - 1], rule.Series[k]);
            var bounds = new List<Bound>();
            if (rule.PerWeek is { } rhythm)
            {
                var (from, to) = rhythm.WeeksOf(k);
                bounds.AddRange(Between(first, visit, (7 * from) - (rhythm.Week == WeekKind.Calendar ? 6 : 0), (7 * to) + 6));
            }

            if (rule.Every is { } every)
            {
                bounds.AddRange(Between(before, visit, every.Days - every.Tolerance, every.Days + every.Tolerance));
            }

            bounds.AddRange(Between(before, visit, (rule.FreeDaysAtLeast ?? 0) + 1, rule.FreeDaysAtMost + 1));
            if (rule.Within is { } within)
            {
                bounds.Add(new(first, visit, Most(within) - 1));
            }

            foreach (var bound in bounds)
            {
                yield return bound;
            }
        }
    }

    private static IEnumerable<Bound> Between(VisitId first, VisitId second, int least, int? most)
    {
        yield return new(second, first, -least);
        if (most is { } m)
        {
            yield return new(first, second, m);
        }
    }

    private static int Most(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int Fewest(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);

    /// <summary><paramref name="To"/> lies at most so many days after <paramref name="From"/>.</summary>
    private sealed record Bound(VisitId From, VisitId To, int Most);
}
