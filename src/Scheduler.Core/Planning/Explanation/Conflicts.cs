using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>
/// Finds what stands in the way where there is no calendar: first a few visits that are impossible by themselves, then, of all that is asked of these, what
/// cannot be left out without a calendar appearing.
/// </summary>
internal static class Conflicts
{
    /// <summary>So many conflicts are looked for.</summary>
    private const int Most = 3;

    /// <summary>The conflicts of a request that has no calendar: each a set of constraints that cannot all hold and less any one of them could; the one with the fewest first.</summary>
    /// <remarks>Where one of a set is given up and there is still none, there is another conflict.</remarks>
    public static ImmutableArray<Conflict> Of(PlanningRequest request, Almanac almanac, CourseFrame frame)
    {
        if (ConflictWords.Unfillable(request) is { IsEmpty: false } missing)
        {
            return missing;
        }

        return [.. Reasons(request, almanac, frame).OrderBy(reason => reason.Length).Select(reason => ConflictWords.Say(request, reason))];
    }

    /// <summary>The frame in which constraints are left out: each visit may use all of the horizon, since what bounds it further is a rule that may be part of the reason.</summary>
    public static CourseFrame Wide(CourseFrame frame)
    {
        var horizon = frame.LastDays.Values.Max();
        return frame with { LastDays = frame.LastDays.Keys.ToDictionary(v => v, _ => horizon) };
    }

    /// <summary>Sets of constraints that cannot all hold, as they are found.</summary>
    public static ImmutableArray<ImmutableArray<Waiver>> Reasons(PlanningRequest request, Almanac almanac, CourseFrame frame)
    {
        var trials = new Trials(request, almanac, Wide(frame));
        var found = ImmutableArray.Create(Reason(request, trials, []));
        foreach (var given in found[0])
        {
            ImmutableHashSet<Waiver> without = [given];
            if (found.Length < Most && trials.MayGoOn && trials.AreImpossible(without, request.Protocol.Visits)
                && Reason(request, trials, without) is var another && !found.Any(f => f.SequenceEqual(another)))
            {
                found = found.Add(another);
            }
        }

        return found;
    }

    /// <summary>A smallest set of constraints that cannot hold together, some left out of account from the beginning.</summary>
    private static ImmutableArray<Waiver> Reason(PlanningRequest request, Trials trials, ImmutableHashSet<Waiver> without)
    {
        var visits = Visits(request, trials, without);
        ImmutableArray<Waiver> all = [.. Waivers(request).Where(w => !without.Contains(w))];
        var noticed = Touching(request, visits);
        var reason = SmallestSet.Of([.. all.Where(noticed.Contains)], kept => AreImpossible(kept, visits));

        // With the other visits beside them, even less may be enough.
        foreach (var one in reason)
        {
            reason = AreImpossible(reason.Remove(one), request.Protocol.Visits) ? reason.Remove(one) : reason;
        }

        return reason;

        bool AreImpossible(ImmutableArray<Waiver> kept, ImmutableArray<VisitId> visits) =>
            !trials.IsUsedUp && trials.AreImpossible([.. without, .. all.Except(kept)], visits);
    }

    /// <summary>A few visits that are impossible by themselves: those of one type, of two that rules tie, or what is left of all.</summary>
    private static ImmutableArray<VisitId> Visits(PlanningRequest request, Trials trials, ImmutableHashSet<Waiver> without)
    {
        var all = request.Protocol.Visits;
        var byType = all.GroupBy(v => v.Type, StringComparer.Ordinal).Select(g => g.ToImmutableArray()).ToList();
        var start = byType.Find(IsImpossible);
        for (var a = 0; start.IsDefault && a < byType.Count; a++)
        {
            for (var b = a + 1; start.IsDefault && b < byType.Count; b++)
            {
                ImmutableArray<VisitId> two = [.. byType[a], .. byType[b]];
                start = IsImpossible(two) ? two : default;
            }
        }

        return SmallestSet.Of(start.IsDefault ? all : start, IsImpossible);

        bool IsImpossible(ImmutableArray<VisitId> visits) => trials.AreImpossible(without, visits);
    }

    /// <summary>What can be left out that some visits could notice.</summary>
    private static HashSet<Waiver> Touching(PlanningRequest request, ImmutableArray<VisitId> visits)
    {
        var types = visits.Select(v => v.Type).ToHashSet(StringComparer.Ordinal);
        var theirs = ProtocolParts.Without(request.Protocol, v => !types.Contains(v.Type));
        var needs = theirs.VisitTypes.SelectMany(t => t.Needs).ToList();
        var clinic = request.Clinic with { Resources = [.. request.Clinic.Resources.Where(r => needs.Exists(n => Availability.CanFill(r, n)))] };
        return [.. Waivers(request with { Protocol = theirs, Clinic = clinic })];
    }

    /// <summary>Everything that can be left out, in the order in which a clinic would rather hear of other reasons.</summary>
    public static IEnumerable<Waiver> Waivers(PlanningRequest request)
    {
        foreach (var part in new[] { ResourceParts.Capacity, ResourceParts.Hours, ResourceParts.Bookings })
        {
            foreach (var resource in request.Clinic.Resources)
            {
                yield return new Waiver.OfResource(resource.Id, part);
            }
        }

        if (request.Patient.Preferences.Any(p => p.Weight is null))
        {
            yield return new Waiver.PatientWishes();
        }

        if (!request.Patient.Authorisations.IsEmpty || request.Protocol.VisitTypes.Any(t => t.NeedsAuthorisation))
        {
            yield return new Waiver.Authorisations();
        }

        foreach (var type in request.Protocol.VisitTypes.Where(t => t.Count > 1))
        {
            yield return new Waiver.SeriesOrder(type.Id);
        }

        yield return new Waiver.OpeningHours();
        foreach (var rule in request.Protocol.Rules.DistinctBy(r => r.Id))
        {
            yield return new Waiver.OfRule(rule.Id);
        }

        yield return new Waiver.PatientHours();
    }
}
