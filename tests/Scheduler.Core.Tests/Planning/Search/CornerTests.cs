using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>Small courses at the corners of the search: what touches only by a rule, exclusive branches, clean-up over breaks, budgets that end anywhere.</summary>
public class CornerTests
{
    private static readonly Clinic Clinic = TestClinic.Of(
        TestClinic.Resource("chair-1", ResourceKind.Chair, "chair"),
        TestClinic.Resource("p1", ResourceKind.Person, "therapist"),
        TestClinic.Resource("p2", ResourceKind.Person, "therapist"),
        TestClinic.Resource("roth", ResourceKind.Person, "rater"));

    private static readonly Need Rater = Person("rater", Throughout(Use.Exclusive));
    private static readonly Need Therapist = Person("therapist", Throughout(Use.Exclusive));
    private static readonly Need Chair = Place("chair", Throughout(Use.Exclusive));

    [Fact]
    public void Visits_that_only_must_not_share_a_day_do_not()
    {
        var protocol = Of(
            [Treatment("t", [60], Chair), Assessment("a", Mode.InPerson, 30, Rater), Assessment("b", Mode.InPerson, 30, Rater)],
            After("a"),
            After("b"),
            new Rule.ApartDays(Head("apart"), [Visits("a[1]"), Visits("b[1]")]));

        var calendar = Placed(Request(protocol)).Calendar;

        Assert.NotEqual(calendar.Find(Visit("a[1]"))!.Date, calendar.Find(Visit("b[1]"))!.Date);

        static Rule After(string visit) =>
            new Rule.Window(Head(visit), Visits($"{visit}[1]"), new Anchor.StartOf(Visit("t[1]")), Days(7), new(-3, 3), new(-3, 3), 0);
    }

    [Fact]
    public void Some_visit_starts_in_the_range_though_each_would_rather_come_later()
    {
        var protocol = Of([Assessment("a", Mode.InPerson, 30, Rater), Assessment("b", Mode.InPerson, 30, Rater)]);
        var patient = Patient.Anyone with { Preferences = [new Preference.Times([], 5, TestClinic.Hours("08:00 to 12:00"))] };
        var clinic = Clinic.Booked("roth", "2026-03-02", "08:00 to 12:00").Booked("roth", "2026-03-03", "08:00 to 12:00");

        var calendar = Placed(Request(protocol) with { Clinic = clinic, Patient = patient, StartWithinDays = 2 }).Calendar;

        Assert.Contains(calendar.Visits, v => v.Date <= TestClinic.Date("2026-03-03"));
    }

    [Theory]
    [InlineData(VisitPurpose.Assessment)]
    [InlineData(VisitPurpose.Treatment)]
    public void Some_visit_starts_in_the_range_though_they_never_meet_and_each_would_rather_come_later(VisitPurpose purpose)
    {
        var protocol = Of(
            [Assessment("a", Mode.InPerson, 30, Rater) with { Purpose = purpose }, Assessment("b", Mode.InPerson, 30, Rater) with { Purpose = purpose }],
            new Rule.Weekdays(Head("mondays"), Visits("a[1]"), [NodaTime.IsoDayOfWeek.Monday], Strength.Must),
            new Rule.Weekdays(Head("tuesdays"), Visits("b[1]"), [NodaTime.IsoDayOfWeek.Tuesday], Strength.Must));
        var patient = Patient.Anyone with { Preferences = [new Preference.Times([], 5, TestClinic.Hours("08:00 to 12:00"))] };
        var request = Request(protocol) with
        {
            Clinic = Clinic.Booked("roth", "2026-03-02", "08:00 to 12:00").Booked("roth", "2026-03-03", "08:00 to 12:00"),
            Patient = patient,
            StartWithinDays = 2,
        };

        var proposal = Placed(request);

        Assert.Contains(proposal.Calendar.Visits, v => v.Date <= TestClinic.Date("2026-03-03"));
        Assert.Equal(5, proposal.Cost.Preferences);
        Assert.Equal(proposal.Cost, Verifier.Judge(request, proposal.Calendar).Cost);
    }

