using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>Courses with several visits a day, with bundles of one day, and with hours between days.</summary>
public class SeveralADayTests
{
    private static readonly Clinic Stimulation = TestClinic.Of(
        TestClinic.Resource("chair-1", ResourceKind.Chair, "tms chair"),
        TestClinic.Resource("chair-2", ResourceKind.Chair, "tms chair"),
        TestClinic.Resource("cho", ResourceKind.Person, "operator"),
        TestClinic.Resource("dee", ResourceKind.Person, "operator"),
        TestClinic.Resource("roth", ResourceKind.Person, "rater"),
        TestClinic.Resource("room-1", ResourceKind.Room, "room"));

    private static readonly Need Rater = Person("rater", Throughout(Use.Exclusive));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Fifty_sessions_ten_a_day_are_placed_and_proved(int tolerance)
    {
        var sessions = Treatment("tms", [.. Enumerable.Repeat(10, 50)], Person("operator", Throughout(Use.Exclusive)), Place("tms chair", Throughout(Use.Exclusive)));
        var protocol = Of(
            [sessions],
            new Rule.Cadence(Head("ten-a-day"), sessions.Visits, null, new(1, 0), null, null, null) { PerDay = new(10, 50, tolerance) });
        var clinic = Stimulation.Booked("chair-1", "2026-03-03", "08:00 to 12:00").Booked("chair-2", "2026-03-03", "12:00 to 13:00").Booked("cho", "2026-03-04", "08:00 to 18:00");

        var placed = Placed(new(protocol, clinic, Patient.Anyone, TestClinic.Date("2026-03-02")));

        Assert.Equal(50, placed.Calendar.Visits.Length);
        Assert.All(placed.Calendar.Visits.Chunk(10), day => Assert.Single(day.Select(v => v.Date).Distinct()));
        Assert.All(
            placed.Calendar.Visits.Chunk(10).SelectMany(day => day.Zip(day.Skip(1))),
            pair => Assert.InRange(Minutes(pair.First.Start, pair.Second.Start), 50 - tolerance, 50 + tolerance));
        Assert.Equal(new Cost(0, 0, 0, 0, 0, 4, placed.Cost.Fragments), placed.Cost);
    }

    [Fact]
    public void A_day_that_lacks_its_middle_session_is_still_one_day()
    {
        var sessions = Treatment("tms", [10, 10, 10], Person("operator", Throughout(Use.Exclusive)));
        var protocol = Of([sessions], new Rule.Cadence(Head("three-a-day"), sessions.Visits, null, null, null, null, null) { PerDay = new(3, 50, 0) });
        var clinic = Stimulation.Booked("cho", "2026-03-02", "08:10 to 18:00").Booked("dee", "2026-03-02", "08:00 to 18:00");

        var calendar = Placed(new(protocol, clinic, Patient.Anyone, TestClinic.Date("2026-03-02")) { LeftOut = Visits("tms[2]") }).Calendar;

        Assert.Single(calendar.Visits.Select(v => v.Date).Distinct());
    }

    [Fact]
    public void Ratings_go_with_their_infusion_also_off_the_grid_and_inside_it()
    {
        var protocol = Of(
            [
                Treatment("infusion", [160, 160], Place("tms chair", Throughout(Use.Exclusive))),
                Treatment("before", [20, 20], Rater) with { Purpose = VisitPurpose.Assessment },
                Treatment("at-40", [10, 10], Rater) with { Purpose = VisitPurpose.Assessment },
                Treatment("at-120", [10, 10], Rater) with { Purpose = VisitPurpose.Assessment },
            ],
            Bundle("before", new DayPlace.Before()),
            Bundle("at-40", new DayPlace.Starts(FromEnd: false, 40, 40)),
            Bundle("at-120", new DayPlace.Starts(FromEnd: false, 120, 125)));

        var calendar = Placed(new(protocol, Stimulation.Booked("roth", "2026-03-02", "08:00 to 10:00"), Patient.Anyone, TestClinic.Date("2026-03-02"))).Calendar;

        foreach (var ordinal in new[] { 1, 2 })
        {
            var infusion = calendar.Find(new("infusion", ordinal))!;
            Assert.True(calendar.Find(new("before", ordinal))!.End <= infusion.Start);
            Assert.Equal(40, Minutes(infusion.Start, calendar.Find(new("at-40", ordinal))!.Start));
            Assert.Equal(120, Minutes(infusion.Start, calendar.Find(new("at-120", ordinal))!.Start));
        }

        Assert.Equal(TestClinic.Date("2026-03-02").At(new(10, 30)), calendar.Find(new("infusion", 1))!.Start);
    }

