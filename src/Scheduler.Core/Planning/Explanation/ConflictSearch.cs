using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>
/// Finds the conflicts of a course: first a few visits that are impossible by themselves, then, of all that is asked of these, what cannot be left out without a
/// calendar appearing. Where there is still none when one of each conflict known is given up, there is another, which shares none of these with them (hitting sets:
/// Reiter 1987, A theory of diagnosis from first principles). Constraints and visits go by their numbers.
/// </summary>
/// <param name="protocol">The protocol.</param>
/// <param name="trials">The trials of the request.</param>
internal sealed class ConflictSearch(Protocol protocol, Trials trials)
{
    /// <summary>So many conflicts are looked for.</summary>
    private const int Most = 3;

    private readonly ImmutableArray<int> constraints = [.. Enumerable.Range(0, trials.Constraints.Length)];
    private readonly ImmutableArray<int> visits = [.. Enumerable.Range(0, protocol.Visits.Length)];
    private readonly List<ImmutableHashSet<int>> notGiven = [];
    private ImmutableArray<int> latest = [];

    /// <summary>The conflicts, each a set of constraints that cannot all hold, as they are found.</summary>
    /// <remarks>When the steps end, the first may hold more than it must; others are not told then.</remarks>
    public ImmutableArray<Reason> Run()
    {
        var found = ImmutableArray.Create(SetWithout([]));
        while (found.Length < Most && GivenUp(found) is { } without && SetWithout(without) is var another && !trials.IsUsedUp)
        {
            found = found.Add(another);
        }

        return [.. found.Select(f => new Reason([.. f.Constraints.Select(c => trials.Constraints[c])], f.IsSmallest))];
    }

    /// <summary>One of each conflict, so that there is no calendar without these either; null where that is not so, or not known.</summary>
    private ImmutableHashSet<int>? GivenUp(ImmutableArray<(ImmutableArray<int> Constraints, bool IsSmallest)> found)
    {
        IEnumerable<ImmutableHashSet<int>> ways = [[]];
        foreach (var (conflict, _) in found)
        {
            ways = ways.SelectMany(way => way.Overlaps(conflict) ? [way] : conflict.Select(way.Add));
        }

        foreach (var way in ways.OrderBy(way => way.Count))
        {
            if (!trials.MayGoOn)
            {
                return null;
            }

            if (!notGiven.Exists(way.IsSupersetOf))
            {
                if (trials.AreImpossible(Constraints(constraints.Where(c => !way.Contains(c))), Visits(visits)))
                {
                    return way;
                }

                notGiven.Add(way);
            }
        }

        return null;
    }

    /// <summary>A smallest set of constraints that cannot hold together, some left out of account from the beginning.</summary>
    private (ImmutableArray<int> Constraints, bool IsSmallest) SetWithout(ImmutableHashSet<int> without)
    {
        latest = Few(without);
        var (these, all) = (Visits(latest), Visits(visits));
        var noticed = trials.Touching(these);
        var set = SmallestSet.Of([.. constraints.Where(c => DaySet.Contains(noticed, c) && !without.Contains(c))], kept => trials.AreImpossible(Constraints(kept), these));

        // With the other visits beside them, even less may be enough.
        var isSmallest = true;
        foreach (var one in set)
        {
            if (trials.AreImpossible(Constraints(set.Remove(one)), all, Trials.LastTrialSteps))
            {
                set = set.Remove(one);
            }
            else
            {
                isSmallest &= trials.IsLatestKnown;
            }
        }

        return (set, isSmallest);
    }

    /// <summary>A few visits that are impossible by themselves: those of the last conflict, of one type, of two that rules tie, or what is left of all.</summary>
    private ImmutableArray<int> Few(ImmutableHashSet<int> without)
    {
        var kept = Constraints(constraints.Where(c => !without.Contains(c)));
        if (IsImpossible(latest))
        {
            return SmallestSet.Of(latest, IsStillImpossible);
        }

        var byType = visits.GroupBy(v => protocol.Visits[v].Type, StringComparer.Ordinal).Select(g => g.ToImmutableArray()).ToList();
        var start = byType.Find(IsImpossible);
        for (var a = 0; start.IsDefault && a < byType.Count; a++)
        {
            for (var b = a + 1; start.IsDefault && b < byType.Count; b++)
            {
                ImmutableArray<int> two = [.. byType[a], .. byType[b]];
                start = IsImpossible(two) ? two : default;
            }
        }

        return SmallestSet.Of(start.IsDefault ? visits : start, IsStillImpossible);

        bool IsImpossible(ImmutableArray<int> some) => trials.AreImpossible(kept, Visits(some));

        bool IsStillImpossible(ImmutableArray<int> some) => trials.MayLookForFewer && IsImpossible(some);
    }

    private ulong[] Constraints(IEnumerable<int> some) => DaySet.Of(some, constraints.Length);

    private ulong[] Visits(IEnumerable<int> some) => DaySet.Of(some, visits.Length);
}

/// <summary>Constraints that cannot all hold.</summary>
/// <param name="Constraints">The constraints.</param>
/// <param name="IsSmallest">Whether a calendar was found without each of them; false where the steps of a trial ended before.</param>
internal sealed record Reason(ImmutableArray<Waiver> Constraints, bool IsSmallest);