    // The morning's visits would have one person each, who then have no hour left for the afternoon's.
    [Fact]
    public void Contact_of_the_morning_counts_in_the_afternoon()
    {
        var protocol = Of(
            [Assessment("a", Mode.InPerson, 30, Therapist), Assessment("b", Mode.InPerson, 30, Therapist), Assessment("c", Mode.InPerson, 60, Therapist)],
            Today("b"),
            Today("c"),
            new Rule.TimeOfDay(Head("morning"), Visits("a[1]", "b[1]"), null, TestClinic.Minutes("09:30"), null, Strength.Must),
            new Rule.TimeOfDay(Head("afternoon"), Visits("c[1]"), TestClinic.Minutes("14:00"), null, null, Strength.Must));
        var clinic = Clinic.With("p1", r => r with { MaxContactMinutes = 60 }).With("p2", r => r with { MaxContactMinutes = 60 });
        var patient = Patient.Anyone with { Preferences = [new Preference.Person(["a"], 5, "therapist", "p1"), new Preference.Person(["b"], 5, "therapist", "p2")] };

        var proposal = Placed(Request(protocol) with { Clinic = clinic, Patient = patient, StartWithinDays = 1 });

        Assert.Equal(5, proposal.Cost.Preferences);

        static Rule Today(string visit) => new Rule.Window(Head(visit), Visits($"{visit}[1]"), new Anchor.StartOf(Visit("a[1]")), Days(0), new(0, 0), new(0, 0), 0);
    }

    [Fact]
    public void A_day_may_begin_with_a_visit_at_midnight()
    {
        var clinic = TestClinic.Of(TestClinic.Resource("roth", ResourceKind.Person, "rater")) with { Opening = TestClinic.Weekly(1, 5, "00:00 to 01:00") };
        var patient = Patient.Anyone with { Preferences = [new Preference.Times([], 5, TestClinic.Hours("00:00 to 01:00"))] };

        var calendar = Placed(Request(Of([Assessment("a", Mode.InPerson, 60, Rater)])) with { Clinic = clinic, Patient = patient }).Calendar;

        Assert.Equal(TestCourse.At("2026-03-02 00:00"), calendar.Visits[0].Start);
    }

    [Fact]
    public void Courses_without_treatment_have_several_proposals()
    {
        var protocol = Of([Assessment("a", Mode.InPerson, 30, Rater)]);

        var placed = Assert.IsType<Outcome.Placed>(Planner.Plan(Request(protocol) with { Proposals = 3 }));

        Assert.Equal(3, placed.Proposals.Length);
    }

    // Three needs that rules tie, and 18 people who can fill each: 18 x 17 x 16 crews, of which not all are looked at.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(15, 0)]
    public void Where_not_all_crews_are_looked_at_nothing_is_proved(int away, int proposals)
    {
        string[] roles = ["nurse", "rater", "therapist"];
        var people = Enumerable.Range(1, 18).Select(i => TestClinic.Resource($"p{i:00}", ResourceKind.Person, roles) with
        {
            Exceptions = i > away ? [] : [new(TestClinic.Date("2026-03-01"), TestClinic.Date("2027-03-01"), [])],
        });
        var protocol = Of(
            [Treatment("t", [60, 60], [.. roles.Select(r => Person(r, Throughout(Use.Exclusive)))])],
            [.. roles.Select(r => new Rule.SamePerson(Head(r), Visits("t[1..2]"), r, IsMust: true))]);

        var outcome = Planner.Plan(Request(protocol) with { Clinic = TestClinic.Of([.. people]), StartWithinDays = 2 });

        Assert.Equal(proposals, Assert.IsType<Outcome.Unproved>(outcome).Proposals.Length);
    }

