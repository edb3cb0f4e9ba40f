using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning;

/// <summary>Places a course: from a request to the best calendar, proved, or to the reasons why there is none.</summary>
public static class Planner
{
    private const int StepsForForgone = 20_000;

    /// <summary>Answers a request. The same request gives the same answer, everywhere and at any time.</summary>
    /// <remarks>
    /// Certain visits are placed first and best; conditional ones after that, with the certain ones fixed. docs/planning.md says what is
    /// best, and how it is found.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The request asks for fewer than 1 or more than 20 proposals, for a start within fewer than 1 or more than 366 days, or for no step.</exception>
    public static Outcome Plan(PlanningRequest request) => Plan(request, new PreparedClinic(request.Clinic));

    /// <summary>The same for one of several requests to a clinic, so that what its days leave free is worked out once.</summary>
    /// <exception cref="ArgumentException">Another clinic is prepared than the request's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">As for one request alone.</exception>
    public static Outcome Plan(PlanningRequest request, PreparedClinic clinic) => Plan(request, clinic, isExplained: true);

    /// <summary>The same for an attempt of which nobody is told: where there is no calendar, no conflict is looked for.</summary>
    internal static Outcome Try(PlanningRequest request, PreparedClinic clinic) => Plan(request, clinic, isExplained: false);

    private static Outcome Plan(PlanningRequest request, PreparedClinic clinic, bool isExplained)
    {
        if (!ReferenceEquals(clinic.Clinic, request.Clinic))
        {
            throw new ArgumentException($"Prepared is '{clinic.Clinic.Id}', and not the clinic of the request as it is now.", nameof(clinic));
        }

        if (request is not { Proposals: >= 1 and <= 20, StartWithinDays: >= 1 and <= 366, StepBudget: >= 1 })
        {
            throw new ArgumentOutOfRangeException(nameof(request), "1 to 20 proposals, 1 to 366 days to start within, and at least one step.");
        }

        var certain = CertainOnly(request);
        var almanac = new Almanac(clinic.Days, request.Patient, request.FirstDay);
        var course = Course(certain, whole: request.Protocol, almanac: almanac);
        var problem = course.Build();
        var outcome = Search(request, almanac, problem, new KnownOptions(problem.Availability).Of);
        return isExplained && outcome is Outcome.Infeasible none ? none with { Conflicts = Conflicts.Of(certain, almanac, course.FindFrame()) } : outcome;
    }

    /// <summary>Places the certain visits of a request as often as it asks for, and the conditional ones beside them. Where there is no calendar, no conflict is looked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="almanac">What is known of its days.</param>
    /// <param name="problem">Its certain visits as the search sees them.</param>
    /// <param name="optionsOf">Gives the options of a class of these.</param>
    private static Outcome Search(PlanningRequest request, Almanac almanac, SearchProblem problem, OptionsOf optionsOf)
    {
        var steps = 0L;
        var proposals = ImmutableArray.CreateBuilder<Proposal>();
        var seen = new List<Impression>();
        while (proposals.Count < request.Proposals)
        {
            var search = new DaySearch(problem, request.StepBudget - steps, seen, optionsOf);
            var result = search.Run();
            steps += result.Steps;
            if (proposals.Count == 0 && result.Best is null)
            {
                return result.IsComplete ? new Outcome.Infeasible([]) { Steps = steps } : new Outcome.Unproved([], Unpack(problem, result.Bound)) { Steps = steps };
            }

            if (result.Best is not { } best || (proposals.Count > 0 && !result.IsComplete))
            {
                break;
            }

            var (proposal, more) = WithConditional(request, almanac, problem, best, result.IsComplete, proposals.Count + 1, request.StepBudget - steps);
            steps += more;
            if (!proposal.Proved)
            {
                if (proposals.Count > 0)
                {
                    break;
                }

                return new Outcome.Unproved([proposal], Unpack(problem, result.Bound)) { Steps = steps };
            }

            proposals.Add(proposal);
            seen.Add(Impression.Of(problem, best));
        }

        return new Outcome.Placed(proposals.ToImmutable()) { Steps = steps };
    }

