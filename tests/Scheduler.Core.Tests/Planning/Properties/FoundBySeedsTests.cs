using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.Instances;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>What random requests have brought to light, written down small.</summary>
public class FoundBySeedsTests
{
    [Fact]
    public void Contradictory_bounds_with_a_visit_fixed_later_than_they_reach_are_infeasible_not_a_crash()
    {
        var course = TestCourse.Bare(new Rule.Order(Head("rule"), [Visits("a[1]"), Visits("b[1]")], Days(5), Days(3)), "a 2026-03-02 10:00; b 2026-03-06 10:00");
        var fixedLate = course.Request with { From = TestClinic.Date("2025-11-03"), Fixed = [course.Calendar.Visits[0]] };

        Assert.IsType<Outcome.Infeasible>(Planner.Plan(fixedLate));
    }

    [Fact]
    public void One_day_with_more_ways_than_anybody_can_try_ends_with_the_step_budget()
    {
        var types = Enumerable.Range(0, 8)
            .Select(i => Assessment($"v{i}", Mode.Phone, 10, Person("therapist", Throughout(Use.Exclusive))) with { Purpose = VisitPurpose.Treatment })
            .ToImmutableArray();
        var today = new Rule.Window(Head("today"), [.. types.SelectMany(t => t.Visits)], new Anchor.Enrolment(), Period.Zero, new(0, 0), new(0, 0), 0);
        var request = TestCourse.Empty(Of(types, today), TestClinic.Riverside with { GridMinutes = 5 }, "2026-03-02").Request with { StepBudget = 1_000 };

        Assert.InRange(Assert.IsType<Outcome.Unproved>(Planner.Plan(request)).Steps, 1, 1_100);
    }

    [Fact]
    public void Nobody_supervises_while_cleaning_up_after_a_booking_that_was_too_long_to_supervise_beside()
    {
        var type = Treatment("a", [30], Person("physician", Throughout(Use.Supervision)));
        var clinic = TestClinic.Riverside.With("osei", r => r with { CleanUpMinutes = 20 }).Booked("osei", "2026-03-02", "08:00 to 09:00");
        var request = TestCourse.Empty(Of([type]), clinic, "2026-03-02").Request;

        var calendar = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0].Calendar;

        Assert.Equal("a[1] 2026-03-02 Mon 09:30 to 10:00 physician=osei Supervision 09:30-10:00", Description.Describe(calendar.Visits[0]));
    }

    [Fact]
    public void A_conditional_visit_that_has_happened_counts_as_a_certain_one()
    {
        var needs = Person("therapist", Throughout(Use.Exclusive));
        var course = TestCourse.Empty(Of([Treatment("a", [60], needs), Treatment("b", [60], needs) with { OnlyIf = "responder" }]), TestClinic.Riverside, "2026-03-03")
            .Place("b[1]", "2026-03-02 08:00", "therapist kim");
        var request = course.Request with { Fixed = course.Calendar.Visits };

        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];

        Assert.Equal((-1, 0), (proposal.Cost.DaysToFirst, proposal.Cost.DaysToLast));
        Assert.Equal(proposal.Cost, Verifier.Judge(request, proposal.Calendar).Cost);
    }

    [Fact]
    public void An_order_with_a_conditional_visit_at_its_end_holds_among_the_others()
    {
        var order = new Rule.Order(Head("order"), [Visits("a[1]"), Visits("b[1]"), Visits("c[1]")], null, null);
        var request = TestCourse.Empty(Of([Treatment("b", [60]), Treatment("a", [60]), Treatment("c", [60]) with { OnlyIf = "responder" }], order), TestClinic.Riverside, "2026-03-02").Request;

        var calendar = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0].Calendar;

        Assert.Equal("b[1] 09:00, a[1] 08:00, c[1] 10:00", string.Join(", ", calendar.Visits.Select(v => $"{v.Id} {v.Start:HH:mm}")));
    }

    [Fact]
    public void The_rest_of_a_conditional_series_that_has_begun_still_waits_for_the_certain_visits()
    {
        var kim = Person("therapist", Throughout(Use.Exclusive));
        var clinic = TestClinic.Riverside.With("lee", r => r with { Roles = ["rater"] }).With("kim", r => r with { Hours = TestClinic.Weekly(1, 1, "08:00 to 09:00") });
        var protocol = Of(
            [Treatment("b", [60, 60], kim) with { OnlyIf = "responder" }, Treatment("a", [60], kim)],
            new Rule.Cadence(Head("rhythm"), Visits("b[1..2]"), null, new(7, 0), null, null, null));
        var course = TestCourse.Empty(protocol, clinic, "2026-03-03").Place("b[1]", "2026-03-02 08:00", "therapist kim");
        var request = course.Request with { Fixed = course.Calendar.Visits };

        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];

        Assert.Equal("b[1] 03-02, a[1] 03-09", string.Join(", ", proposal.Calendar.Visits.Select(v => $"{v.Id} {v.Date:MM-dd}")));
        Assert.Equal(6, proposal.Cost.DaysToLast);
    }

    [Fact]
    public void A_share_beside_another_one_leaves_the_fragment_that_begins_at_its_own_end()
    {
        var types = new VisitType[] { Assessment("a", Mode.Phone, 40, Person("nurse", Throughout(Use.Share))), Treatment("b", [60], Person("nurse", Throughout(Use.Exclusive))) };
        var clinic = TestClinic.Of(TestClinic.Resource("ana", ResourceKind.Person, "nurse") with { Capacity = 2, Hours = TestClinic.Weekly(1, 1, "08:00 to 10:00") })
            .Booked("ana", "2026-03-02", "08:00 to 08:30", Use.Share).Booked("ana", "2026-03-02", "09:30 to 10:00", Use.Share);
        var early = new Rule.TimeOfDay(Head("early"), Visits("a[1]"), null, 8 * 60, null, Strength.Must);
        var first = new Rule.Order(Head("first"), [Visits("a[1]"), Visits("b[1]")], Days(1), null);
        var request = TestCourse.Empty(Of([.. types], early, first), clinic, "2026-03-02").Request with { StartWithinDays = 1 };

        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];

        Assert.Equal("a[1] 03-02 08:00", $"{proposal.Calendar.Visits[0].Id} {proposal.Calendar.Visits[0].Start:MM-dd HH:mm}");
        Assert.Equal(Verifier.Judge(request, proposal.Calendar).Cost, proposal.Cost);
        Assert.Equal(1, proposal.Cost.Fragments);
    }

    [Fact]
    public void Treatment_on_the_first_two_days_does_not_make_what_follows_seem_later()
    {
        Rule.Window After(string id, int days, int width) =>
            new(Head($"window-{id}"), Visits($"{id}[1]"), new Anchor.StartOf(Visit("a[1]")), Days(days), new(0, width), new(0, width), 0);
        var protocol = Of(
            [Treatment("a", [60]), Treatment("b", [60]), Treatment("c", [60]), Treatment("d", [60])], After("b", 1, 0), After("c", 2, 1), After("d", 7, 1));
        var request = TestCourse.Empty(protocol, TestClinic.Riverside, "2026-03-02").Request with { StartWithinDays = 1 };

        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];

        Assert.Equal(7, proposal.Cost.DaysToLast);
        Assert.Equal(Verifier.Judge(request, proposal.Calendar).Cost, proposal.Cost);
    }
}
