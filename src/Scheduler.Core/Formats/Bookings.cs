using NodaTime;
using Scheduler.Core.Courses;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>A course whose calendar is booked.</summary>
public static class Bookings
{
    /// <summary>The course as the calendar has it, with all that is still to come booked as it lies there.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="whole">The protocol with all arms and streams.</param>
    /// <param name="asOf">The time before which a course that begins was booked.</param>
    /// <param name="file">The name of the calendar to use in diagnostics.</param>
    public static Read<CourseState> Of(CalendarToCheck calendar, Protocol whole, LocalDateTime asOf, string file)
    {
        var request = calendar.Request;

        // A calendar that is only checked may say so, and hears of it from the judge; a booking lies in one place.
        if (calendar.Calendar.Visits.GroupBy(v => v.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return new(null, [Messages.PlacedTwice(SourceSpan.Whole(file), twice.Key.ToString())]);
        }

        var places = calendar.Calendar.Visits.Concat(calendar.Course?.State.Visits.Values.Select(v => v.Booking).OfType<PlacedVisit>() ?? []);
        if (places.FirstOrDefault(p => !IsOfOneDay(p)) is { } torn)
        {
            return new(null, [Messages.NotOfOneDay(SourceSpan.Whole(file), torn.Id.ToString())]);
        }

        if (calendar.Course is not { } course)
        {
            var enrolled = Course.Enrol(request.Patient.Id, request.Enrolled ?? request.From, whole, request.Arm, request.Streams);
            if (enrolled.Value is not { } begun)
            {
                return new(null, enrolled.Diagnostics);
            }

            // Nobody knows when it was booked, only that it was before all that can be told of it: a patient may have called weeks before the first visit.
            var booked = CourseState.Begin(begun).After(new CourseEvent.Booked(LocalDateTime.Min(asOf, request.From.AtMidnight()), calendar.Calendar.Visits));
            return booked with { Value = booked.Value is { } first ? first with { LastAt = null } : null };
        }

        // What waits for its start stays as it is; so does what stopped early.
        var state = course.State;
        var next = calendar.Calendar.Visits.Where(v => !state.Find(v.Id).IsHeld && !state.Find(v.Id).IsOut && !state.Find(v.Id).IsBookedAs(v)).ToList();
        return next.Count == 0 ? new(state, []) : state.After(new CourseEvent.Booked(state.LastAt ?? course.AsOf, [.. next]));
    }

    /// <summary>Whether a visit and all that it uses begin, and end later, on one day.</summary>
    private static bool IsOfOneDay(PlacedVisit place)
    {
        var midnight = place.Date.PlusDays(1).AtMidnight();
        return place.End > place.Start && place.End <= midnight && place.Uses.All(u => u.Start.Date == place.Date && u.End > u.Start && u.End <= midnight);
    }
}
