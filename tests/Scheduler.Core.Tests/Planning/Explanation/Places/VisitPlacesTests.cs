using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation.Places;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Explanation.Places;

/// <summary>Places of a visit, case by case.</summary>
public sealed class VisitPlacesTests
{
    private static readonly VisitType Talk = Treatment("talk", [60, 60], Person("therapist", Throughout(Use.Exclusive)));

    [Fact]
    public void Where_the_visit_is_is_a_place_at_the_cost_of_the_calendar()
    {
        var (request, calendar) = Planned(Of([Talk]));
        foreach (var visit in calendar.Visits)
        {
            var places = At(request, calendar, visit.Id, visit.Date);
            var here = Assert.Single(Assert.Single(places.Days).Places, p => p.Visit.Start == visit.Start);

            Assert.Equal(places.Cost, here.Cost);
            Assert.True(visit.Uses.SequenceEqual(here.Visit.Uses));
        }
    }

    [Fact]
    public void Starts_in_the_hour_of_a_clock_change_are_refused_although_the_clinic_is_open_all_night()
    {
        var report = Assessment("report", Mode.Phone, 30, Person("therapist", Throughout(Use.Exclusive)));
        var clinic = TestClinic.Riverside with { Opening = TestClinic.Weekly(1, 7, "00:00 to 24:00"), GridMinutes = 30 };
        var (request, calendar) = Planned(Of([report]), clinic, "2027-03-12");
        var day = Assert.Single(At(request, calendar, Visit("report[1]"), TestClinic.Date("2027-03-14")).Days);
        var change = Assert.Single(clinic.ClockChangesOn(day.Date));

        Assert.DoesNotContain(day.Places, p => CoversMinute(p, change.From) || CoversMinute(p, change.To - 1));
        Assert.Contains(day.Refused, r => r.Obstacles.Any(o => o is Obstacle.OfLaw { Law: "opening-hours" }) && r.First <= LocalTime.MinValue.PlusMinutes(change.From) && r.Last >= LocalTime.MinValue.PlusMinutes(change.From));
        Assert.Null(new JudgedPlaces(request, calendar, Visit("report[1]")).WrongWith(day));

        static bool CoversMinute(VisitPlace place, int minute) =>
            place.Visit.Start.TimeOfDay <= LocalTime.MinValue.PlusMinutes(minute) && place.Visit.End.TimeOfDay > LocalTime.MinValue.PlusMinutes(minute);
    }

    [Fact]
    public void Before_the_request_s_first_day_only_that_is_said()
    {
        var (request, calendar) = Planned(Of([Talk]));
        var refused = Assert.Single(Assert.Single(At(request, calendar, Visit("talk[1]"), request.From.PlusDays(-1)).Days).Refused);

        Assert.Equal("start-range", Assert.IsType<Obstacle.OfLaw>(Assert.Single(refused.Obstacles)).Law);
    }

    [Fact]
    public void A_visit_that_is_fixed_or_not_there_is_no_visit_to_move()
    {
        var (request, calendar) = Planned(Of([Talk]));
        var first = calendar.Visits[0];

        Assert.Throws<ArgumentException>(() => At(request with { Fixed = [first] }, calendar, first.Id, first.Date));
        Assert.Throws<ArgumentException>(() => At(request, calendar with { Visits = [.. calendar.Visits.Skip(1)] }, first.Id, first.Date));
        Assert.Throws<ArgumentException>(() => At(request, calendar, new("talk", 3), first.Date));
        Assert.Throws<ArgumentException>(() => WhyHere.Of(request with { Fixed = [first] }, calendar, first.Id));
    }

    [Fact]
    public void A_clinic_that_has_changed_is_refused()
    {
        var (request, calendar) = Planned(Of([Talk]));
        var changed = request.Clinic.Booked("kim", "2026-03-03", "09:00 to 10:00");

        Assert.Throws<ArgumentException>(() => VisitPlaces.Of(request, calendar, Visit("talk[1]"), new(request.From, request.From), new PreparedClinic(changed)));
    }

