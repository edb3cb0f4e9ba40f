namespace Scheduler.Core.Planning.Search;

/// <summary>The starts at which clinic and patient are there for the whole of a visit, resources apart. Most weeks are alike, so that they are worked out for one of them.</summary>
/// <param name="visits">The class of the visit.</param>
/// <param name="availability">When clinic and patient can.</param>
/// <param name="openingHours">Whether opening hours count.</param>
/// <param name="patientHours">Whether the patient's hours and way count.</param>
internal sealed class Presence(VisitClass visits, Availability availability, bool openingHours, bool patientHours)
{
    private readonly (DateHours? Of, TickSet Starts)[] ofWeekday = new (DateHours?, TickSet)[Almanac.Week];

    /// <summary>What counts of both.</summary>
    public Presence(VisitClass visits, Availability availability)
        : this(visits, availability, availability.CountsOpeningHours, availability.CountsPatientHours)
    {
    }

    /// <summary>The starts of a day.</summary>
    public TickSet On(int day)
    {
        var hours = availability.HoursOn(day);
        ref var latest = ref ofWeekday[Almanac.Weekday(day)];
        if (!ReferenceEquals(latest.Of, hours))
        {
            latest = (hours, availability.PresenceStarts(visits, hours, openingHours, patientHours));
        }

        return latest.Starts;
    }
}
