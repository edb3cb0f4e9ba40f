using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>From what has happened to what is to be planned.</summary>
public static class NextRequest
{
    /// <summary>The request for the rest of a course. Warnings say which visits the course goes without although nobody said so.</summary>
    /// <param name="state">The course.</param>
    /// <param name="clinic">The clinic; its bookings without those of this course.</param>
    /// <param name="patient">The patient.</param>
    /// <param name="from">The earliest day of what is placed.</param>
    /// <param name="isFrozen">Which bookings stay as they are; those before <paramref name="from"/> unless stated.</param>
    /// <param name="moving">A visit that does not stay although it was excused from rules; null for none.</param>
    /// <param name="excusing">The rules, as the protocol names them, that are not asked about the visit that moves.</param>
    /// <remarks>What was excused from rules stays as somebody decided, as long as it can be held there at all; where it cannot, it is placed by all rules.</remarks>
    public static Read<PlanningRequest> Of(CourseState state, Clinic clinic, Patient patient, LocalDate from, Func<PlacedVisit, bool>? isFrozen = null, VisitId? moving = null, ImmutableArray<string> excusing = default)
    {
        var (course, bag) = (state.Course, new DiagnosticBag());
        if (state.Ended is { } end)
        {
            bag.Add(Messages.CourseIsOver(SourceSpan.Whole(course.Patient), Words.Of(end.At)));
            return Read<PlanningRequest>.From(null, bag);
        }

        isFrozen ??= booking => booking.Date < from;
        bool Stays(VisitState visit) => isFrozen(visit.Booking!) || (!visit.Excused.IsEmpty && visit.Id != moving && CanBeHeld(visit.Booking!));
        bool CanBeHeld(PlacedVisit place) => !Verifier.Hindrances(new(state.Protocol, clinic, patient, from) { Arm = course.Arm, Streams = course.Streams }, place).Any();
        ImmutableArray<PlacedVisit> given = [.. state.Protocol.Visits.Select(state.Find).Where(v => !WasKeptInVain(state, v, from)).Select(v => Given(v, Stays)).OfType<PlacedVisit>()];
        var rest = new RestOfCourse(state, given, from, bag);
        var protocol = rest.Protocol();
        var request = new PlanningRequest(protocol, clinic, patient, from)
        {
            Enrolled = course.Enrolled,
            Fixed = given,
            LeftOut = [.. protocol.Visits.Where(rest.IsOut)],
            Excused =
            [
                .. given.SelectMany(v => state.Find(v.Id).Excused.SelectMany(rest.RulesOf).Select(rule => new Excuse(v.Id, rule))),
                .. moving is { } visit && !excusing.IsDefault ? excusing.SelectMany(rest.RulesOf).Select(rule => new Excuse(visit, rule)) : [],
            ],
            Arm = course.Arm,
            Streams = course.Streams,
        };
        return Read<PlanningRequest>.From(request with { Booked = [.. Movable(state, request).Where(v => v.IsAwaited).Select(v => v.Booking!)] }, bag);
    }

    /// <summary>Where visits were booked that a remedy put off: they are booked there no longer, but may come to lie there again.</summary>
    /// <param name="state">The course.</param>
    /// <param name="request">The request for its rest.</param>
    public static IEnumerable<PlacedVisit> PutOff(CourseState state, PlanningRequest request) =>
        Movable(state, request).Where(v => !v.IsAwaited).Select(v => v.Booking!);

    /// <summary>The visits that have a booking from the first day on and may be moved; what a late patient upset is not among them.</summary>
    private static IEnumerable<VisitState> Movable(CourseState state, PlanningRequest request) =>
        from visit in request.Protocol.Visits
        where !request.LeftOut.Contains(visit) && !request.Fixed.Any(f => f.Id == visit)
        let found = state.Find(visit)
        where found is { Booking: not null, IsLateToday: false, NotBefore: null, Status: VisitStatus.Planned or VisitStatus.Booked or VisitStatus.Confirmed }
        where found.Booking!.Date >= request.From
        select found;

    /// <summary>A place in the past that was kept for a visit in case it were needed, when nobody knew that it was: nothing was missed there.</summary>
    internal static bool WasKeptInVain(CourseState state, VisitState visit, LocalDate from) =>
        visit is { Status: VisitStatus.Booked or VisitStatus.Confirmed, Booking: { } kept } && kept.Date < from
        && state.Protocol.TypeOf(visit.Id).OnlyIf is { } need && !(state.CameTrueOn(need) < kept.Date);

    /// <summary>The request of a course that is over: what was held, where and when it was, and nothing else.</summary>
    public static PlanningRequest OfEnded(CourseState state, Clinic clinic, Patient patient, LocalDate from)
    {
        ImmutableArray<PlacedVisit> held = [.. state.Protocol.Visits.Select(state.Find).Where(v => v.IsHeld).Select(Actual)];
        return new(state.Protocol, clinic, patient, from)
        {
            Enrolled = state.Course.Enrolled,
            Fixed = held,
            LeftOut = [.. state.Protocol.Visits.Where(v => !state.Find(v).IsHeld)],
            Arm = state.Course.Arm,
            Streams = state.Course.Streams,
        };
    }

    /// <summary>Where a visit stays: where it was held, or where it is booked and frozen; null where it is to be placed.</summary>
    private static PlacedVisit? Given(VisitState visit, Func<VisitState, bool> stays) =>
        visit.IsHeld ? Actual(visit)
        : visit.IsAwaited && !visit.IsLateToday && (visit.Status == VisitStatus.Arrived || stays(visit)) ? visit.Booking
        : null;

    /// <summary>The booking, moved to when it really began and ended; nothing runs past midnight.</summary>
    private static PlacedVisit Actual(VisitState visit)
    {
        var booking = visit.Booking!;
        var midnight = (visit.Started ?? booking.Start).Date.PlusDays(1).AtMidnight();
        LocalDateTime Moved(LocalDateTime time) => LocalDateTime.Min(midnight, ToMinute(visit.Started is { } began ? time + (began - booking.Start) : time));
        var (start, end) = (Moved(booking.Start), Moved(booking.End));
        end = visit.Completed is { } over && over > start ? LocalDateTime.Min(midnight, ToMinute(over)) : end;
        return booking with
        {
            Start = start,
            End = end > start ? end : start.PlusMinutes(1),
            Uses = [.. booking.Uses.Select(u => u with { Start = Moved(u.Start), End = Moved(u.End) })],
        };
    }

    private static LocalDateTime ToMinute(LocalDateTime time) => time.Date + new LocalTime(time.Hour, time.Minute);
}
