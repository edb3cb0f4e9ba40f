using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Together;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>One course of several whose rest is planned together.</summary>
/// <param name="State">The course.</param>
/// <param name="Request">The request for its rest.</param>
/// <param name="ByHand">Visits for which somebody has just chosen their place.</param>
public sealed record CourseOfSeveral(CourseState State, PlanningRequest Request, ImmutableArray<VisitId> ByHand);

/// <summary>The rests of several courses as planned.</summary>
/// <param name="Plan">What came of them, each answering its request as it stands beside the others; its steps are those of all attempts.</param>
/// <param name="Kept">Visits that stay at the time for which they are booked, course by course.</param>
public sealed record KeptTogether(SeveralPlan Plan, ImmutableArray<ImmutableArray<VisitId>> Kept)
{
    /// <summary>Whether other visits made way for what was chosen by hand, so that more may move than must.</summary>
    public bool MadeWay { get; init; }
}

/// <summary>What <see cref="Keeping"/> does for a course alone, for several at once.</summary>
public static class KeepingTogether
{
    /// <summary>Plans.</summary>
    /// <remarks>Attempts to hold what was chosen by hand or put off share the step budget once; the requests as they stand have it for themselves.</remarks>
    /// <param name="courses">The courses, all at one clinic.</param>
    /// <param name="stepBudget">The steps that all may take together.</param>
    public static KeptTogether Plan(ImmutableArray<CourseOfSeveral> courses, long stepBudget) => new Attempts(courses, stepBudget).Run();

    private sealed class Attempts(ImmutableArray<CourseOfSeveral> courses, long budget)
    {
        private readonly ImmutableArray<PlacedVisit>[] held = [.. courses.Select(_ => ImmutableArray<PlacedVisit>.Empty)];
        private SeveralPlan plan = SeveralCourses.Plan([.. courses.Select(c => c.Request)], budget);
        private long steps = budget;
        private long taken;

        public KeptTogether Run()
        {
            taken = plan.Steps;
            var chosen = Placed(c => c.Request.Booked.Where(b => c.ByHand.Contains(b.Id)));
            var madeWay = !chosen.All(IsThere) && Hold(chosen, c => c.Place.Id.ToString(), _ => true);
            if (plan.Proved)
            {
                var (best, putOff) = (plan, Placed(c => NextRequest.PutOff(c.State, c.Request)));
                var there = chosen.Where(IsThere).ToList();
                _ = !putOff.All(IsThere) && Hold(
                    putOff,
                    p => p.Place.Id.Type,
                    next => there.TrueForAll(c => IsIn(next, c)) && next.Courses.Zip(best.Courses).All(c => IsAsGood(c.First, c.Second)));

                // What is as good as what was proved to be the best is that too.
                plan = plan with { Proved = best.Proved };
            }

            return new(plan with { Steps = taken }, [.. courses.Select((c, i) => Stays(c, plan.Courses[i].Proposal))]) { MadeWay = madeWay };
        }

        private ImmutableArray<(int Course, PlacedVisit Place)> Placed(Func<CourseOfSeveral, IEnumerable<PlacedVisit>> places) =>
            [.. courses.SelectMany((c, i) => plan.Courses[i].Proposal is null ? [] : places(c).Select(p => (i, p)))];

        private bool IsThere((int Course, PlacedVisit Place) at) => IsIn(plan, at);

        private static bool IsIn(SeveralPlan plan, (int Course, PlacedVisit Place) at) => plan.Courses[at.Course].Proposal is { } proposal && Keeping.IsAt(proposal.Calendar, at.Place);

        /// <summary>All of some places if they go together; else one after the other, as many as do.</summary>
        private bool Hold(ImmutableArray<(int Course, PlacedVisit Place)> places, Func<(int Course, PlacedVisit Place), string> group, Func<SeveralPlan, bool> isWelcome)
        {
            var any = TryHold(places, isWelcome);
            foreach (var some in any || places.Length == 1 ? [] : places.GroupBy(p => (p.Course, group(p))))
            {
                any |= TryHold([.. some], isWelcome);
            }

            return any;
        }

        private bool TryHold(ImmutableArray<(int Course, PlacedVisit Place)> places, Func<SeveralPlan, bool> isWelcome)
        {
            if (steps < 1)
            {
                return false;
            }

            var more = courses.Select((_, i) => held[i].AddRange(places.Where(p => p.Course == i).Select(p => p.Place))).ToList();
            var attempt = SeveralCourses.Plan([.. courses.Select((c, i) => c.Request with { Fixed = Among(c.Request, more[i]), StepBudget = Math.Min(steps, c.Request.StepBudget) })], steps);
            steps -= attempt.Steps;
            taken += attempt.Steps;
            if (AsAsked(attempt) is not { } next || !isWelcome(next))
            {
                return false;
            }

            plan = next;
            more.CopyTo(held);
            return true;
        }

        private static ImmutableArray<PlacedVisit> Among(PlanningRequest request, ImmutableArray<PlacedVisit> held)
        {
            var stay = request.Fixed.Concat(held).ToDictionary(v => v.Id);
            return [.. request.Protocol.Visits.Where(stay.ContainsKey).Select(v => stay[v])];
        }

        /// <summary>The plan as one for the courses of which nothing is held; null where one breaks a rule then, or has lost its calendar.</summary>
        private SeveralPlan? AsAsked(SeveralPlan attempt)
        {
            var answers = ImmutableArray.CreateBuilder<CourseAmongOthers>();
            for (var i = 0; i < courses.Length; i++)
            {
                var course = attempt.Courses[i];
                var request = course.Request with { Fixed = courses[i].Request.Fixed, StepBudget = courses[i].Request.StepBudget };
                if (course.Proposal is not { } proposal)
                {
                    if (plan.Courses[i].Proposal is not null)
                    {
                        return null;
                    }

                    answers.Add(course with { Request = request });
                }
                else if (Keeping.Judged(request, proposal) is { } judged)
                {
                    answers.Add(new(request, course.Outcome is Outcome.Unproved unproved ? unproved with { Proposals = [judged] } : new Outcome.Placed([judged]) { Steps = course.Outcome.Steps }));
                }
                else
                {
                    return null;
                }
            }

            return attempt with { Courses = answers.ToImmutable() };
        }

        private static bool IsAsGood(CourseAmongOthers next, CourseAmongOthers before) => before.Proposal is not { } best || (next.Proposal is { } proposal && Keeping.IsAsGood(proposal, best));

        private static ImmutableArray<VisitId> Stays(CourseOfSeveral course, Proposal? proposal) =>
            [.. course.Request.Booked.Concat(NextRequest.PutOff(course.State, course.Request)).Where(b => proposal is not null && Keeping.IsAt(proposal.Calendar, b)).Select(b => b.Id)];
    }
}
