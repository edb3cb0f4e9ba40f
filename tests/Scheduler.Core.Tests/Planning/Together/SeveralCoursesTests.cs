using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Together;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Together;

/// <summary>Several patients' courses at one clinic, when something comes in between.</summary>
public class SeveralCoursesTests
{
    private static readonly Protocol Feder = ProtocolCompiler.Compile("feder.yaml", Repository.Text("protocols/feder-2025-ketamine-wet.yaml")).Required;

    private static readonly Clinic OneChair = TestClinic.Of(TestClinic.Resource("chair-1", ResourceKind.Chair, "chair"), TestClinic.Resource("ana", ResourceKind.Person, "nurse"));

    [Fact]
    public void What_comes_of_them_goes_together_and_each_by_itself() => Tried(120, (requests, plan) =>
    {
        foreach (var course in plan.Courses.Where(c => c.Proposal is not null))
        {
            var verdict = Verifier.Judge(course.Request, course.Proposal!.Calendar);
            if (!verdict.Holds || verdict.Cost != course.Proposal.Cost || verdict.CostWithConditional != course.Proposal.CostWithConditional)
            {
                return $"broken: {string.Join("; ", verdict.Breaches.Select(b => b.Message))}";
            }
        }

        return plan.Courses.Any(c => c.Outcome is Outcome.Infeasible { Conflicts: [] }) ? "impossible for no reason" : null;
    });

    [Fact]
    public void What_comes_of_them_one_after_the_other_goes_together_too() => Tried(
        120,
        (requests, plan) => string.Join("; ", plan.Courses.Where(c => c.Proposal is not null).SelectMany(c => Verifier.Judge(c.Request, c.Proposal!.Calendar).Breaches).Select(b => b.Message)) is { Length: > 0 } broken ? broken : null,
        steps: 1);

    [Fact]
    public void What_a_visit_of_another_course_leaves_to_be_cleaned_up_is_not_free_and_what_comes_later_in_it_is_not_its_start()
    {
        // The chair is cleaned for longer because the need of the first patient's visit says so; the nurse comes twice, and her beginnings lie an hour apart.
        var chair = new Need("chair", NeedKind.Place, "chair", [], [new(Use.Exclusive, Moment.Start, Moment.End)], CleanUpMinutes: 45, StartsApartMinutes: 0);
        var nurse = new Need("nurse", NeedKind.Person, "nurse", [], [new(Use.Exclusive, Moment.Start, new(10, false)), new(Use.Exclusive, new(50, false), Moment.End)], CleanUpMinutes: 45, StartsApartMinutes: 60);
        var request = Infused(chair, nurse);
        var clinic = request.Clinic;
        var placed = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0].Calendar.Visits;
        var bookings = VisitBookings.Of(request, placed).ToList();

        Assert.Equal([45], bookings.Where(b => clinic.Find(b.Resource)!.Kind == ResourceKind.Chair).Select(b => b.CleanUpAfter(clinic.Find(b.Resource)!)));
        Assert.Equal([(40, (int?)60), (45, null)], bookings.Where(b => clinic.Find(b.Resource)!.Kind == ResourceKind.Person).Select(b => (b.CleanUpAfter(clinic.Find(b.Resource)!), b.StartsApartMinutes)));

        // Another course, whose own needs ask for nothing, finds its place behind that.
        var other = Infused(chair with { CleanUpMinutes = 0 }, nurse with { CleanUpMinutes = 0, StartsApartMinutes = 0 });
        var plan = SeveralCourses.Plan([request with { Fixed = placed, From = placed[0].Date.PlusDays(1) }, other with { StartWithinDays = 1 }]);
        var second = plan.Courses[1].Proposal!.Calendar.Visits[0];

