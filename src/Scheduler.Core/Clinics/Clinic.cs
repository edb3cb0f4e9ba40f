using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Clinics;

/// <summary>A clinic: its resources, when it is open, where it is in time, and what is booked already.</summary>
/// <param name="Id">The id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Zone">Its time zone; every wall time of the clinic is one of this zone.</param>
/// <param name="GridMinutes">Visits start at whole multiples of this from midnight: 5, 10, 15, 30 or 60.</param>
/// <param name="Opening">When the clinic is open, closures apart.</param>
/// <param name="Closures">When it is closed in spite of that.</param>
/// <param name="Resources">People, rooms, chairs and devices, in the order of the file.</param>
/// <param name="Bookings">What is booked already.</param>
public sealed record Clinic(
    string Id,
    string Title,
    DateTimeZone Zone,
    int GridMinutes,
    WeeklyHours Opening,
    ImmutableArray<Closure> Closures,
    ImmutableArray<Resource> Resources,
    ImmutableArray<Booking> Bookings)
{
    /// <summary>What is said in messages; null where none are sent.</summary>
    public ClinicMessages? Messages { get; init; }

    /// <summary>When visits can take place on a date: opening hours without closures and without clock changes. Empty on a day that is no working day.</summary>
    public ImmutableArray<Hours> OpenOn(LocalDate date)
    {
        var open = Opening.On(date);
        foreach (var closure in Closures)
        {
            open = closure.Covers(date) ? Hours.Subtract(open, [closure.Hours]) : open;
        }

        var changes = ClockChangesOn(date);
        return changes.IsEmpty ? open : Hours.Subtract(open, changes);
    }

    /// <summary>The wall times of a date that do not exist or exist twice. No visit touches them.</summary>
    public ImmutableArray<Hours> ClockChangesOn(LocalDate date) => ClockChanges.On(Zone, date);

    /// <summary>Whether the clinic's clocks show a time: those that go forward pass over some.</summary>
    public bool Exists(LocalDateTime wallTime) => Zone.MapLocal(wallTime).Count > 0;

    /// <summary>When a resource works on a date, whether the clinic is open or not: its own hours, or the clinic's opening hours.</summary>
    public ImmutableArray<Hours> WorkingHours(Resource resource, LocalDate date) =>
        resource.Exceptions.LastOrDefault(e => e.Covers(date))?.Hours ?? (resource.Hours ?? Opening).On(date);

    /// <summary>The resource with an id, or null.</summary>
    public Resource? Find(string id) => Resources.FirstOrDefault(r => r.Id == id);

    /// <summary>
    /// The instant-bearing form of a wall time of this clinic. Visits touch no clock change, so there is exactly one; a time that
    /// is no visit's (the end of a day that a change ends) takes the later offset, and one in a gap moves behind it.
    /// </summary>
    public OffsetDateTime AtOffset(LocalDateTime wallTime) => Zone.AtLeniently(wallTime).ToOffsetDateTime();
}

/// <summary>A time at which the clinic is closed although its opening hours say otherwise.</summary>
/// <param name="Name">Why: <c>Thanksgiving</c>.</param>
/// <param name="From">The first date; for a yearly closure its year does not count.</param>
/// <param name="To">The last date, included.</param>
/// <param name="Hours">The stretch of each of these days that is closed; the whole day usually.</param>
/// <param name="Yearly">Whether it returns every year on the same day of the same month.</param>
public sealed record Closure(string Name, LocalDate From, LocalDate To, Hours Hours, bool Yearly)
{
    /// <summary>Whether the clinic is open then for everybody else: a time that is over, or that the course shall not have again.</summary>
    public bool IsOfTheCourse { get; init; }

    /// <summary>Whether the closure holds on a date.</summary>
    public bool Covers(LocalDate date) =>
        Yearly ? date.Month == From.Month && date.Day == From.Day : date >= From && date <= To;
}

/// <summary>A resource's time that is taken already.</summary>
/// <param name="Resource">The id of the resource.</param>
/// <param name="Date">The day.</param>
/// <param name="Hours">The time, without any clean-up after it.</param>
/// <param name="Use">How the resource is used.</param>
public sealed record Booking(string Resource, LocalDate Date, Hours Hours, Use Use)
{
    /// <summary>What more is known of it where it is a visit of another course; null for a booking of which nothing else is known.</summary>
    public VisitPart? Part { get; init; }

    /// <summary>
    /// How many minutes at least lie between its start and that of another use of the resource, whatever the other asks for; null where it is no start of which anything is asked.
    /// </summary>
    public int? StartsApartMinutes => Part is { } part ? part.StartsApartMinutes : Use == Use.Supervision ? null : 0;

    /// <summary>How many minutes the resource stays taken after it.</summary>
    public int CleanUpAfter(Resource resource) => Use == Use.Supervision ? 0 : Part?.CleanUpMinutes ?? resource.CleanUpMinutes;
}

/// <summary>What the visits of a course ask of others beside them, for one use of a resource.</summary>
/// <param name="CleanUpMinutes">How long the resource stays taken after it.</param>
/// <param name="StartsApartMinutes">How many minutes lie at least between its start and that of any other use; null where it continues a use that has begun before.</param>
public sealed record VisitPart(int CleanUpMinutes, int? StartsApartMinutes);
