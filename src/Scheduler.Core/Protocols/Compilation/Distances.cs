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
        var series = protocol.VisitTypes.SelectMany(t => t.Visits.Skip(1).Select((v, i) => new Bound(null, v, t.Visits[i], -1))).ToList();
        var rules = protocol.Rules.Select(r => (Rule: r, Bounds: Of(r).Select(b => b with { Rule = r }).ToList())).Where(r => r.Bounds.Count > 0).ToList();
        var contradiction = Contradiction(protocol, series.Concat(rules.SelectMany(r => r.Bounds)));
        if (contradiction.Count == 0)
        {
            return;
        }

        // A rule that can be taken out without the contradiction going away is no part of it.
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            var without = rules.Where((_, j) => j != i).ToList();
            if (Contradiction(protocol, series.Concat(without.SelectMany(r => r.Bounds))) is { Count: > 0 } other)
            {
                (rules, contradiction) = (without, other);
            }
        }

        var last = rules[^1].Rule;
        bag.Add(Messages.RulesContradict(
            last.Head.Where,
            last.Id,
            rules[..^1].ConvertAll(r => r.Rule.Id),
            Joined(contradiction).Select(b => (b.Rule?.Id, b.From.ToString(), b.To.ToString(), b.Most)),
            rules.Select(r => WholeSeries(protocol, r.Rule, alone: rules.Count == 1)).FirstOrDefault(s => s is not null),
            rules.Count > 1 ? rules[0].Rule.Head.Where : null));
    }

    /// <summary>Bounds that lead from a visit back to itself in less than no days; none where all can hold.</summary>
    private static List<Bound> Contradiction(Protocol protocol, IEnumerable<Bound> bounds)
    {
        var all = bounds.ToList();
        var index = Enumerable.Range(0, protocol.Visits.Length).ToDictionary(i => protocol.Visits[i]);
        var earliest = new long[protocol.Visits.Length];
        var by = new Bound?[protocol.Visits.Length];
        var changed = -1;
        for (var round = 0; round <= protocol.Visits.Length; round++)
        {
            changed = -1;
            foreach (var bound in all)
            {
                var (i, j) = (index[bound.From], index[bound.To]);
                if (earliest[i] + bound.Most < earliest[j])
                {
                    earliest[j] = earliest[i] + bound.Most;
                    by[j] = bound;
                    changed = j;
                }
            }

            if (changed < 0)
            {
                return [];
            }
        }

        // What still changes lies behind a cycle; as many steps back as there are visits lead into it.
        var at = changed;
        for (var step = 0; step < protocol.Visits.Length; step++)
        {
            at = index[by[at]!.From];
        }

        var cycle = new List<Bound>();
        for (var bound = by[at]!; cycle.Count == 0 || !ReferenceEquals(bound, cycle[^1]); bound = by[index[bound.From]]!)
        {
            cycle.Insert(0, bound);
        }

        return cycle;
    }

    /// <summary>The same bounds, where those of one rule that follow each other are made one: six times two weeks are twelve weeks.</summary>
    private static List<Bound> Joined(List<Bound> cycle)
    {
        var begin = Math.Max(0, cycle.FindIndex(b => b.Rule != cycle[^1].Rule || b.IsAtLeast != cycle[^1].IsAtLeast));
        var joined = new List<Bound>();
        foreach (var bound in cycle.Skip(begin).Concat(cycle.Take(begin)))
        {
            if (joined.Count > 0 && joined[^1] is var before && before.Rule == bound.Rule && before.IsAtLeast == bound.IsAtLeast && before.From != bound.To)
            {
                joined[^1] = before with { To = bound.To, Most = before.Most + bound.Most };
            }
            else
            {
                joined.Add(bound);
            }
        }

        return joined;
    }

    /// <summary>The series that stands as a whole in an order where perhaps one of its visits was meant.</summary>
    private static (string Series, int Count)? WholeSeries(Protocol protocol, Rule rule, bool alone) =>
        rule is Rule.Order order && (alone || order.AtMost is not null)
        && protocol.VisitTypes.FirstOrDefault(t => t.Count > 1 && order.Groups.Any(g => t.Visits.All(g.Contains))) is { } type
            ? (type.Id, type.Count)
            : null;

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
                bounds.Add(new(null, first, visit, Most(within) - 1));
            }

            foreach (var bound in bounds)
            {
                yield return bound;
            }
        }
    }

    private static IEnumerable<Bound> Between(VisitId first, VisitId second, int least, int? most)
    {
        yield return new(null, second, first, -least);
        if (most is { } m)
        {
            yield return new(null, first, second, m);
        }
    }

    private static int Most(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int Fewest(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);

    /// <summary><paramref name="To"/> lies at most so many days after <paramref name="From"/>, as a rule wants it, or the order of a series where that is null.</summary>
    private sealed record Bound(Rule? Rule, VisitId From, VisitId To, int Most)
    {
        public bool IsAtLeast => Most < 0;
    }
}