    /// <summary>
    /// The best calendar of a new course for each day of the start range, or none: what is worked out for one day is known to the next. Steps are for all days together;
    /// null where none is left.
    /// </summary>
    /// <param name="request">The request, with its day of enrolment.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="on">The request for a day.</param>
    internal static IEnumerable<Outcome?> OnEachDay(PlanningRequest request, PreparedClinic clinic, Func<LocalDate, PlanningRequest> on)
    {
        var certain = CertainOnly(request);
        var almanac = new Almanac(clinic.Days, request.Patient, request.FirstDay);
        var course = Course(certain, whole: request.Protocol, almanac: almanac);
        var problem = course.Build();
        var known = new KnownOptions(problem.Availability);
        var starts = new StartDays(problem, request.StepBudget, known.Of);
        var (lastDays, left) = (course.LastDays(), request.StepBudget);
        for (var day = problem.From; day <= problem.LastStart; day++)
        {
            // Where the weeks of a rhythm follow from closures, how far they may reach depends on the day from which it is asked. Where not all crews are looked at, narrowing proves nothing.
            var date = problem.Origin.PlusDays(day);
            var begun = starts.On(day, course.HasOpenWeeks ? null : lastDays(date));
            if (begun is null && !problem.IsCut)
            {
                yield return new Outcome.Infeasible([]);
                continue;
            }

            if (left < 1)
            {
                yield return null;
                continue;
            }

            var asked = on(date) with { StepBudget = left };
            var outcome = course.HasOpenWeeks || begun is null ? Try(asked, clinic) : Search(asked, new(clinic.Days, request.Patient, date), begun, known.Of);
            left -= outcome.Steps;
            yield return outcome;
        }
    }

    /// <summary>Whether a calendar is found within some steps, whatever it costs, and how many it took.</summary>
    internal static (bool IsFound, long Steps) HasCalendar(PlanningRequest request, PreparedClinic clinic, long steps)
    {
        var certain = CertainOnly(request);
        var almanac = new Almanac(clinic.Days, request.Patient, request.FirstDay);
        var problem = Problem(certain, almanac, waiver => waiver is Waiver.Costs, whole: request.Protocol);
        var calendar = DaySearch.Exists(problem, steps);
        return (calendar.IsFound, calendar.Steps);
    }

    /// <summary>The frame that all rules of a course make.</summary>
    internal static CourseFrame Frame(PlanningRequest request) => Course(request).FindFrame();

    /// <summary>The course as the search sees it, some constraints left out of account.</summary>
    internal static SearchProblem Problem(
        PlanningRequest request,
        Almanac? almanac = null,
        Predicate<Waiver>? isWaived = null,
        CourseFrame? frame = null,
        Protocol? whole = null) => Course(request, isWaived, frame, whole, almanac).Build();

    private static ProblemBuilder Course(PlanningRequest request, Predicate<Waiver>? isWaived = null, CourseFrame? frame = null, Protocol? whole = null, Almanac? almanac = null)
    {
        var course = new ProblemBuilder(request, isWaived ?? Nothing, frame, whole, almanac);
        foreach (var rule in request.Protocol.Rules.Where(r => isWaived is null || !isWaived(new Waiver.OfRule(r.Id))))
        {
            RuleBook.Narrow(rule, course);
        }

        return course;

        static bool Nothing(Waiver waiver) => false;
    }

    /// <summary>The request for the certain visits alone; rules about conditional ones do not concern them.</summary>
    private static PlanningRequest CertainOnly(PlanningRequest request)
    {
        var protocol = request.Protocol;
        if (!protocol.VisitTypes.Any(t => t.IsConditional))
        {
            return request;
        }

        // A conditional visit that is fixed has happened or is frozen: it counts like a certain one. The rest of its series waits for the certain visits.
        var isOut = protocol.Visits.ToDictionary(v => v, v => protocol.TypeOf(v).IsConditional && !request.Fixed.Any(f => f.Id == v));
        var certain = ProtocolParts.Alone(protocol, v => isOut[v], request.LeftOut);
        return request with { Protocol = certain, LeftOut = [.. request.LeftOut.Union(certain.Visits.Where(v => isOut[v]))] };
    }

