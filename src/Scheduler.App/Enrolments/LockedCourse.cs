using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.App.Enrolments;

/// <summary>A course in which nobody else writes until the transaction ends.</summary>
/// <param name="Clinic">The clinic, without bookings.</param>
/// <param name="Course">The enrolment.</param>
internal sealed record LockedCourse(Clinic Clinic, Enrolment Course)
{
    /// <summary>Locks and loads it.</summary>
    public static async Task<Answer<LockedCourse>> Of(BookTransaction book, Library library, string clinicId, string enrolment)
    {
        if (await book.Clinic(library, clinicId) is not { } clinic)
        {
            return Refusals.NoClinic(clinicId);
        }

        if (EnrolmentId.Key(enrolment) is { } key)
        {
            await book.LockEnrolments([key]);
        }

        return await book.Enrolment(library, clinic.Id, enrolment) is { } course ? new LockedCourse(clinic, course) : Refusals.NoEnrolment(enrolment);
    }

    /// <summary>Adds an event, and lets the bookings follow it: what does not take place any more frees what it takes. The course afterwards; refused where that cannot have happened.</summary>
    /// <param name="book">The book.</param>
    /// <param name="told">What happened.</param>
    /// <param name="mayTell">Which of the mistakes whoever asks may be told; null for all.</param>
    public async Task<Answer<CourseState>> Tell(BookTransaction book, CourseEvent told, Func<Diagnostic, bool>? mayTell = null)
    {
        var read = Course.State.After(told);
        if (read.Value is not { } after)
        {
            return Refusals.CannotBe(mayTell is null ? read.Diagnostics : read.Diagnostics.Where(mayTell));
        }

        if (!await book.AddEvent(Course, told))
        {
            return Refusals.CourseHasChanged(Course.Id);
        }

        await BookedCourse.Follow(book, Course.Key, after);
        return after;
    }

    /// <summary>Notes what of the course was held outside its windows. Of what is booked nothing new is said: where it does not fit any more, it is placed again by the next proposal.</summary>
    /// <param name="book">The book.</param>
    /// <param name="after">The course.</param>
    /// <param name="now">When it is noted.</param>
    /// <param name="why">A reason in the clinic's words; empty for none.</param>
    /// <param name="by">By whom.</param>
    public async Task NoteDeviations(BookTransaction book, CourseState after, Instant now, string why, string by)
    {
        var today = now.InZone(Clinic.Zone).Date;
        if (new Continuation(after, today.AtMidnight(), today).Request(Clinic, Course.Patient).Value is { } request)
        {
            var calendar = new TreatmentCalendar([.. request.Fixed.Concat(request.Booked)], []);
            await book.SaveDeviations(Course.Key, Verifier.Judge(request, calendar).Deviations, why, now.ToUnixTimeSeconds(), by, v => after.Visits.GetValueOrDefault(EventText.Id(v)) is { IsHeld: true });
        }
    }
}
