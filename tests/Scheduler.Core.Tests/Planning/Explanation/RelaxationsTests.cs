using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Planning.Explanation;

/// <summary>What would help is named as somebody can give it: who, when, how much, and where to.</summary>
public sealed class RelaxationsTests
{
    private const string Dose = """
        protocol: trial
        version: 1.0.0
        title: Trial
        visits:
          dose: {purpose: treatment, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
        """;

    private const string Check = """
        protocol: trial
        version: 1.0.0
        title: Trial
        visits:
          dose: {purpose: treatment, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
          check: {purpose: assessment, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
        rules:
          monday: {weekdays for: dose, days: Monday}
          after: {window for: check, counts from: start of dose, target: 6 days, ideal: on the day}
        """;

    /// <summary>Kim is the only one, on Mondays from 09:00 to 11:00.</summary>
    private static readonly Clinic Clinic = TestClinic.Of(TestClinic.Resource("kim", ResourceKind.Person, "therapist") with { Hours = TestClinic.Weekly(1, 1, "09:00 to 11:00") });

    [Fact]
    public void A_person_is_there_on_a_named_day_for_as_long_as_it_takes()
    {
        var found = Of(Dose, Clinic, from: "2026-03-03", days: 2);

        Assert.Equal([new Easing.LongerStart(7)], found[0].Easings.AsEnumerable());
        Assert.Equal([new Easing.ExtraHours("kim", TestClinic.Date("2026-03-03"), TestClinic.Hours("08:00 to 09:00"))], found[1].Easings.AsEnumerable());
        Assert.Equal(2, found.Length);
    }

    [Fact]
    public void A_booking_makes_room_and_has_a_time_to_go_to()
    {
        var found = Of(Dose, Clinic.Booked("kim", "2026-03-02", "09:00 to 10:30").Booked("kim", "2026-03-09", "09:00 to 09:15"), from: "2026-03-02", days: 1);

        // Beside the course there is an hour left on that day; a week later there is room behind the other booking.
        Assert.Contains(found, r => r.Easings is [Easing.MovedBooking { Booking.Hours.From: 9 * 60 } moved] && moved.To == TestCourse.At("2026-03-09 09:15"));
        Assert.Contains(found, r => r.Easings is [Easing.ExtraHours { Resource: "kim", Hours: var hours }] && hours == TestClinic.Hours("08:00 to 09:00"));
    }

    [Fact]
    public void A_booking_that_shares_goes_beside_another_that_does()
    {
        var shared = Clinic.With("kim", who => who with { Capacity = 2 });
        var booked = shared with { Bookings = [new("kim", TestClinic.Date("2026-03-02"), TestClinic.Hours("09:00 to 10:30"), Use.Share), new("kim", TestClinic.Date("2026-03-09"), TestClinic.Hours("08:00 to 18:00"), Use.Share)] };
        var found = Of(Dose, booked, from: "2026-03-02", days: 1);
        var full = Of(Dose, booked with { Bookings = booked.Bookings.Add(booked.Bookings[1]) }, from: "2026-03-02", days: 1);

        Assert.Contains(found, r => r.Easings is [Easing.MovedBooking moved] && moved.To == TestCourse.At("2026-03-09 09:00"));
        Assert.DoesNotContain(full, r => r.Easings is [Easing.MovedBooking moved] && moved.To?.Date == TestClinic.Date("2026-03-09"));
    }

    [Fact]
    public void A_booking_that_can_go_nowhere_is_no_help()
    {
        var always = Clinic.With("kim", who => who with { Hours = null, Exceptions = [new(TestClinic.Date("2026-03-03"), TestClinic.Date("2026-04-30"), [])] });
        var found = Of(Dose, always.Booked("kim", "2026-03-02", "08:00 to 18:00"), from: "2026-03-02", days: 1);

        Assert.DoesNotContain(found, r => r.Easings.Any(e => e is Easing.MovedBooking));
        Assert.NotEmpty(found);
    }

    [Fact]
    public void A_patient_has_time_on_a_named_day_the_way_included()
    {
        var patient = Patient.Anyone with { TravelMinutes = 30, Dates = [TestClinic.On("2026-03-02", "17:00 to 18:00")] };
        var found = Of(Dose, Clinic, from: "2026-03-02", days: 1, patient: patient);

        Assert.Contains(found, r => r.Easings is [Easing.PatientComes comes] && comes == new Easing.PatientComes(TestClinic.Date("2026-03-02"), TestClinic.Hours("08:30 to 10:30")));
    }

