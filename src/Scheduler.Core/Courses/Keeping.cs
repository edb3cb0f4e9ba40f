using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>The rest of a course as planned.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Kept">Visits that were held where they were booked.</param>
public sealed record KeptPlan(Outcome Outcome, ImmutableArray<VisitId> Kept);

/// <summary>
/// Plans the rest of a course so that what is booked stays where that is possible: all of it, else one visit type after the other. What it finds
/// answers the request as it stands, in which nothing is kept; the judge sees to that.
/// </summary>
public static class Keeping
{
    /// <summary>Plans.</summary>
    /// <remarks>
    /// A type is kept as a whole or not at all, in the order of the protocol, those first to whose visits the events did nothing. So the fewest possible visits need not move;
    /// that is not proved. All attempts to keep something share the step budget once; the request as it stands has it for itself.
    /// </remarks>
    /// <param name="state">The course.</param>
    /// <param name="request">The request for its rest.</param>
    public static KeptPlan Plan(CourseState state, PlanningRequest request)
    {
        var free = request.Protocol.Visits
            .Where(v => !request.LeftOut.Contains(v) && !request.Fixed.Any(f => f.Id == v))
            .Select(state.Find)
            .Where(v => v is { Booking: not null, IsLateToday: false, NotBefore: null, Status: VisitStatus.Planned or VisitStatus.Booked or VisitStatus.Confirmed } && v.Booking.Date >= request.From)
            .ToList();
        var steps = request.StepBudget;
        if (free.Count > 0 && Try(free) is { } all)
        {
            return all;
        }

        KeptPlan? best = null;
        List<VisitState> kept = [];
        foreach (var type in free.GroupBy(v => (v.Id.Type, v.IsAwaited)).OrderByDescending(g => g.Key.IsAwaited))
        {
            if (kept.Count + type.Count() < free.Count && Try([.. kept, .. type]) is { } more)
            {
                (best, kept) = (more, [.. kept, .. type]);
            }
        }

        return best ?? new(Planner.Plan(request), []);

        KeptPlan? Try(IReadOnlyCollection<VisitState> stay)
        {
            if (steps < 1)
            {
                return null;
            }

            var places = request.Fixed.Concat(stay.Select(v => v.Booking!)).ToDictionary(v => v.Id);
            var outcome = Planner.Plan(request with { Fixed = [.. request.Protocol.Visits.Where(places.ContainsKey).Select(v => places[v])], Proposals = 1, StepBudget = steps });
            steps -= outcome.Steps;
            return outcome is Outcome.Placed { Proposals: [var proposal, ..] } && Judged(request, proposal) is { } holds
                ? new(new Outcome.Placed([holds]) { Steps = outcome.Steps }, [.. stay.Select(v => v.Id)])
                : null;
        }
    }

    /// <summary>The proposal at the price that it has where nothing is kept; null where it breaks a rule that was not asked between what was kept.</summary>
    private static Proposal? Judged(PlanningRequest request, Proposal proposal)
    {
        var verdict = Verifier.Judge(request, proposal.Calendar);
        return verdict.Holds ? proposal with { Cost = verdict.Cost, CostWithConditional = verdict.CostWithConditional } : null;
    }
}
