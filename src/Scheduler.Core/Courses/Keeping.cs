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
/// Plans the rest of a course so that what is booked stays where that is possible: all of it, else one visit type after the other. What a remedy
/// put off is not booked any more, and stays only where the calendar is as good with it. What is found answers the request as it stands, in which
/// nothing is kept; the judge sees to that.
/// </summary>
public static class Keeping
{
    /// <summary>Plans.</summary>
    /// <remarks>
    /// A type is kept as a whole or not at all, in the order of the protocol. So few visits move; that they are the fewest is not proved. All attempts
    /// to keep something share the step budget once; the request as it stands has it for itself.
    /// </remarks>
    /// <param name="state">The course.</param>
    /// <param name="request">The request for its rest.</param>
    /// <param name="byHand">Visits for which somebody has just chosen their place: where not everything can stay, each of them comes first.</param>
    public static KeptPlan Plan(CourseState state, PlanningRequest request, ImmutableArray<VisitId> byHand = default)
    {
        var chosen = byHand.IsDefault ? [] : byHand;
        var free = request.Protocol.Visits
            .Where(v => !request.LeftOut.Contains(v) && !request.Fixed.Any(f => f.Id == v))
            .Select(state.Find)
            .Where(v => v is { Booking: not null, IsLateToday: false, NotBefore: null, Status: VisitStatus.Planned or VisitStatus.Booked or VisitStatus.Confirmed } && v.Booking.Date >= request.From)
            .ToLookup(v => v.IsAwaited);
        var steps = request.StepBudget;
        var clinic = new PreparedClinic(request.Clinic);
        var unkept = new Lazy<Outcome>(() => Planner.Plan(request, clinic));
        var plan = Most([], [.. free[true]], bound: null) ?? new(unkept.Value, []);
        return plan.Outcome is Outcome.Placed { Proposals: [var proposal, ..] }
            ? Most([.. plan.Kept.Select(state.Find)], [.. free[false]], proposal) ?? plan
            : plan;

        // As much of what is wanted beside what is kept already as goes together; null where nothing does.
        KeptPlan? Most(ImmutableArray<VisitState> kept, ImmutableArray<VisitState> wanted, Proposal? bound)
        {
            if (wanted.IsEmpty)
            {
                return null;
            }

            if (Try([.. kept, .. wanted], bound) is { } all)
            {
                return all;
            }

            KeptPlan? best = null;
            foreach (var some in wanted.GroupBy(v => chosen.Contains(v.Id) ? v.Id.ToString() : v.Id.Type).Where(g => g.Count() < wanted.Length).OrderBy(g => !chosen.Contains(g.First().Id)))
            {
                if (Try([.. kept, .. some], bound) is { } more)
                {
                    (best, kept) = (more, [.. kept, .. some]);
                }
            }

            return best;
        }

        KeptPlan? Try(ImmutableArray<VisitState> stay, Proposal? bound)
        {
            if (steps < 1)
            {
                return null;
            }

            var places = request.Fixed.Concat(stay.Select(v => v.Booking!)).ToDictionary(v => v.Id);
            var outcome = Planner.Try(request with { Fixed = [.. request.Protocol.Visits.Where(places.ContainsKey).Select(v => places[v])], Proposals = 1, StepBudget = steps }, clinic);
            steps -= outcome.Steps;
            return outcome is Outcome.Placed { Proposals: [var proposal, ..] } && Judged(request, proposal) is { } holds && (bound is null ? IsAsWhole(holds) : IsAsGood(holds, bound))
                ? new(new Outcome.Placed([holds]) { Steps = outcome.Steps }, [.. stay.Select(v => v.Id)])
                : null;
        }

        // Nothing is kept at the price of another visit's place.
        bool IsAsWhole(Proposal kept) =>
            kept.Calendar.Unplaced.IsEmpty || CalendarOf(unkept.Value) is not { } free || kept.Calendar.Unplaced.Length <= free.Unplaced.Length;
    }

    private static TreatmentCalendar? CalendarOf(Outcome outcome) => outcome switch
    {
        Outcome.Placed { Proposals: [var proposal, ..] } => proposal.Calendar,
        Outcome.Unproved { Proposals: [var proposal, ..] } => proposal.Calendar,
        _ => null,
    };

    private static bool IsAsGood(Proposal proposal, Proposal bound) =>
        proposal.Cost.CompareTo(bound.Cost) <= 0 && proposal.Calendar.Unplaced.Length <= bound.Calendar.Unplaced.Length;

    /// <summary>The proposal at the price that it has where nothing is kept; null where it breaks a rule that was not asked between what was kept.</summary>
    private static Proposal? Judged(PlanningRequest request, Proposal proposal)
    {
        var verdict = Verifier.Judge(request, proposal.Calendar);
        return verdict.Holds ? proposal with { Cost = verdict.Cost, CostWithConditional = verdict.CostWithConditional } : null;
    }
}
