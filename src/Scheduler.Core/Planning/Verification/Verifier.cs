namespace Scheduler.Core.Planning.Verification;

/// <summary>Judges a calendar from the request and the calendar alone; it knows nothing of how calendars are found.</summary>
public static class Verifier
{
    /// <summary>Judges <paramref name="calendar"/> as an answer to <paramref name="request"/>.</summary>
    public static Verdict Judge(PlanningRequest request, TreatmentCalendar calendar) =>
        throw new NotSupportedException($"No verifier yet for {request.From} and {calendar.Visits.Length} visits.");
}
