using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>
/// Finds the conflicts of a course: first a few visits that are impossible by themselves, then, of all that is asked of these, what cannot be left out without a
/// calendar appearing. Where there is still none when one of each conflict known is given up, there is another, which shares none of these with them (hitting sets:
/// Reiter 1987, A theory of diagnosis from first principles).
/// </summary>
/// <param name="request">The request.</param>
/// <param name="trials">Its trials.</param>
internal sealed class ConflictSearch(PlanningRequest request, Trials trials)
{
    /// <summary>So many conflicts are looked for.</summary>
    private const int Most = 3;

    private readonly ImmutableArray<Waiver> all = [.. Conflicts.Waivers(request)];
    private readonly List<ImmutableHashSet<Waiver>> notGiven = [];
    private ImmutableArray<VisitId> latest = [];

    /// <summary>The conflicts, each a set of constraints that cannot all hold, as they are found.</summary>
    /// <remarks>When the steps end, the first may hold more than it must; others are not told then.</remarks>
    public ImmutableArray<Reason> Run()
    {
        var found = ImmutableArray.Create(ReasonWithout([]));
        while (found.Length < Most && GivenUp(found) is { } without && ReasonWithout(without) is var another && !trials.IsUsedUp)
        {
            found = found.Add(another);
        }

        return found;
    }

    /// <summary>One of each conflict, so that there is no calendar without these either; null where that is not so, or not known.</summary>
    private ImmutableHashSet<Waiver>? GivenUp(ImmutableArray<Reason> found)
    {
        IEnumerable<ImmutableHashSet<Waiver>> ways = [[]];
        foreach (var reason in found)
        {
            ways = ways.SelectMany(way => way.Overlaps(reason.Constraints) ? [way] : reason.Constraints.Select(way.Add));
        }

        foreach (var way in ways.OrderBy(way => way.Count))
        {
            if (!trials.MayGoOn)
            {
                return null;
            }

            if (!notGiven.Exists(way.IsSupersetOf))
            {
                if (trials.AreImpossible(all.Where(w => !way.Contains(w)), request.Protocol.Visits))
                {
                    return way;
                }

                notGiven.Add(way);
            }
        }

        return null;
    }

    /// <summary>A smallest set of constraints that cannot hold together, some left out of account from the beginning.</summary>
    private Reason ReasonWithout(ImmutableHashSet<Waiver> without)
    {
        latest = Visits(without);
        var noticed = Touching(latest);
        var reason = SmallestSet.Of([.. all.Where(w => noticed.Contains(w) && !without.Contains(w))], kept => trials.AreImpossible(kept, latest));

        // With the other visits beside them, even less may be enough.
        var isSmallest = true;
        foreach (var one in reason)
        {
            if (trials.AreImpossible(reason.Remove(one), request.Protocol.Visits, Trials.LastTrialSteps))
            {
                reason = reason.Remove(one);
            }
            else
            {
                isSmallest &= trials.IsLatestKnown;
            }
        }

        return new(reason, isSmallest);
    }

    /// <summary>A few visits that are impossible by themselves: those of the last conflict, of one type, of two that rules tie, or what is left of all.</summary>
    private ImmutableArray<VisitId> Visits(ImmutableHashSet<Waiver> without)
    {
        ImmutableArray<Waiver> kept = [.. all.Where(w => !without.Contains(w))];
        if (IsImpossible(latest))
        {
            return SmallestSet.Of(latest, IsStillImpossible);
        }

        var byType = request.Protocol.Visits.GroupBy(v => v.Type, StringComparer.Ordinal).Select(g => g.ToImmutableArray()).ToList();
        var start = byType.Find(IsImpossible);
        for (var a = 0; start.IsDefault && a < byType.Count; a++)
        {
            for (var b = a + 1; start.IsDefault && b < byType.Count; b++)
            {
                ImmutableArray<VisitId> two = [.. byType[a], .. byType[b]];
                start = IsImpossible(two) ? two : default;
            }
        }

        return SmallestSet.Of(start.IsDefault ? request.Protocol.Visits : start, IsStillImpossible);

        bool IsImpossible(ImmutableArray<VisitId> visits) => trials.AreImpossible(kept, visits);

        bool IsStillImpossible(ImmutableArray<VisitId> visits) => trials.MayLookForFewer && IsImpossible(visits);
    }

    /// <summary>What can be left out that some visits could notice.</summary>
    private HashSet<Waiver> Touching(ImmutableArray<VisitId> visits)
    {
        var types = visits.Select(v => v.Type).ToHashSet(StringComparer.Ordinal);
        var theirs = ProtocolParts.Without(request.Protocol, v => !types.Contains(v.Type));
        var needs = theirs.VisitTypes.SelectMany(t => t.Needs).ToList();
        var clinic = request.Clinic with { Resources = [.. request.Clinic.Resources.Where(r => needs.Exists(n => Availability.CanFill(r, n)))] };
        return [.. Conflicts.Waivers(request with { Protocol = theirs, Clinic = clinic })];
    }
}

/// <summary>Constraints that cannot all hold.</summary>
/// <param name="Constraints">The constraints.</param>
/// <param name="IsSmallest">Whether a calendar was found without each of them; false where the steps of a trial ended before.</param>
internal sealed record Reason(ImmutableArray<Waiver> Constraints, bool IsSmallest);
