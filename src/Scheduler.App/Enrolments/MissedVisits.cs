using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>Takes visits as missed of which nobody has told anything for as long as the clinic's file says; a clinic that says nothing of it decides itself. It is told as if staff had, and frees what the visit takes. What began before this did
/// is left to staff: nobody could tell anything while the program was down. So is a self-report, to which nobody comes.</summary>
/// <param name="store">The book.</param>
/// <param name="library">Protocols and clinics.</param>
/// <param name="clock">The time.</param>
public sealed class MissedVisits(Store store, Library library, IClock clock)
{
    /// <summary>By whom the audit says that it was done.</summary>
    private const string By = "(clock)";

    private readonly Instant begun = clock.GetCurrentInstant();

    /// <summary>How many days back it looks: what is older was left so on purpose.</summary>
    private const int Days = 2;

    /// <summary>Looks at all clinics; how many visits were missed.</summary>
    public async Task<int> All(CancellationToken cancel = default)
    {
        var all = 0;
        foreach (var row in await store.Read(book => book.Clinics(), cancel))
        {
            if (await store.Read(book => book.Clinic(library, row.Id), cancel) is not { Messages.NoShowAfterMinutes: { } minutes } clinic)
            {
                continue;
            }

            var wall = PlanningOf.Now(clock, clinic);
            foreach (var open in await store.Read(book => book.Untold(clinic.Id, wall.Date.PlusDays(-Days), wall.PlusMinutes(-minutes)), cancel))
            {
                all += (await store.Write<Missed>(book => Of(book, clinic.Id, open, minutes), cancel)).IsDone ? 1 : 0;
            }
        }

        return all;
    }

    private async Task<Answer<Missed>> Of(BookTransaction book, string clinicId, UntoldRow open, int minutes)
    {
        var locked = await LockedCourse.Of(book, library, clinicId, EnrolmentId.Of(open.Enrolment));
        if (!locked.IsDone)
        {
            return locked.Refusal;
        }

        // It may have been told, or moved, meanwhile.
        var (clinic, course) = locked.Value;
        var now = PlanningOf.Now(clock, clinic);
        if (course.State.Visits.GetValueOrDefault(EventText.Id(open.Visit)) is not { Status: VisitStatus.Booked or VisitStatus.Confirmed, Booking: { } place } visit || place.Start.PlusMinutes(minutes) > now
            || clinic.Zone.AtLeniently(place.Start).ToInstant() < begun || course.State.Protocol.TypeOf(visit.Id).Mode == Mode.SelfReport)
        {
            return Refusals.CourseHasChanged(course.Id);
        }

        var after = await locked.Value.Tell(book, new CourseEvent.Missed(now, visit.Id));
        if (!after.IsDone)
        {
            return after.Refusal;
        }

        await locked.Value.NoteDeviations(book, after.Value, clock.GetCurrentInstant(), "", By);
        book.Note(new(clinicId, By, "tell", course.Id, "", $$"""{"missed":"{{open.Visit}}"}""", $"nothing was told of it for {minutes} min"));
        return new Missed();
    }

    private sealed record Missed;
}
