using System.Collections.Immutable;

namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>Bounds on dates that go round in a circle: what to show an author whose rules cannot be kept together.</summary>
internal static class DateCircle
{
    /// <summary>
    /// Bounds that lead from a visit back to itself in less than no days, those of one rule that follow each other made one; none where all can
    /// hold.
    /// </summary>
    public static IReadOnlyList<DateBound> Find(ImmutableArray<VisitId> visits, IReadOnlyList<DateBound> bounds) => Joined(Of(visits, bounds));

    /// <summary>Bounds that lead from a visit back to itself in less than no days; none where all can hold.</summary>
    private static List<DateBound> Of(ImmutableArray<VisitId> visits, IReadOnlyList<DateBound> all)
    {
        var index = Enumerable.Range(0, visits.Length).ToDictionary(i => visits[i]);
        var earliest = new long[visits.Length];
        var by = new DateBound?[visits.Length];
        var changed = -1;
        for (var round = 0; round <= visits.Length; round++)
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
        for (var step = 0; step < visits.Length; step++)
        {
            at = index[by[at]!.From];
        }

        var cycle = new List<DateBound>();
        for (var bound = by[at]!; cycle.Count == 0 || !ReferenceEquals(bound, cycle[^1]); bound = by[index[bound.From]]!)
        {
            cycle.Insert(0, bound);
        }

        return cycle;
    }

    /// <summary>The same bounds, where those of one rule that follow each other are made one: six times two weeks are twelve weeks.</summary>
    private static List<DateBound> Joined(List<DateBound> cycle)
    {
        var begin = Math.Max(0, cycle.FindIndex(b => b.Rule != cycle[^1].Rule || b.IsAtLeast != cycle[^1].IsAtLeast));
        var joined = new List<DateBound>();
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
}
