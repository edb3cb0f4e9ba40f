using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;

namespace Scheduler.App.Enrolments;

/// <summary>
/// Tells what happened in a course: that a patient confirmed, came, missed a visit or called it off, that one began, ended or was held, what was measured, or that the patient stops. What happened is kept at once, and a
/// visit that does not take place frees what it takes; nothing else moves until a proposal for the rest is accepted.
/// </summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Event">What happened; when, not later than now. Visits are booked, and versions changed, by requests of their own.</param>
/// <param name="Why">A reason in the clinic's words; empty for none.</param>
[Allowed(Role.Administrator, Role.Scheduler, Role.Clinician, Role.BlindedRater)]
public sealed record Tell(string Enrolment, CourseEvent Event, string Why) : Ask<Told>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<Tell, Answer<Told>>
    {
        /// <summary>What a blinded rater is told of why something cannot be: that the visit is not so far, or that a score is none. The rest names what one arm alone may have.</summary>
        private static readonly ImmutableArray<string> Untelling = ["CO002", "CO006", "CO007"];

        /// <inheritdoc />
        public Task<Answer<Told>> Handle(Tell request, CancellationToken cancellationToken) => store.Write(book => Save(book, request), cancellationToken);

        private async Task<Answer<Told>> Save(BookTransaction book, Tell request)
        {
            var locked = await LockedCourse.Of(book, library, request.Clinic, request.Enrolment);
            if (!locked.IsDone)
            {
                return locked.Refusal;
            }

            var (clinic, course) = locked.Value;

            // Who rates without knowing the arm says that a rating took place and what was measured, and decides nothing.
            var isBlinded = await book.IsBlinded(request.As, request.Clinic);
            if (isBlinded && request.Event is not (CourseEvent.Arrived or CourseEvent.Started or CourseEvent.Completed or CourseEvent.ScoreRecorded or CourseEvent.AnswerRecorded))
            {
                return Refusals.NotAllowed(request.As, [Role.Administrator, Role.Scheduler, Role.Clinician]);
            }

            // What they are not shown is for them no visit of the course, whether it is one or not.
            var visits = isBlinded ? course.State.Protocol.Untold() : course.State.Protocol.Visits;
            if (isBlinded && !visits.Contains(request.Event.Of!.Value))
            {
                return Refusals.NoVisit(request.Event.Of.Value.ToString(), visits.Select(v => v.ToString()));
            }

            // And of those that they may know of, they tell about their own: where a role is needed that the person has whose account it is.
            if (isBlinded && request.Event.Of is { } of && !(await Rated(book, clinic, request.As)).Overlaps(course.State.Protocol.TypeOf(of).Needs.Select(n => n.Role)))
            {
                return Refusals.NotYourVisit(request.As, of.ToString());
            }

            var now = PlanningOf.Now(clock, clinic);
            if (request.Event is CourseEvent.Booked or CourseEvent.Amended || request.Event.At > now)
            {
                return Refusals.NotToBeTold(Times.Of(now));
            }

            if (request.Event is CourseEvent.Missed missed && course.State.Visits.GetValueOrDefault(missed.Visit)?.Booking is { } booking && missed.At < booking.Start)
            {
                return Refusals.NotMissedYet(missed.Visit.ToString(), Times.Of(booking.Start));
            }

            // One that began earlier than it was booked for is told to have begun first; else it would be a fact in the future.
            if (request.Event is CourseEvent.Completed over && course.State.Visits.GetValueOrDefault(over.Visit) is { Started: null, IsAwaited: true, Booking: { } place } && over.At <= place.Start)
            {
                return Refusals.NotBegunYet(over.Visit.ToString(), Times.Of(place.Start));
            }

            var told = await locked.Value.Tell(book, request.Event, d => !isBlinded || Untelling.Contains(d.Code));
            if (!told.IsDone)
            {
                return told.Refusal;
            }

            var after = told.Value;
            await locked.Value.NoteDeviations(book, after, clock.GetCurrentInstant(), request.Why, request.As);
            var key = (await book.Patient(clinic.Id, course.State.Course.Patient))?.Audit_Key;
            book.Note(new(clinic.Id, request.As, "tell", course.Id, ToldText.Before(course.Id, course.State, request.Event, key), ToldText.After(course.Id, request.Event, key), request.Why));
            return new Told(
                course.Id, isBlinded ? 0 : course.Version + 1, [.. visits.Select(after.Find).Where(v => v.IsOpen && !v.IsAwaited).Select(v => v.Id.ToString())], isBlinded ? after.IsOver(visits) : after.Ended is not null);
        }

        /// <summary>The roles that an account's person has at a clinic; none where it is nobody's.</summary>
        private static async Task<IReadOnlySet<string>> Rated(BookTransaction book, Clinic clinic, string account) =>
            (await book.PersonOf(account, clinic.Id) is { } person ? clinic.Find(person)?.Roles ?? [] : []).ToHashSet(StringComparer.Ordinal);
    }
}

/// <summary>A course after something happened.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Version">Its version now; 0 for who rates blindly.</param>
/// <param name="ToBePlaced">The visits that have no place now and are still to be held, or may be: ask for a proposal. Who rates blindly is told those that they see.</param>
/// <param name="IsOver">Whether the course is over, as far as who asks sees it.</param>
public sealed record Told(string Enrolment, long Version, IReadOnlyList<string> ToBePlaced, bool IsOver);