    [Fact]
    public void A_course_whose_only_treatment_finds_no_place_has_no_days_to_it()
    {
        var protocol = Of([Assessment("a", Mode.InPerson, 30, Rater), Treatment("b", [30], Therapist) with { OnlyIf = "responder" }]);
        var fixedDay = TestCourse.Empty(protocol, Clinic, "2026-03-03").Place("a[1]", "2026-03-02 09:00", "rater roth");
        var clinic = TestClinic.Of(TestClinic.Resource("roth", ResourceKind.Person, "rater"));

        var placed = Placed(Request(protocol) with { Clinic = clinic, From = TestClinic.Date("2026-03-03"), Fixed = fixedDay.Calendar.Visits });

        Assert.Equal(0, placed.CostWithConditional!.Value.DaysToFirst);
    }

    [Fact]
    public void The_person_before_is_that_of_the_nearest_visit_that_can_be_needed_too()
    {
        var protocol = Of(
            [
                Treatment("c", [30], Therapist),
                Treatment("a", [30], Therapist) with { OnlyIf = "responder" },
                Treatment("b", [30], Therapist) with { OnlyIf = "non-responder" },
            ],
            new Rule.Order(Head("order"), [Visits("c[1]"), Visits("a[1]")], Days(1), Days(1)),
            new Rule.Order(Head("order-2"), [Visits("c[1]"), Visits("b[1]")], Days(2), Days(2)),
            new Rule.SamePerson(Head("same"), Visits("c[1]", "a[1]", "b[1]"), "therapist", IsMust: false));
        var clinic = Clinic.Booked("p2", "2026-03-02", "08:00 to 18:00").Booked("p1", "2026-03-03", "08:00 to 18:00");

        var placed = Placed(Request(protocol) with { Clinic = clinic, StartWithinDays = 1 });

        Assert.Equal("p2", placed.Calendar.Find(Visit("a[1]"))!.ResourceFor("therapist"));
        Assert.Equal("p1", placed.Calendar.Find(Visit("b[1]"))!.ResourceFor("therapist"));
        Assert.Equal(1, placed.CostWithConditional!.Value.PersonChanges);
    }

    [Fact]
    public void Two_in_a_row_have_two_people_whether_or_not_a_visit_between_them_is_needed()
    {
        var protocol = Of(
            [Treatment("a", [30], Therapist), Treatment("b", [30], Therapist) with { OnlyIf = "responder" }, Treatment("c", [30], Therapist)],
            new Rule.Order(Head("order"), [Visits("a[1]"), Visits("b[1]"), Visits("c[1]")], Days(1), Days(7)),
            new Rule.Rotation(Head("rotation"), Visits("a[1]", "b[1]", "c[1]"), "therapist", IsMust: true));

        var placed = Placed(Request(protocol) with { StartWithinDays = 1 });

        Assert.NotEqual(placed.Calendar.Find(Visit("a[1]"))!.ResourceFor("therapist"), placed.Calendar.Find(Visit("c[1]"))!.ResourceFor("therapist"));
        Assert.Equal(Visits("b[1]").AsEnumerable(), placed.Calendar.Unplaced);
    }

    [Fact]
    public void What_was_held_stays_although_its_partner_is_left_out()
    {
        var protocol = Of(
            [Treatment("t", [60], Chair), Assessment("rated", Mode.InPerson, 30, Rater), Assessment("later", Mode.InPerson, 30, Rater)],
            new Rule.SameDay(Head("same"), [new(Visit("rated[1]"), Visit("t[1]"))], new DayPlace.Before()));
        var held = TestCourse.Empty(protocol, Clinic, "2026-03-02").Place("rated[1]", "2026-03-02 09:00", "rater roth").Calendar.Visits;

        var placed = Placed(Request(protocol) with { From = TestClinic.Date("2026-03-03"), Fixed = held, LeftOut = Visits("t[1]") });

        Assert.NotNull(placed.Calendar.Find(Visit("later[1]")));
    }

    [Fact]
    public void Clean_up_over_a_short_break_counts_on_both_sides()
    {
        var protocol = Of([Treatment("t", [60], Chair with { CleanUpMinutes = 30 })]);
        var clinic = (Clinic with { Opening = TestClinic.Weekly(1, 5, "08:00 to 12:00, 12:15 to 17:00") })
            .Booked("chair-1", "2026-03-02", "08:00 to 11:00")
            .Booked("chair-1", "2026-03-02", "13:15 to 17:00");

        var placed = Placed(Request(protocol) with { Clinic = clinic, StartWithinDays = 1 });

        Assert.Equal(1, placed.Cost.Fragments);
    }