    [Fact]
    public void A_wish_is_given_up()
    {
        var wish = new Preference.Days([], null, [IsoDayOfWeek.Friday]);
        var found = Of(Dose, Clinic, from: "2026-03-02", days: 5, patient: Patient.Anyone with { Preferences = [wish] });

        Assert.Contains(found, r => r.Easings is [Easing.GivenUpWish given] && given.Wish == wish);
    }

    [Fact]
    public void A_window_is_wider_by_as_few_days_as_will_do()
    {
        // Six days after a Monday is a Sunday; the next day Kim is there again, the Saturday before it nobody is.
        var found = Of(Check, Clinic, from: "2026-03-02", days: 14);

        Assert.Equal([new Easing.WiderWindow("after", Earlier: 0, Later: 1)], Assert.Single(found, r => r.Easings[0] is Easing.WiderWindow).Easings.AsEnumerable());
        Assert.Contains(found, r => r.Easings is [Easing.Deviations { Limit: DeviationLimit.Major }] && r.Proposal.Cost.Major == 1);
        Assert.DoesNotContain(found, r => r.Easings.Any(e => e is Easing.LongerStart or Easing.ExtraHours));
    }

    [Fact]
    public void What_is_allowed_helps_before_what_must_be_asked_for()
    {
        var found = Of(Check.Replace("ideal: on the day", "ideal: on the day, allowed: on the day to 2 days after", StringComparison.Ordinal), Clinic, from: "2026-03-02", days: 14);

        Assert.Equal([new Easing.Deviations(DeviationLimit.Minor)], found[0].Easings.AsEnumerable());
        Assert.Equal(1, found[0].Proposal.Cost.Minor);
    }

    [Fact]
    public void Where_nothing_helps_by_itself_several_things_do_together()
    {
        // Nobody is there on the one day on which the patient insists, and the patient is away on it.
        var patient = Patient.Anyone with { Dates = [TestClinic.On("2026-03-03")] };
        var found = Of(Dose, Clinic, from: "2026-03-03", days: 1, patient: patient with { Preferences = [new Preference.Days([], null, [IsoDayOfWeek.Tuesday])], Dates = [.. patient.Dates, .. Tuesdays()] });

        var both = Assert.Single(found).Easings;
        Assert.Contains(both, e => e is Easing.ExtraHours { Resource: "kim" });
        Assert.Contains(both, e => e is Easing.PatientComes);
    }

    [Fact]
    public void Sentences_name_who_when_and_where_to()
    {
        var request = Request(Dose, Clinic, "2026-03-02", 1, Patient.Anyone);
        Easing[] easings =
        [
            new Easing.ExtraHours("kim", TestClinic.Date("2026-03-03"), TestClinic.Hours("08:00 to 09:00")),
            new Easing.ExtraHours("kim", TestClinic.Date("2026-03-05"), TestClinic.Hours("10:00 to 11:00")),
            new Easing.MovedBooking(new("kim", TestClinic.Date("2026-03-02"), TestClinic.Hours("09:00 to 10:30"), Use.Exclusive), TestCourse.At("2026-03-02 13:00")),
            new Easing.WiderWindow("after", 0, 1),
        ];

        Assert.Equal(
            "kim is there on Tue 2026-03-03 from 08:00 to 09:00 and Thu 2026-03-05 from 10:00 to 11:00. "
            + "The booking of kim on Mon 2026-03-02 from 09:00 to 10:30 moves (to 13:00 of that day). "
            + "The window 'after' is 1 day longer behind than the protocol has it: its author decides that.",
            EasingWords.Say(request, easings));
    }

    private static IEnumerable<DatedHours> Tuesdays() => Enumerable.Range(0, 60).Select(week => TestClinic.Date("2026-03-03").PlusWeeks(week)).Select(d => new DatedHours(d, d, []));

    private static PlanningRequest Request(string text, Clinic clinic, string from, int days, Patient patient) =>
        new(ProtocolCompiler.Compile("trial.yaml", text).Required, clinic, patient, TestClinic.Date(from)) { StartWithinDays = days };

    /// <summary>What would help; each is judged.</summary>
    private static ImmutableArray<Relaxation> Of(string text, Clinic clinic, string from, int days, Patient? patient = null)
    {
        var request = Request(text, clinic, from, days, patient ?? Patient.Anyone);
        var infeasible = Assert.IsType<Outcome.Infeasible>(Planner.Plan(request));
        var found = Relaxations.Of(request, infeasible.Conflicts);
        Assert.All(found, r => Assert.True(Verifier.Judge(r.Eased, r.Proposal.Calendar).Holds));
        return found;
    }
}
