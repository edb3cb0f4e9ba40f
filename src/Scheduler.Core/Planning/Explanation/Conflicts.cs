using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Says what stands in the way where there is no calendar.</summary>
internal static class Conflicts
{
    /// <summary>The conflicts of a request that has no calendar: each a set of constraints that cannot all hold, and, unless it says otherwise, less any one of them could; the one with the fewest first.</summary>
    public static ImmutableArray<Conflict> Of(PlanningRequest request, Almanac almanac, CourseFrame frame)
    {
        if (ConflictWords.Unfillable(request) is { IsEmpty: false } missing)
        {
            return missing;
        }

        return [.. Reasons(request, almanac, frame).OrderBy(reason => reason.Constraints.Length).Select(reason => ConflictWords.Say(request, reason))];
    }

    /// <summary>The frame in which constraints are left out: each visit may use all of the horizon, since what bounds it further is a rule that may be part of the reason.</summary>
    public static CourseFrame Wide(CourseFrame frame)
    {
        var horizon = frame.LastDays.Values.Max();
        return frame with { LastDays = frame.LastDays.Keys.ToDictionary(v => v, _ => horizon) };
    }

    /// <summary>Sets of constraints that cannot all hold, as they are found.</summary>
    public static ImmutableArray<Reason> Reasons(PlanningRequest request, Almanac almanac, CourseFrame frame) =>
        new ConflictSearch(request.Protocol, new Trials(request, almanac, Wide(frame))).Run();

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