    [Fact]
    public void A_share_may_fill_several_gaps_between_others_shares()
    {
        var protocol = Of(
            [Treatment("t", [120], Person("nurse", Throughout(Use.Share))), Treatment("u", [60], Person("nurse", Throughout(Use.Exclusive)))],
            new Rule.Order(Head("order"), [Visits("t[1]"), Visits("u[1]")], Days(7), Days(7)));
        var clinic = TestClinic.Of(TestClinic.Resource("ana", ResourceKind.Person, "nurse") with { Capacity = 2 })
            .Booked("ana", "2026-03-03", "08:00 to 09:00", Use.Exclusive)
            .Booked("ana", "2026-03-03", "09:30 to 10:00", Use.Share)
            .Booked("ana", "2026-03-03", "10:30 to 11:00", Use.Share)
            .Booked("ana", "2026-03-03", "11:00 to 18:00", Use.Exclusive)
            .Booked("ana", "2026-03-02", "08:00 to 18:00", Use.Exclusive);

        Assert.Equal(-2, Placed(Request(protocol) with { Clinic = clinic, StartWithinDays = 2 }).Cost.Fragments);
    }

    [Theory]
    [InlineData("x", "y", "z")]
    [InlineData("z", "x", "y")]
    public void Of_branches_that_exclude_each_other_only_one_counts_for_the_hours_of_a_day(string first, string second, string third)
    {
        var types = new Dictionary<string, VisitType>
        {
            ["x"] = Assessment("x", Mode.InPerson, 60, Therapist) with { OnlyIf = "responder" },
            ["y"] = Assessment("y", Mode.InPerson, 60, Therapist) with { OnlyIf = "non-responder" },
            ["z"] = Treatment("z", [60], Therapist),
        };
        var protocol = Of(
            [types[first], types[second], types[third]],
            new Rule.SameDay(Head("same-x"), [new(Visit("x[1]"), Visit("z[1]"))], new DayPlace.Anytime()),
            new Rule.SameDay(Head("same-y"), [new(Visit("y[1]"), Visit("z[1]"))], new DayPlace.Anytime()));
        var clinic = TestClinic.Of(TestClinic.Resource("p1", ResourceKind.Person, "therapist") with { MaxContactMinutes = 120 });

        Assert.Empty(Placed(Request(protocol) with { Clinic = clinic }).Calendar.Unplaced);
    }

    [Fact]
    public void A_treatment_without_a_place_for_its_rating_is_not_placed_and_the_proposal_says_why()
    {
        var protocol = Of(
            [Treatment("t", [60], Chair), Treatment("again", [60], Chair) with { OnlyIf = "responder" }, Assessment("rated", Mode.InPerson, 30, Rater) with { OnlyIf = "responder" }],
            new Rule.Order(Head("order"), [Visits("t[1]"), Visits("again[1]")], Days(1), Days(1)),
            new Rule.SameDay(Head("same"), [new(Visit("rated[1]"), Visit("again[1]"))], new DayPlace.Anytime()));
        var whole = protocol with { Rules = [.. protocol.Rules, new Rule.AllOrNone(Head("whole"), [Visits("again[1]", "rated[1]")])] };
        var clinic = Clinic.Booked("roth", "2026-03-03", "08:00 to 18:00");

        var (free, bound) = (Placed(Request(protocol) with { Clinic = clinic, StartWithinDays = 1 }), Placed(Request(whole) with { Clinic = clinic, StartWithinDays = 1 }));

        Assert.Equal(Visits("rated[1]").AsEnumerable(), free.Calendar.Unplaced);
        Assert.Empty(free.Forgone);
        Assert.Equal(Visits("again[1]", "rated[1]").AsEnumerable(), bound.Calendar.Unplaced);
        Assert.Equal(free.Cost, bound.Cost);
        var forgone = Assert.Single(bound.Forgone);
        Assert.Equal(("whole", "again[1]", "rated[1]"), (forgone.Rule, Assert.Single(forgone.Visits).ToString(), Assert.Single(forgone.Missing).ToString()));
        Assert.Empty(Placed(Request(whole) with { StartWithinDays = 1 }).Calendar.Unplaced);
    }

