using System.Collections.Immutable;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Together;

/// <summary>
/// Plans the rest of several courses at one clinic together, so that as few as can be of all their booked visits move: after a sick day, a closure, a broken chair.
/// </summary>
/// <remarks>
/// Conflict-based search (Sharon, Stern, Felner and Sturtevant 2015, Conflict-based search for optimal multi-agent pathfinding, Artificial Intelligence 219): each course is planned as if the others
/// were not there; where two want the same at the same time, one of them has to do without it, and both ways are followed, the one with the fewest moves first. So what is found moves the fewest,
/// and of as few with the fewest other people. The other terms of the objective are each course's own, in the order in which they came to lie.
/// </remarks>
public static class SeveralCourses
{
    /// <summary>What it costs to plan one course again and to look for collisions, in steps.</summary>
    private const long StepsOfATrial = 1_000;

    /// <summary>Plans.</summary>
    /// <param name="requests">
    /// The requests: all for the same clinic, whose bookings are those of none of them (closures may be a course's own), each with the visits that are booked for it (<see cref="PlanningRequest.Booked"/>, <see cref="PlanningRequest.Fixed"/>).
    /// </param>
    /// <param name="stepBudget">The steps that all may take together; beyond, they are planned one after the other, and nothing is proved.</param>
    /// <exception cref="ArgumentException">The requests are for different clinics, or there is none.</exception>
    public static SeveralPlan Plan(ImmutableArray<PlanningRequest> requests, long stepBudget = PlanningRequest.DefaultStepBudget)
    {
        if (requests.IsDefaultOrEmpty || requests.Any(r => r.Clinic.Resources != requests[0].Clinic.Resources || r.Clinic.Bookings != requests[0].Clinic.Bookings))
        {
            throw new ArgumentException("Courses are planned together that are at one clinic, as it is without them.", nameof(requests));
        }

        return new Search(requests, stepBudget).Run();
    }

    private sealed class Search(ImmutableArray<PlanningRequest> requests, long budget)
    {
        private readonly PriorityQueue<Node, (int Visits, int People, int Collisions, int Number)> open = new();
        private long steps;
        private int number;
        private bool isExact = true;

        public SeveralPlan Run()
        {
            var root = Root();
            var (least, isLeast) = (root.Moves, root.Courses.All(c => c.Outcome is not Outcome.Unproved));
            for (var node = Look(root); node is not null; node = open.TryDequeue(out var next, out _) ? next : null)
            {
                if (node.Collision is not { } collision)
                {
                    return new(Settled(node.Courses), isLeast && (isExact || node.Moves.CompareTo(least) == 0), steps);
                }

                if (steps > budget)
                {
                    break;
                }

                isExact &= collision.IsExact;
                foreach (var (course, from) in collision.Sides)
                {
                    if (Without(node.Courses[course], collision, from) is { } other)
                    {
                        Look(new([.. node.Courses.Select((c, i) => i == course ? other : c)]), isQueued: true);
                    }
                }
            }

            return new(OneAfterTheOther(root.Courses), Proved: false, steps);
        }

        /// <summary>
        /// Each course as if the others were not there, but for what they cannot move: what is fixed, and, where there is no calendar, what is booked until somebody decides otherwise.
        /// </summary>
        private Node Root()
        {
            var courses = new Planned?[requests.Length];
            for (var stuck = -1; stuck < courses.Count(c => c is { Proposal: null });)
            {
                stuck = courses.Count(c => c is { Proposal: null });
                var given = requests.Select((r, i) => courses[i] is { Proposal: null } ? r.Fixed.AddRange(r.Booked) : r.Fixed).ToList();
                for (var i = 0; i < courses.Length; i++)
                {
                    var clinic = requests[i].Clinic;
                    courses[i] = courses[i] is { Proposal: null } none
                        ? none
                        : Alone(i, requests[i], new(clinic with { Bookings = [.. clinic.Bookings, .. given.SelectMany((visits, other) => other == i ? [] : VisitBookings.Of(requests[other], visits))] }));
                }
            }

            return new([.. courses.Select(c => c!)]);
        }

        /// <summary>A course planned as if the others were not there.</summary>
        private Planned Alone(int course, PlanningRequest request, PreparedClinic clinic)
        {
            var asked = request with { Clinic = clinic.Clinic, Proposals = 1 };
            var outcome = Planner.Try(asked, clinic);
            steps += outcome.Steps + StepsOfATrial;
            return new(course, asked, clinic, outcome);
        }

        /// <summary>A course that does not use a resource in a tick; null where it has no calendar then.</summary>
        private Planned? Without(Planned course, Collision collision, int from)
        {
            var clinic = course.Request.Clinic;
            var who = clinic.Find(collision.Resource)!;
            var left = Hours.Subtract(clinic.WorkingHours(who, collision.Date), [new(from, from + Collision.Tick)]);
            var less = clinic with { Resources = clinic.Resources.Replace(who, who with { Exceptions = who.Exceptions.Add(new(collision.Date, collision.Date, left)) }) };
            var again = Alone(course.Course, course.Request, course.Clinic.After(less, new HashSet<string>(StringComparer.Ordinal) { collision.Resource }));
            isExact &= again.Outcome is not Outcome.Unproved;
            return again.Proposal is null ? null : again;
        }

