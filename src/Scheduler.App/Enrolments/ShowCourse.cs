using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>Shows where a course stands: each visit with how far it is, when, with whom and where, and which have still to be placed.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.BlindedRater, Role.UnblindedPharmacist)]
public sealed record ShowCourse(string Enrolment) : Ask<CourseShown>
{
    /// <summary>Loads, shows.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<ShowCourse, Answer<CourseShown>>
    {
        /// <inheritdoc />
        public Task<Answer<CourseShown>> Handle(ShowCourse request, CancellationToken cancellationToken) => store.Read<Answer<CourseShown>>(
            async book =>
            {
                if (await book.Clinic(library, request.Clinic) is not { } clinic)
                {
                    return Refusals.NoClinic(request.Clinic);
                }

                if (await book.Enrolment(library, request.Clinic, request.Enrolment) is not { } course)
                {
                    return Refusals.NoEnrolment(request.Enrolment);
                }

                // A window may count from a visit that tells the arm, or be there in one arm alone: so a blinded rater sees none.
                var (state, isBlinded) = (course.State, await book.IsBlinded(request.As, request.Clinic));
                var visits = isBlinded ? state.Protocol.Untold() : state.Protocol.Visits;
                var windowsOf = WindowsOf(course, clinic);
                return new CourseShown(
                    course.Id,
                    isBlinded ? 0 : course.Version,
                    state.Course.Patient,
                    state.Protocol.Id,
                    state.Protocol.Version,
                    state.Protocol.Title,
                    state.Course.Enrolled,
                    state.Course.Streams,
                    isBlinded ? visits.Select(state.Find).SelectMany(v => new[] { v.Arrived, v.Started, v.Completed }).Max() : state.LastAt,
                    isBlinded ? state.IsOver(visits) : state.Ended is not null,
                    [.. visits.Select(v => Shown(state, state.Find(v), isBlinded ? [] : windowsOf(v))).OrderBy(v => v.Start is null).ThenBy(v => v.Start)]);
            },
            cancellationToken);

        /// <summary>Tells the windows of a visit, as they are while everything is where it was held or is booked.</summary>
        private static Func<VisitId, ImmutableArray<WindowDates>> WindowsOf(Enrolment course, Clinic clinic)
        {
            var state = course.State;
            var request = new PlanningRequest(state.Protocol, clinic, course.Patient, state.Course.Enrolled) { Enrolled = state.Course.Enrolled, LeftOut = [.. state.Visits.Values.Where(v => v.IsOut).Select(v => v.Id)] };
            var calendar = new TreatmentCalendar([.. state.Protocol.Visits.Select(state.Find).Where(v => v.IsHeld || v.IsAwaited).Select(v => v.Booking!)], []);
            return visit => [.. WindowDates.Of(request, calendar, visit)];
        }

        private static VisitShown Shown(CourseState state, VisitState visit, ImmutableArray<WindowDates> windows)
        {
            var type = state.Protocol.TypeOf(visit.Id);

            // Where it was to be is told of a visit that did not take place; of one that is not needed any more, or that moves with others, nothing.
            var place = visit.IsOut || visit.Status == VisitStatus.Planned ? null : visit.Booking;
            return new(
                visit.Id.ToString(),
                type.Title,
                ShownStatus.Of(visit.Status.ToString()),
                type.OnlyIf,
                visit.Started ?? place?.Start,
                visit.Completed ?? place?.End,
                place is null ? [] : [.. place.Uses.Select(u => new UseShown(u.Resource, u.Role)).Distinct()],
                visit.IsOpen && !visit.IsAwaited,
                windows);
        }
    }
}

/// <summary>Where a course stands.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Version">The version of the enrolment; 0 for who rates blindly, since how much has happened differs between arms.</param>
/// <param name="Patient">The clinic's number of the patient.</param>
/// <param name="Protocol">The protocol's id.</param>
/// <param name="ProtocolVersion">The version to which the course is pinned.</param>
/// <param name="Title">What people call the protocol.</param>
/// <param name="Enrolled">The day of enrolment.</param>
/// <param name="Streams">The optional streams that the patient chose.</param>
/// <param name="LastEvent">When the last thing was told of it, in wall time of the clinic; null where nothing was. Who rates blindly is told when somebody came, began or ended last of the visits that they see.</param>
/// <param name="IsOver">Whether the course is over; for who rates blindly, whether the visits are that they see.</param>
/// <param name="Visits">The visits, by time, those without one behind.</param>
public sealed record CourseShown(
    string Enrolment,
    long Version,
    string Patient,
    string Protocol,
    string ProtocolVersion,
    string Title,
    LocalDate Enrolled,
    ImmutableArray<string> Streams,
    LocalDateTime? LastEvent,
    bool IsOver,
    ImmutableArray<VisitShown> Visits);

/// <summary>A visit of a course.</summary>
/// <param name="Visit">Which: <c>infusion[3]</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Status">How far it is: <c>planned</c>, <c>booked</c>, <c>on hold</c> and so on.</param>
/// <param name="OnlyIf">The condition on which it depends; null for a certain one.</param>
/// <param name="Start">When it began, is to begin, or was to begin where it did not take place; null where it has no place.</param>
/// <param name="End">When it ends or ended.</param>
/// <param name="Uses">With whom and where.</param>
/// <param name="IsToBePlaced">Whether it has no place and is still to be held, or may be.</param>
/// <param name="Windows">Its windows whose anchors have a place; none for a blinded rater.</param>
public sealed record VisitShown(
    string Visit, string Title, string Status, string? OnlyIf, LocalDateTime? Start, LocalDateTime? End, ImmutableArray<UseShown> Uses, bool IsToBePlaced, ImmutableArray<WindowDates> Windows);

/// <summary>Somebody or something that takes part in a visit.</summary>
/// <param name="Resource">The id of the resource.</param>
/// <param name="Role">In which role.</param>
public sealed record UseShown(string Resource, string Role);

/// <summary>How far a visit is, as it is shown.</summary>
internal static class ShownStatus
{
    /// <summary>A status in the words of the formats: <c>on hold</c> for one that was stopped on its day.</summary>
    public static string Of(string status) => string.Equals(status, nameof(VisitStatus.Held), StringComparison.OrdinalIgnoreCase) ? "on hold" : status.ToLowerInvariant();
}