    [Theory]
    [InlineData(DeviationLimit.Minor)]
    [InlineData(DeviationLimit.Major)]
    public void A_visit_that_misses_its_ideal_day_takes_the_nearest_and_not_the_earliest(DeviationLimit permitted)
    {
        var protocol = Of(
            [Treatment("t", [60], Chair), Assessment("a", Mode.InPerson, 30, Rater)],
            new Rule.Window(Head("week-later"), Visits("a[1]"), new Anchor.StartOf(Visit("t[1]")), Days(7), new(0, 0), new(-4, 4), 0));
        var clinic = Clinic.Booked("roth", "2026-03-09", "08:00 to 18:00");

        var placed = Placed(Request(protocol) with { Clinic = clinic, StartWithinDays = 1, Deviations = permitted });

        Assert.Equal(TestClinic.Date("2026-03-10"), placed.Calendar.Find(Visit("a[1]"))!.Date);
        Assert.Equal((0, 1, 1), (placed.Cost.Major, placed.Cost.Minor, placed.Cost.Preferences));
    }

    [Fact]
    public void A_visit_that_misses_its_ideal_hour_takes_the_nearest_by_whole_hours()
    {
        var protocol = Of(
            [Treatment("t", [60], Chair), Assessment("a", Mode.InPerson, 30, Rater)],
            new Rule.HourWindow(Head("day-later"), Visits("a[1]"), new Anchor.EndOf(Visit("t[1]")), 30 * 60, new(0, 0), new(-6 * 60, 2 * 60), 0));
        var clinic = Clinic.Booked("chair-1", "2026-03-02", "09:00 to 18:00").Booked("roth", "2026-03-03", "12:30 to 18:00");

        var placed = Placed(Request(protocol) with { Clinic = clinic, StartWithinDays = 1, Deviations = DeviationLimit.Minor });

        // Due at 15:00. From 11:15 to 12:00 it is three whole hours early, and the earliest of what costs the same is taken.
        Assert.Equal(TestCourse.At("2026-03-03 11:15"), placed.Calendar.Find(Visit("a[1]"))!.Start);
        Assert.Equal((0, 1, 3), (placed.Cost.Major, placed.Cost.Minor, placed.Cost.Preferences));
    }

    [Fact]
    public void A_budget_may_end_anywhere()
    {
        var request = Request(Of(
            [Treatment("t", [60, 60], Chair), Assessment("a", Mode.InPerson, 30, Rater)],
            new Rule.SameDay(Head("same"), [new(Visit("a[1]"), Visit("t[2]"))], new DayPlace.Anytime()))) with
        {
            Proposals = 2,
        };
        var whole = Assert.IsType<Outcome.Placed>(Planner.Plan(request));

        for (var steps = 1L; steps <= whole.Steps; steps += 1 + (whole.Steps / 97))
        {
            var outcome = Planner.Plan(request with { StepBudget = steps });
            Assert.True(outcome is Outcome.Placed or Outcome.Unproved);
            Assert.Equal(whole.Proposals[0].Cost, outcome is Outcome.Placed placed ? placed.Proposals[0].Cost : whole.Proposals[0].Cost);
        }
    }

    [Fact]
    public void Requests_out_of_range_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Planner.Plan(Request(Of([Treatment("t", [60], Chair)])) with { Proposals = 0 }));

    private static PlanningRequest Request(Protocol protocol) => new(protocol, Clinic, Patient.Anyone, TestClinic.Date("2026-03-02"));

    private static Proposal Placed(PlanningRequest request)
    {
        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];
        var verdict = Verifier.Judge(request, proposal.Calendar);
        Assert.Empty(verdict.Breaches);
        Assert.Equal(proposal.CostWithConditional ?? proposal.Cost, verdict.CostWithConditional ?? verdict.Cost);
        return proposal;
    }
}
