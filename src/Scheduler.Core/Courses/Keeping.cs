using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>The rest of a course as planned.</summary>
/// <param name="Outcome">What came of it; its steps are those of all attempts.</param>
/// <param name="Kept">Visits that stay at the time for which they are booked.</param>
public sealed record KeptPlan(Outcome Outcome, ImmutableArray<VisitId> Kept)
{
    /// <summary>Whether other visits made way for what was chosen by hand, so that more may move than must.</summary>
    public bool MadeWay { get; init; }
}

/// <summary>
/// Plans the rest of a course so that as few as can be of its booked visits move (<see cref="PlanningRequest.Booked"/>), which the planner proves. Besides, somebody's own choice comes
/// before what was merely booked; and what a remedy put off, which is not booked any more, stays where the calendar is as good with it. What is found answers the request as it
/// stands; the judge sees to that.
/// </summary>
public static class Keeping
{
    /// <summary>Plans.</summary>
    /// <remarks>Attempts to hold what was chosen by hand or put off share the step budget once; the request as it stands has it for itself.</remarks>
    /// <param name="state">The course.</param>
    /// <param name="request">The request for its rest.</param>
    /// <param name="byHand">Visits for which somebody has just chosen their place: where not everything can stay, each of them comes first.</param>
    public static KeptPlan Plan(CourseState state, PlanningRequest request, ImmutableArray<VisitId> byHand = default)
    {
        var (clinic, steps) = (new PreparedClinic(request.Clinic), request.StepBudget);
        var outcome = Planner.Plan(request, clinic);
        var taken = outcome.Steps;
        var chosen = request.Booked.Where(b => !byHand.IsDefault && byHand.Contains(b.Id)).ToImmutableArray();
        var held = ImmutableArray<PlacedVisit>.Empty;
        var madeWay = false;
        if (CalendarOf(outcome) is { } free && chosen.Any(c => !IsAt(free, c)))
        {
            madeWay = true;
            Hold(chosen, c => c.Id.ToString(), _ => true);
        }

        if (outcome is Outcome.Placed { Proposals: [var best, ..] })
        {
            var there = chosen.Where(c => IsAt(best.Calendar, c)).ToImmutableArray();
            Hold([.. NextRequest.PutOff(state, request)], p => p.Id.Type, with => there.All(c => IsAt(with.Calendar, c)) && IsAsGood(with, best));
        }

        var calendar = CalendarOf(outcome);
        return new(outcome with { Steps = taken }, [.. request.Booked.Concat(NextRequest.PutOff(state, request)).Where(b => calendar is not null && IsAt(calendar, b)).Select(b => b.Id)]) { MadeWay = madeWay && !held.IsEmpty };

        // All of some places if they go together; else one after the other, as many as do.
        void Hold(ImmutableArray<PlacedVisit> places, Func<PlacedVisit, string> group, Func<Proposal, bool> isWelcome)
        {
            if (!places.IsEmpty && !TryHold(places, isWelcome) && places.Length > 1)
            {
                foreach (var some in places.GroupBy(group))
                {
                    _ = TryHold([.. some], isWelcome);
                }
            }
        }

        bool TryHold(ImmutableArray<PlacedVisit> places, Func<Proposal, bool> isWelcome)
        {
            if (steps < 1)
            {
                return false;
            }

            var stay = request.Fixed.Concat(held).Concat(places).ToDictionary(v => v.Id);
            var attempt = Planner.Try(request with { Fixed = [.. request.Protocol.Visits.Where(stay.ContainsKey).Select(v => stay[v])], Proposals = 1, StepBudget = steps }, clinic);
            steps -= attempt.Steps;
            taken += attempt.Steps;
            if (attempt is not Outcome.Placed { Proposals: [var proposal, ..] } || Judged(request, proposal) is not { } holds || !isWelcome(holds))
            {
                return false;
            }

            (outcome, held) = (new Outcome.Placed([holds]), held.AddRange(places));
            return true;
        }
    }

    /// <summary>Whether a visit starts where it is booked.</summary>
    internal static bool IsAt(TreatmentCalendar calendar, PlacedVisit booked) => calendar.Find(booked.Id)?.Start == booked.Start;

    private static TreatmentCalendar? CalendarOf(Outcome outcome) => outcome switch
    {
        Outcome.Placed { Proposals: [var proposal, ..] } => proposal.Calendar,
        Outcome.Unproved { Proposals: [var proposal, ..] } => proposal.Calendar,
        _ => null,
    };

    /// <summary>Whether a calendar is no worse than another: its certain visits, then how many conditional ones have a place, then all together.</summary>
    internal static bool IsAsGood(Proposal proposal, Proposal bound) =>
        (proposal.Cost.CompareTo(bound.Cost), proposal.Calendar.Unplaced.Length.CompareTo(bound.Calendar.Unplaced.Length)) switch
        {
            (not 0 and var certain, _) => certain < 0,
            (_, not 0 and var unplaced) => unplaced < 0,
            _ => (proposal.CostWithConditional ?? proposal.Cost).CompareTo(bound.CostWithConditional ?? bound.Cost) <= 0,
        };

    /// <summary>The proposal at the price that it has where nothing is held; null where it breaks a rule that was not asked between what was held.</summary>
    internal static Proposal? Judged(PlanningRequest request, Proposal proposal)
    {
        var verdict = Verifier.Judge(request, proposal.Calendar);
        return verdict.Holds ? proposal with { Cost = verdict.Cost, CostWithConditional = verdict.CostWithConditional } : null;
    }
}
