using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Together;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Courses;

/// <summary>What was put off comes to lie where it was only if that makes nothing worse.</summary>
public sealed class KeepingTests
{
    private static readonly LocalDate Monday = new(2027, 1, 4);

    private static readonly Clinic Small = Repository.Clinic("clinic-small.yaml");

    private static readonly Patient Patient = Patient.Anyone with { Id = "P-1" };

    private static readonly VisitId LastDose = new("dose", 3);

    private static readonly VisitId Check = new("check", 1);

    [Fact]
    public void What_was_put_off_lies_where_it_was_if_the_calendar_is_as_good_then()
    {
        var (state, request) = AfterAMissedDose(isChecked: false);
        var plan = Keeping.Plan(state, request);

        Assert.Contains(LastDose, plan.Kept);
        Assert.NotEqual(Best(Planner.Plan(request)).Find(LastDose)!.Start, Best(plan.Outcome).Find(LastDose)!.Start);
    }

    [Fact]
    public void It_does_not_where_a_conditional_visit_that_was_booked_meanwhile_would_have_to_move()
    {
        var (state, request) = AfterAMissedDose(isChecked: true);
        var plan = Keeping.Plan(state, request, [Check]);

        Assert.Equal(state.Find(Check).Booking!.Start, Best(plan.Outcome).Find(Check)?.Start);
        Assert.DoesNotContain(LastDose, plan.Kept);
    }

    [Fact]
    public void The_steps_are_those_of_all_attempts_also_of_those_that_came_to_nothing()
    {
        var (state, request) = AfterAMissedDose(isChecked: true);
        var (held, tried) = (AfterAMissedDose(isChecked: false), Planner.Plan(request).Steps);

        Assert.True(Keeping.Plan(state, request, [Check]).Outcome.Steps > tried);
        Assert.True(Keeping.Plan(held.State, held.Request).Outcome.Steps > Planner.Plan(held.Request).Steps);
        Assert.True(KeepingTogether.Plan([new(state, request, [Check])], request.StepBudget).Plan.Steps > SeveralCourses.Plan([request]).Steps);
        Assert.True(KeepingTogether.Plan([new(held.State, held.Request, [])], request.StepBudget).Plan.Steps > SeveralCourses.Plan([held.Request]).Steps);
    }

    // The second of three doses was missed, so that the third is put off; it was booked for ten o'clock. Somebody may then have booked a check for that time.
    private static (CourseState State, PlanningRequest Request) AfterAMissedDose(bool isChecked)
    {
        var protocol = ProtocolCompiler.Compile("doses.yaml", """
            protocol: doses
            version: 1.0.0
            title: Doses, and a check where the clinic wants one
            conditions:
              doubtful: {means: The clinic doubts that it helps.}
            visits:
              dose: {purpose: treatment, count: 3, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
              check: {purpose: assessment, duration: 60 min, only if: doubtful, people: {rater: {exclusive: whole visit}}}
            rules:
              weekly: {cadence of: dose, every: '7 days, give or take 1 day'}
              checked-late: {order: 'dose[1] before check', at least: 7 days}
            events:
              missed-dose: {when missed: dose, then: shift the rest}
            """).Required;
        var course = CourseState.Begin(Course.Enrol("P-1", Monday, protocol).Required);
        var planned = Best(Planner.Plan(NextRequest.Of(course, Small, Patient, Monday).Required));
        var (last, check) = (At(planned.Find(LastDose)!, 10), At(planned.Find(Check)!, 10));
        var state = course
            .After(new CourseEvent.Booked(Monday.AtMidnight(), [planned.Find(new("dose", 1))!, planned.Find(new("dose", 2))!, last])).Required
            .After(new CourseEvent.Completed(planned.Find(new("dose", 1))!.End, new("dose", 1))).Required
            .After(new CourseEvent.Missed(planned.Find(new("dose", 2))!.Start, new("dose", 2))).Required;
        var noon = planned.Find(new("dose", 2))!.Date.At(LocalTime.Noon);
        if (isChecked)
        {
            state = state.After(new CourseEvent.Booked(noon, [On(check, last.Date)])).Required;
        }

        return (state, new Continuation(state, noon, noon.Date.PlusDays(1)).Request(Small, Patient).Required);
    }

    private static PlacedVisit At(PlacedVisit visit, int hour) => Moved(visit, Period.FromMinutes((hour * 60) - (visit.Start.Hour * 60) - visit.Start.Minute));

    private static PlacedVisit On(PlacedVisit visit, LocalDate date) => Moved(visit, Period.Between(visit.Date, date, PeriodUnits.Days));

    private static PlacedVisit Moved(PlacedVisit visit, Period by) => visit with
    {
        Start = visit.Start + by,
        End = visit.End + by,
        Uses = visit.Uses.Select(u => u with { Start = u.Start + by, End = u.End + by }).ToImmutableArray(),
    };

    private static TreatmentCalendar Best(Outcome outcome) => Assert.IsType<Outcome.Placed>(outcome).Proposals[0].Calendar;
}