    [Fact]
    public void A_visit_of_the_course_that_took_the_only_person_is_named_as_the_reason()
    {
        var other = Assessment("rating", Mode.SelfReport, 30);
        var (request, calendar) = Planned(Of([Talk, other]), TestClinic.Of(TestClinic.Resource("kim", ResourceKind.Person, "therapist")), "2026-03-02");
        var words = new PlaceWords(request, Visit("talk[2]"));
        var day = Assert.Single(At(request, calendar, Visit("talk[2]"), calendar.Find(Visit("talk[1]"))!.Date).Days);

        Assert.Empty(day.Places);
        Assert.Contains(day.Refused.SelectMany(r => r.Obstacles).Select(o => words.Say(o, day.Date)), said => said == "it must come after talk[1]");
        Assert.Contains(
            day.Refused.SelectMany(r => r.Obstacles).OfType<Obstacle.OfNeed>().SelectMany(n => n.Candidates), c => c.Resource == "kim" && c.Hindrance.HasFlag(Hindrance.OtherVisits));
    }

    [Fact]
    public void Differences_are_said_term_by_term()
    {
        var now = new Cost(1, 0, 0, 5, 3, 10, -1);

        Assert.Equal("at the same cost", PlaceWords.Difference(now, now));
        Assert.Equal(
            "1 major deviation fewer, 2 minor deviations more, 1 change of person more, 1 preference point fewer, treatment begins 1 day later, treatment ends 2 days earlier and 3 gaps under an hour more",
            PlaceWords.Difference(now, new(0, 2, 1, 4, 4, 8, 2)));
    }

    [Fact]
    public void Everything_that_can_be_in_the_way_or_hold_a_visit_has_words()
    {
        var course = TestCourse.FederLike;
        var words = new PlaceWords(course.Request, Visit("wet[1]"));
        var rule = course.Request.Protocol.Rules[0].Id;
        Obstacle[] obstacles =
        [
            new Obstacle.OfRule(rule, [Visit("wet[1]")], DeviationLimit.Minor),
            new Obstacle.OfNeed("therapist", []),
            new Obstacle.OfNeed("therapist", [.. Enum.GetValues<Hindrance>().Where(h => h != Hindrance.None).Select(h => new Candidate("kim", h, [rule]))]),
            new Obstacle.OfNeedsTogether([]),
            new Obstacle.OfNeedsTogether([rule]),
            .. LawsOfTime().Select(law => new Obstacle.OfLaw(law, [])),
        ];
        HeldBy[] holds =
        [
            new HeldBy.OfRule(rule),
            .. LawsOfTime().Select(law => new HeldBy.OfLaw(law)),
            .. new[] { Hindrance.Hours, Hindrance.Bookings, Hindrance.OtherVisits, Hindrance.ContactHours }.Select(h => new HeldBy.OfResource("kim", h)),
        ];

        Assert.All(obstacles, o => Assert.NotEmpty(words.Say(o, course.Request.From)));
        Assert.All(obstacles, o => Assert.NotEmpty(words.SayBriefly(o, course.Request.From)));
        Assert.Equal(holds.Length, holds.Select(words.Say).Where(said => said.Length > 0).Distinct().Count());
    }

    private static IEnumerable<string> LawsOfTime() =>
        ["opening-hours", "preferences", "patient-hours", "patient-once", "start-range", "series-order", "authorisation", "horizon"];

    private static VisitPlaces At(PlanningRequest request, TreatmentCalendar calendar, VisitId visit, LocalDate date) =>
        VisitPlaces.Of(request, calendar, visit, new(date, date));

    private static (PlanningRequest Request, TreatmentCalendar Calendar) Planned(Protocol protocol, Clinic? clinic = null, string from = "2026-03-02")
    {
        var request = TestCourse.Empty(protocol, clinic ?? TestClinic.Riverside, from).Request;
        return (request, Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0].Calendar);
    }
}