    [Fact]
    public void A_rating_a_day_later_counts_elapsed_hours_across_a_change_of_clocks_and_pulls_the_weekday()
    {
        var protocol = Of(
            [
                Treatment("infusion", [60], Place("tms chair", Throughout(Use.Exclusive))),
                Assessment("rating", Mode.InPerson, 30, Rater),
            ],
            new Rule.HourWindow(Head("a-day-later"), Visits("rating[1]"), new Anchor.StartOf(Visit("infusion[1]")), 24 * 60, new(0, 0), new(-60, 60), 0));
        var weekend = Stimulation with { Opening = TestClinic.Weekly(6, 7, "08:00 to 18:00"), GridMinutes = 30 };
        weekend = weekend.With("roth", r => r with { Exceptions = [TestClinic.On("2026-03-08", "09:00 to 18:00")] });

        // On 8 March 2026 clocks in New York go forward: 24 hours after 09:00 on Saturday it is 10:00 on Sunday.
        var calendar = Placed(new(protocol, weekend, Patient.Anyone, TestClinic.Date("2026-03-02"))).Calendar;

        Assert.Equal(TestClinic.Date("2026-03-07").At(new(8, 0)), calendar.Find(Visit("infusion[1]"))!.Start);
        Assert.Equal(TestClinic.Date("2026-03-08").At(new(9, 0)), calendar.Find(Visit("rating[1]"))!.Start);
    }

    [Fact]
    public void What_a_payer_granted_bounds_number_and_dates()
    {
        var visits = Treatment("tms", [10, 10, 10], Place("tms chair", Throughout(Use.Exclusive))) with { NeedsAuthorisation = true };
        var protocol = Of([visits], new Rule.Cadence(Head("close"), visits.Visits, null, null, null, 9, null));
        var patient = Patient.Anyone with
        {
            Authorisations = [new(["tms"], 2, TestClinic.Date("2026-03-04"), TestClinic.Date("2026-03-06")), new(["tms"], 5, TestClinic.Date("2026-03-11"), TestClinic.Date("2026-04-30"))],
        };

        var calendar = Placed(new(protocol, Stimulation, patient, TestClinic.Date("2026-03-02"))).Calendar;
        var none = Planner.Plan(new(protocol, Stimulation, Patient.Anyone, TestClinic.Date("2026-03-02")));

        Assert.Equal(["2026-03-04", "2026-03-05", "2026-03-11"], calendar.Visits.Select(v => v.Date.ToString("uuuu-MM-dd", null)));
        Assert.Contains("what payers have authorised", Assert.IsType<Outcome.Infeasible>(none).Conflicts[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_course_goes_without_visits_that_are_left_out()
    {
        var visits = Treatment("tms", [10, 10, 10], Place("tms chair", Throughout(Use.Exclusive)));
        var protocol = Of([visits], new Rule.Cadence(Head("every-second-day"), visits.Visits, null, new(2, 0), null, null, null));

        var calendar = Placed(new(protocol, Stimulation, Patient.Anyone, TestClinic.Date("2026-03-02")) { LeftOut = Visits("tms[2]") }).Calendar;

        Assert.Equal(["tms[1]", "tms[3]"], calendar.Visits.Select(v => v.Id.ToString()));
        Assert.Empty(calendar.Unplaced);
    }

    private static Rule.SameDay Bundle(string visits, DayPlace place) =>
        new(Head(visits), [.. Visits($"{visits}[1..2]").Select(v => new DayPair(v, new("infusion", v.Ordinal)))], place);

    private static Proposal Placed(PlanningRequest request)
    {
        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];
        var verdict = Verifier.Judge(request, proposal.Calendar);
        Assert.Empty(verdict.Breaches);
        Assert.Equal(proposal.Cost, verdict.Cost);
        return proposal;
    }

    private static int Minutes(LocalDateTime from, LocalDateTime to) => (int)Period.Between(from, to, PeriodUnits.Minutes).Minutes;
}
