using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>A course with the calendar that is booked for it, and the request that this calendar answers.</summary>
/// <param name="Course">The enrolment.</param>
/// <param name="Question">What would be asked for its rest from tomorrow on.</param>
/// <param name="Request">The request.</param>
/// <param name="Calendar">What was held, and what is booked.</param>
internal sealed record BookedCalendar(Enrolment Course, Question Question, PlanningRequest Request, TreatmentCalendar Calendar)
{
    /// <summary>Loads it.</summary>
    /// <param name="book">The book.</param>
    /// <param name="library">The library.</param>
    /// <param name="clinicId">The clinic's id.</param>
    /// <param name="enrolment">The enrolment's id.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="deviations">How far windows may be stretched.</param>
    /// <param name="moving">The visit that is to be moved by hand, as it is written; null for none.</param>
    public static async Task<Answer<BookedCalendar>> Of(BookTransaction book, Library library, string clinicId, string enrolment, IClock clock, DeviationLimit deviations, string? moving = null)
    {
        if (await book.Clinic(library, clinicId) is not { } clinic)
        {
            return Refusals.NoClinic(clinicId);
        }

        if (await book.Enrolment(library, clinicId, enrolment) is not { } course)
        {
            return Refusals.NoEnrolment(enrolment);
        }

        var asOf = PlanningOf.Now(clock, clinic);

        // What is moved by hand may be of today, and may go there.
        var question = new Question(asOf, moving is null ? Continuation.EarliestDay(course.State, asOf) : asOf.Date, 1, deviations)
        {
            Moving = course.State.Visits.Keys.Where(v => v.ToString() == moving).Select(v => (VisitId?)v).FirstOrDefault(),
        };
        var read = await PlanningOf.Request(book, clinic, course, question, clock.GetCurrentInstant().ToUnixTimeSeconds());
        if (read.Value is not { } request)
        {
            return Refusals.CannotBe(read.Diagnostics);
        }

        var placed = request.Fixed.Concat(request.Booked).ToDictionary(v => v.Id);
        return new BookedCalendar(
            course,
            question,
            request,
            new([.. request.Protocol.Visits.Where(placed.ContainsKey).Select(v => placed[v])], [.. request.Protocol.Visits.Where(v => !placed.ContainsKey(v) && !request.LeftOut.Contains(v))]));
    }

    /// <summary>The place of a visit that may be moved by hand; refused where it is none.</summary>
    /// <param name="visit">The visit, as it is written.</param>
    public Answer<PlacedVisit> Movable(string visit)
    {
        var movable = Calendar.Visits.Where(v => Request.Fixed.All(f => f.Id != v.Id)).ToList();
        return movable.Find(v => v.Id.ToString() == visit) is { } found ? found : Refusals.NotMovable(visit, movable.Select(v => v.Id.ToString()));
    }
}
