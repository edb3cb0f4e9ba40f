using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;

namespace Scheduler.App.Enrolments;

/// <summary>The booked visits of a course as its state says they are.</summary>
internal static class BookedCourse
{
    /// <summary>
    /// Says of each booked visit how far it is, and frees what one takes that does not take place there: it was missed, held, called off, skipped or released, or took place long before. What was put off keeps its place
    /// until a proposal for the rest is accepted.
    /// </summary>
    public static async Task Follow(BookTransaction book, long enrolment, CourseState state)
    {
        var rows = await book.BookedVisits(enrolment);
        foreach (var row in rows)
        {
            var status = Status(state.Visits.GetValueOrDefault(EventText.Id(row.Visit)));
            if (status != row.Status)
            {
                await book.SetStatus(row.Key, status);
            }
        }

        // Whoever deals units again takes uses out and puts them back: what is freed in between would come back with them.
        var freed = rows.Where(r => IsFreed(state.Visits.GetValueOrDefault(EventText.Id(r.Visit)))).Select(r => r.Key).ToList();
        await book.Lock(await book.TakenBy(freed));
        await book.Free(freed);
    }

    private static bool IsFreed(VisitState? visit) => visit is null or { Status: VisitStatus.Missed or VisitStatus.Held or VisitStatus.Cancelled } or { IsOut: true } || WasOverBefore(visit);

    /// <summary>Whether a visit began so early, on another day perhaps, that it was over before it was to begin: nobody comes to its booked place.</summary>
    private static bool WasOverBefore(VisitState visit) => visit is { Started: { } began, Booking: { } booked } && began + (booked.End - booked.Start) <= booked.Start;

    private static string Status(VisitState? visit) => visit is null ? "released" : visit.Status.ToString().ToLowerInvariant();
}