        Assert.Equal((placed[0].Date, placed[0].End.PlusMinutes(45)), (second.Date, second.Start));
    }

    [Fact]
    public void They_move_no_more_than_one_after_the_other_in_any_order() => Tried(120, (requests, plan) =>
    {
        foreach (var order in new[] { requests, [.. requests.Reverse()] })
        {
            if (plan.Proved && Certain(OneAfterTheOther(order)) is { } moved && Moved(plan) > moved)
            {
                return $"more: {Moved(plan)} visits move where {moved} are enough";
            }
        }

        return null;
    });

    [Fact]
    public void No_fewer_move_where_one_course_alone_could_do_it() => Tried(120, (requests, plan) =>
    {
        // Where two visits move, fewer would be one, of one course, all others staying as they are.
        if (!plan.Proved || Moved(plan) != 2)
        {
            return null;
        }

        for (var i = 0; i < requests.Length; i++)
        {
            var others = requests.Where((_, other) => other != i).ToList();
            var asStay = others.All(o => Verifier.Judge(
                With(o, requests.Where(r => r != o && r != requests[i])), new(o.Booked, [])).Holds);
            if (asStay && others.All(o => o.Booked.Length == o.Protocol.Visits.Length) && Planner.Plan(With(requests[i], others)) is Outcome.Placed { Proposals: [{ Cost.Moves.Visits: < 2 }, ..] })
            {
                return $"more: course {i} alone could move a single visit";
            }
        }

        return null;
    });

    [Fact]
    public void The_random_courses_collide_and_move_and_are_mostly_proved()
    {
        var plans = Enumerable.Range(0, 120).Select(Requests).Where(r => r.Length > 1).Select(r => (Plan: SeveralCourses.Plan(r), Alone: r.Sum(one => MovesAlone(one)))).ToList();

        Assert.InRange(plans.Count, 20, 120);
        Assert.InRange(plans.Count(p => p.Plan.Proved), plans.Count / 2, plans.Count);
        Assert.InRange(plans.Count(p => Moved(p.Plan) > p.Alone), 3, plans.Count);
        Assert.InRange(plans.Count(p => Moved(p.Plan) == p.Alone), 3, plans.Count);
    }

    [Fact]
    public void A_therapist_is_away_for_a_week_and_as_few_as_can_be_of_five_courses_move()
    {
        var clinic = Repository.Clinic("clinic-busy.yaml");
        var booked = new List<PlacedVisit[]>();
        for (var patient = 0; patient < 5; patient++)
        {
            var taken = clinic with { Bookings = clinic.Bookings.AddRange(booked.SelectMany(v => VisitBookings.Of(new(Feder, clinic, Patient.Anyone, new(2027, 1, 4)), v))) };
            var placed = Assert.IsType<Outcome.Placed>(Planner.Plan(new(Feder, taken, Patient.Anyone, new(2027, 1, 4)) { StartWithinDays = 120 }));
            booked.Add([.. placed.Proposals[0].Calendar.Visits]);
        }

        var away = clinic.Find(booked[0].First(v => v.Id.Type == "wet").ResourceFor("therapist")!)!;
        var monday = booked[0].First(v => v.Id.Type == "wet").Date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
        var without = clinic with { Resources = clinic.Resources.Replace(away, away with { Exceptions = away.Exceptions.Add(new(monday, monday.PlusDays(4), [])) }) };
        var plan = SeveralCourses.Plan([.. booked.Select(v => new PlanningRequest(Feder, without, Patient.Anyone, new(2027, 1, 4)) { Booked = [.. v], Deviations = DeviationLimit.Minor, StartWithinDays = 120 })]);

        Assert.True(plan.Proved);
        Assert.All(plan.Courses, c => Assert.True(Verifier.Judge(c.Request, c.Proposal!.Calendar).Holds));
        var met = booked.Sum(visits => visits.Count(v => v.Uses.Any(u => u.Resource == away.Id) && v.Date >= monday && v.Date <= monday.PlusDays(4)));
        Assert.InRange(met, 1, 20);
        Assert.InRange(plan.Moves.Visits + plan.Moves.People, 1, 5 * 14);
    }

    [Fact]
    public void Courses_at_different_clinics_are_refused()
    {
        var request = RandomRequest.Small(1);

        Assert.Throws<ArgumentException>(() => SeveralCourses.Plan([request, RandomRequest.Small(2)]));
        Assert.Throws<ArgumentException>(() => SeveralCourses.Plan([]));
    }

    private static void Tried(int seeds, Func<ImmutableArray<PlanningRequest>, SeveralPlan, string?> wrong, long steps = PlanningRequest.DefaultStepBudget)
    {
        var said = Enumerable.Range(0, seeds).Select(s => (Seed: s, Requests: Requests(s))).Where(r => r.Requests.Length > 1)
            .Select(r => (r.Seed, Said: wrong(r.Requests, SeveralCourses.Plan(r.Requests, steps)))).Where(r => r.Said is not null).ToList();

        Assert.True(said.Count == 0, string.Join("\n", said));
    }

    // One visit, at a clinic with one chair and one nurse.
    private static PlanningRequest Infused(params Need[] needs) => new(TestProtocol.Of([TestProtocol.Treatment("infusion", [60], needs)]), OneChair, Patient.Anyone, new(2026, 3, 2));

    // Two or three patients of one protocol, booked one after the other; then the same comes in between for all of them.
    private static ImmutableArray<PlanningRequest> Requests(int seed)
    {
        var (chance, first) = (new Chance(seed), RandomRequest.Small(seed));
        var requests = new List<PlanningRequest>();
        var clinic = first.Clinic;
        for (var patient = chance.From(2, 3); patient > 0; patient--)
        {
            var request = first with { Clinic = clinic, Fixed = [], LeftOut = [], Deviations = DeviationLimit.Minor };
            if (Planner.Plan(request) is Outcome.Placed { Proposals: [var proposal, ..] })
            {
                requests.Add(request with { Booked = proposal.Calendar.Visits });
                clinic = clinic with { Bookings = clinic.Bookings.AddRange(VisitBookings.Of(request, proposal.Calendar.Visits)) };
            }
        }

        if (requests.Count == 0)
        {
            return [];
        }

        var used = requests.SelectMany(r => r.Booked).SelectMany(v => v.Uses).Select(u => (u.Resource, u.Start.Date)).Distinct().ToImmutableArray();
        var (resource, date) = used.IsEmpty ? ("", first.From) : chance.One(used);
        var disturbed = first.Clinic.Find(resource) is { } who
            ? first.Clinic with { Resources = first.Clinic.Resources.Replace(who, who with { Exceptions = who.Exceptions.Add(new(date, date.PlusDays(chance.From(0, 2)), [])) }) }
            : first.Clinic;
        return [.. requests.Select(r => r with { Clinic = disturbed })];
    }

    private static IEnumerable<Outcome> OneAfterTheOther(ImmutableArray<PlanningRequest> requests)
    {
        var clinic = requests[0].Clinic;
        foreach (var request in requests)
        {
            var outcome = Planner.Plan(request with { Clinic = clinic });
            clinic = outcome is Outcome.Placed { Proposals: [var proposal, ..] } ? clinic with { Bookings = clinic.Bookings.AddRange(VisitBookings.Of(request, proposal.Calendar.Visits)) } : clinic;
            yield return outcome;
        }
    }

    private static PlanningRequest With(PlanningRequest request, IEnumerable<PlanningRequest> others) =>
        request with { Clinic = request.Clinic with { Bookings = request.Clinic.Bookings.AddRange(others.SelectMany(o => VisitBookings.Of(o, o.Booked))) } };

    private static int? Certain(IEnumerable<Outcome> outcomes) =>
        outcomes.ToList() is var all && all.TrueForAll(o => o is Outcome.Placed) ? all.Cast<Outcome.Placed>().Sum(p => p.Proposals[0].Cost.Moves.Visits) : null;

    private static int Moved(SeveralPlan plan) => plan.Courses.Sum(c => c.Proposal?.Cost.Moves.Visits ?? 0);

    private static int MovesAlone(PlanningRequest request) => Planner.Plan(request) is Outcome.Placed placed ? placed.Proposals[0].Cost.Moves.Visits : 0;
}