        /// <summary>Finds where the courses of a node collide.</summary>
        private Node Look(Node node, bool isQueued = false)
        {
            var found = Collision.Find(Among(node.Courses), [.. node.Courses.Select(c => c.Proposal?.Calendar)]);
            var looked = node with { Collision = found?.First };
            if (isQueued)
            {
                open.Enqueue(looked, (looked.Moves.Visits, looked.Moves.People, found?.Count ?? 0, --number));
            }

            return looked;
        }

        /// <summary>What each asked, the visits of the others as bookings.</summary>
        private ImmutableArray<PlanningRequest> Among(ImmutableArray<Planned> courses) => [.. courses.Select(c => Among(c.Course, courses))];

        private PlanningRequest Among(int course, IEnumerable<Planned> courses) => requests[course] with
        {
            Clinic = requests[course].Clinic with { Bookings = requests[course].Clinic.Bookings.AddRange(courses.Where(c => c.Course != course).SelectMany(Taken)) },
        };

        /// <summary>What a course takes: where it has no calendar, what is booked for it, until somebody decides.</summary>
        private IEnumerable<Booking> Taken(Planned course) => VisitBookings.Of(
            requests[course.Course],
            course.Proposal?.Calendar.Visits ?? (course.IsReleased ? requests[course.Course].Fixed : requests[course.Course].Fixed.AddRange(requests[course.Course].Booked)));

        /// <summary>The courses with the prices that their calendars have among each other.</summary>
        private ImmutableArray<CourseAmongOthers> Settled(ImmutableArray<Planned> courses) => [.. Among(courses).Select((request, i) => new CourseAmongOthers(request, Judged(request, courses[i].Outcome)))];

        private static Outcome Judged(PlanningRequest request, Outcome outcome) => outcome switch
        {
            Outcome.Placed { Proposals: [var best, ..] } => new Outcome.Placed([Judged(request, best)]) { Steps = outcome.Steps },
            Outcome.Unproved { Proposals: [var best, ..] } unproved => unproved with { Proposals = [Judged(request, best)] },
            Outcome.Unproved => outcome,
            _ => Planner.Plan(request with { Proposals = 1 }),
        };

        private static Proposal Judged(PlanningRequest request, Proposal proposal)
        {
            var verdict = Verification.Verifier.Judge(request, proposal.Calendar);
            return proposal with { Cost = verdict.Cost, CostWithConditional = verdict.CostWithConditional };
        }

        /// <summary>
        /// Each course beside those that were planned before it and what the others would like to keep; where that is too much, beside the former alone. One for which even that leaves no
        /// calendar holds no place but what is fixed.
        /// </summary>
        private ImmutableArray<CourseAmongOthers> OneAfterTheOther(ImmutableArray<Planned> alone)
        {
            var courses = alone.ToArray();
            var waiting = alone.Where(c => c.Proposal is not null).OrderBy(c => c.Moves.Visits).ThenBy(c => c.Course).ToList();
            while (waiting is [var next, ..])
            {
                waiting.RemoveAt(0);
                var beside = courses.Where(c => c.Course != next.Course && !waiting.Contains(c)).SelectMany(Taken).Concat(waiting.SelectMany(c => VisitBookings.Of(requests[c.Course], requests[c.Course].Fixed))).ToList();
                var before = courses.Where(c => c.Course != next.Course && !waiting.Contains(c)).ToList();
                var planned = Beside(next.Course, [.. beside, .. waiting.SelectMany(c => VisitBookings.Of(requests[c.Course], c.Kept))]);
                planned = planned.Proposal is null || !GoTogether([.. before, planned]) ? Beside(next.Course, beside) : planned;

                // Visits of which one or the other will come about may be more together to another course than they are to their own.
                planned = planned.Proposal is null || GoTogether([.. before, planned]) ? planned : planned with { Outcome = new Outcome.Unproved([], planned.Proposal.Cost) { Steps = planned.Outcome.Steps } };
                courses[next.Course] = planned with { IsReleased = planned.Proposal is null };
            }

            return Settled([.. courses]);
        }

        /// <summary>Whether some courses keep all laws beside each other.</summary>
        private bool GoTogether(List<Planned> courses) =>
            courses.TrueForAll(c => c.Proposal is not { Calendar: var calendar } || Verification.Verifier.Judge(Among(c.Course, courses), calendar).Holds);

        private Planned Beside(int course, IEnumerable<Booking> taken)
        {
            var clinic = requests[course].Clinic;
            return Alone(course, requests[course], new(clinic with { Bookings = [.. clinic.Bookings, .. taken] }));
        }
    }

    /// <summary>A course as it is planned so far.</summary>
    private sealed record Planned(int Course, PlanningRequest Request, PreparedClinic Clinic, Outcome Outcome)
    {
        /// <summary>Whether others may have what is booked for it: it has no calendar beside them.</summary>
        public bool IsReleased { get; init; }

        public Proposal? Proposal => new CourseAmongOthers(Request, Outcome).Proposal;

        public Moves Moves => Proposal?.Cost.Moves ?? default;

        /// <summary>The booked visits that stay.</summary>
        public IEnumerable<PlacedVisit> Kept => Request.Booked.Where(b => Proposal?.Calendar.Find(b.Id)?.Start == b.Start);
    }

    /// <summary>Calendars for all, and where they collide.</summary>
    private sealed record Node(ImmutableArray<Planned> Courses)
    {
        public Collision? Collision { get; init; }

        public Moves Moves => Courses.Aggregate(default(Moves), (sum, c) => new(sum.Visits + c.Moves.Visits, sum.People + c.Moves.People, 0));
    }
}