    private static (Proposal Proposal, long Steps) WithConditional(
        PlanningRequest request, Almanac almanac, SearchProblem problem, Solution best, bool isProved, int rank, long budget)
    {
        var cost = Unpack(problem, best);
        var visits = Places(problem, best);
        if (request.Protocol.Visits.Length == problem.Visits.Length && !request.Protocol.VisitTypes.Any(t => t.IsConditional))
        {
            return (new(rank, cost, CostWithConditional: null, isProved, new(visits, [])), 0);
        }

        var whole = Problem(request with { Fixed = visits }, almanac);
        var result = new DaySearch(whole, Math.Max(budget, 1)).Run();
        var solution = result.Best;
        var placed = solution is null ? visits : Places(whole, solution);
        var unplaced = Unplaced(request, placed);
        var proposal = new Proposal(
            rank, cost, solution is null ? cost : WithMoves(Unpack(whole, solution), cost.Moves), isProved && result.IsComplete && solution is not null, new(placed, unplaced));
        return (Forgone.Rules(request.Protocol, unplaced) is { IsEmpty: false } rules && proposal.Proved ? WithForgone(request, almanac, proposal, visits, rules) : proposal, result.Steps);
    }

    /// <summary>The cost with the moves of the certain visits, which are fixed where the conditional ones are placed.</summary>
    private static Cost WithMoves(Cost cost, Moves certain) =>
        cost with { Moves = new(cost.Moves.Visits + certain.Visits, cost.Moves.People + certain.People, cost.Moves.Others + certain.Others) };

    /// <summary>The proposal with what it forgoes for the sake of rules of all or none: what would be placed without them.</summary>
    /// <remarks>That explains an answer which is there: it has a small budget of its own, so that the answer does not depend on what was left of the request's.</remarks>
    private static Proposal WithForgone(
        PlanningRequest request, Almanac almanac, Proposal proposal, ImmutableArray<PlacedVisit> certain, ImmutableArray<Rule.AllOrNone> rules)
    {
        var free = Problem(request with { Fixed = certain }, almanac, waiver => waiver is Waiver.OfRule(var id) && rules.Any(r => r.Id == id));
        return new DaySearch(free, StepsForForgone).Run() is { IsComplete: true, Best: { } solution }
            ? proposal with { Forgone = Forgone.Of(rules, proposal.Calendar.Unplaced, Unplaced(request, Places(free, solution))) }
            : proposal;
    }

    private static ImmutableArray<VisitId> Unplaced(PlanningRequest request, ImmutableArray<PlacedVisit> placed) =>
        [.. request.Protocol.Visits.Where(v => !request.LeftOut.Contains(v) && !placed.Any(p => p.Id == v))];

    /// <summary>A cost of certain visits: their treatment takes place in every calendar.</summary>
    private static Cost Unpack(SearchProblem problem, PackedCost cost) =>
        cost.Unpack(problem.From, Array.Exists(problem.Visits, v => v.IsTreatment && !v.IsOptional));

    private static Cost Unpack(SearchProblem problem, Solution solution) =>
        solution.Cost.Unpack(problem.From, Enumerable.Range(0, problem.Visits.Length).Any(v => problem.Visits[v].IsTreatment && solution.Days[v] >= 0));

    /// <summary>What the search found, as visits.</summary>
    internal static ImmutableArray<PlacedVisit> Places(SearchProblem problem, Solution solution) =>
        [.. Enumerable.Range(0, problem.Visits.Length).Where(v => solution.Days[v] >= 0).Select(v => Place(problem, v, solution.Days[v], solution.Options[v]!))];

    private static PlacedVisit Place(SearchProblem problem, int v, int day, Option option)
    {
        var visit = problem.Visits[v];
        if (visit.Fixed is { } place)
        {
            return place;
        }

        var start = problem.Origin.PlusDays(day).AtMidnight().PlusMinutes(option.Minute);
        var uses =
            from need in Enumerable.Range(0, visit.Class.Needs.Length)
            let model = visit.Class.Needs[need]
            from segment in model.Segments
            select new ResourceUse(
                problem.Availability.Resources[option.Resources[need]].Id,
                model.Need.Id,
                model.Need.Role,
                segment.Use,
                start.PlusMinutes(segment.From),
                start.PlusMinutes(segment.To));
        return new(visit.Id, start, start.PlusMinutes(visit.Class.Duration), [.. uses]);
    }
}
