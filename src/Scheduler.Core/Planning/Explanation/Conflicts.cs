using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>
/// Finds what stands in the way where there is no calendar: constraints are left out of account one after the other, and whatever
/// can stay out without a calendar appearing (the start range always counts) is no part of the reason (deletion filter, Chinneck 2008, Feasibility and Infeasibility
/// in Optimization, ch. 6). What remains conflicts as a whole, and none of it can be spared.
/// </summary>
internal static class Conflicts
{
    /// <summary>Steps that one trial may take. One that takes longer is taken to have a calendar: the reason may then hold more than it must, never less.</summary>
    private const long TrialSteps = 2_000;

    /// <summary>Steps that all trials may take together. When they are used up, what was not tried stays part of the reason.</summary>
    private const long AllSteps = 500_000;

    /// <summary>What it costs to set a trial up, in steps.</summary>
    private const long StepsOfATrial = 100;

    /// <summary>So many pairs of visits, and of what ties them, are set up for one more step; a usual course has some hundred.</summary>
    private const int PairsOfAStep = 32;

    /// <summary>How a limit begins that is a role which nobody and nothing at the clinic has.</summary>
    public const string RolePrefix = "role ";

    /// <summary>The limit that is the order of a series.</summary>
    public static string InOrder(string visitType) => $"the visits of {visitType} in their order, one a day";

    /// <summary>The conflict of a request that has no calendar.</summary>
    public static ImmutableArray<Conflict> Of(PlanningRequest request, Almanac almanac, CourseFrame frame)
    {
        if (Unfillable(request) is { IsEmpty: false } missing)
        {
            return missing;
        }

        // The frame stays that of the whole request: leaving a rule out must not bring other days into play, nor let a visit that
        // it tied drift to the front and open the course in the place of the first.
        // Each visit may use all of the horizon, since what bounds it further is a rule that may be part of the reason.
        var horizon = frame.LastDays.Values.Max();
        frame = frame with { LastDays = frame.LastDays.Keys.ToDictionary(v => v, _ => horizon) };
        var waivers = Waivers(request).ToList();
        var waived = new HashSet<Waiver>();
        var steps = Math.Min(request.StepBudget, AllSteps);
        foreach (var waiver in waivers)
        {
            waived.Add(waiver);
            if (steps <= 0 || HasCalendar(request, almanac, waived, frame, ref steps))
            {
                waived.Remove(waiver);
            }
        }

        return [Say(request, [.. waivers.Where(w => !waived.Contains(w))])];
    }

    /// <summary>Needs for which the clinic has nobody at all.</summary>
    private static ImmutableArray<Conflict> Unfillable(PlanningRequest request) =>
    [
        .. from type in request.Protocol.VisitTypes
           from need in type.Needs
           where !request.Clinic.Resources.Any(r => Availability.CanFill(r, need))
           select new Conflict(
               [],
               [],
               [RolePrefix + need.Role],
               $"{request.Clinic.Title} has no {(need.Kind == NeedKind.Person ? "person" : "room, chair or device")} with the role '{need.Role}'"
               + (need.Skills.IsEmpty ? "" : $" and the skill {Spoken.Join(need.Skills.Select(s => $"'{s}'"))}")
               + $", which {type.Id} needs. Add one to the clinic's resources, or give the role to one that is there."),
    ];

    /// <summary>Everything that can be left out, in the order in which a clinic would rather hear of other reasons.</summary>
    private static IEnumerable<Waiver> Waivers(PlanningRequest request)
    {
        foreach (var resource in request.Clinic.Resources)
        {
            yield return new Waiver.OfResource(resource.Id);
        }

        yield return new Waiver.PatientWishes();
        yield return new Waiver.Authorisations();
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

    private static bool HasCalendar(PlanningRequest request, Almanac almanac, HashSet<Waiver> waived, CourseFrame frame, ref long steps)
    {
        var problem = Planner.Problem(request, almanac, waived, frame);
        var result = new DaySearch(problem, TrialSteps) { StopsAtFirst = true }.Run();
        var pairs = (problem.Visits.Length * problem.Visits.Length) + problem.Relations.Count;
        steps -= result.Steps + StepsOfATrial + (pairs / PairsOfAStep);
        return result.Best is not null || !result.IsComplete;
    }

    private static Conflict Say(PlanningRequest request, ImmutableArray<Waiver> reasons)
    {
        ImmutableArray<string> rules = [.. reasons.OfType<Waiver.OfRule>().Select(r => r.Id)];
        ImmutableArray<string> resources = [.. reasons.OfType<Waiver.OfResource>().Select(r => r.Id)];
        var limits = reasons.Select(r => Limit(request, r)).OfType<string>().ToImmutableArray();
        var parts = rules.Select(id => $"'{id}' ({RuleBook.Say(request.Protocol.Rules.First(r => r.Id == id), request.Protocol)})").Concat(limits).ToList();
        if (!resources.IsEmpty)
        {
            parts.Add($"the hours and bookings of {Spoken.Join(resources.Select(id => Name(request, id)))}");
        }

        var start = $"a start from {request.From:uuuu'-'MM'-'dd} to {request.LastStart:uuuu'-'MM'-'dd}";
        var message = parts.Count switch
        {
            0 => $"No calendar exists with {start}, whatever is left out of account.",
            1 => $"No calendar with {start} is possible because of {parts[0]}.",
            _ => $"With {start}, these cannot all hold together: {string.Join("; ", parts)}. Without any one of them a calendar may exist.",
        };
        return new(rules, resources, limits, message);
    }

    private static string Name(PlanningRequest request, string id) =>
        request.Clinic.Find(id) is { } resource && resource.Title != id ? $"{resource.Title} ({id})" : id;

    private static string? Limit(PlanningRequest request, Waiver waiver) => waiver switch
    {
        Waiver.OfRule or Waiver.OfResource => null,
        Waiver.OpeningHours => "the clinic's opening hours and closures",
        Waiver.PatientHours => "when the patient can come",
        Waiver.Authorisations => "what payers have authorised",
        Waiver.PatientWishes => "what the patient insists on",
        Waiver.SeriesOrder series => InOrder(series.VisitType),
        _ => throw new ArgumentOutOfRangeException(nameof(waiver), waiver, "A kind of waiver without words here."),
    };
}
