using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;

namespace Scheduler.App.Enrolments;

/// <summary>A course with the calendar that is booked for it, and the request that this calendar answers.</summary>
/// <param name="Course">The enrolment.</param>
/// <param name="Question">What would be asked for its rest from tomorrow on.</param>
/// <param name="Request">The request.</param>
/// <param name="Calendar">What was held, and what is booked.</param>
internal sealed record BookedCalendar(Enrolment Course, Question Question, PlanningRequest Request, TreatmentCalendar Calendar)
{
    /// <summary>Loads it.</summary>
    public static async Task<Answer<BookedCalendar>> Of(BookTransaction book, Library library, string clinicId, string enrolment, IClock clock, DeviationLimit deviations)
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
        var question = new Question(asOf, Continuation.EarliestDay(course.State, asOf), 1, deviations);
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
}
