using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>How far a visit is.</summary>
public enum VisitStatus
{
    /// <summary>To be placed.</summary>
    Planned,

    /// <summary>Booked.</summary>
    Booked,

    /// <summary>Booked, and the patient said that they will come.</summary>
    Confirmed,

    /// <summary>The patient is there.</summary>
    Arrived,

    /// <summary>It has begun.</summary>
    Started,

    /// <summary>It took place.</summary>
    Completed,

    /// <summary>It was stopped on its day, and is to be placed again.</summary>
    Held,

    /// <summary>It was missed, and is to be placed again.</summary>
    Missed,

    /// <summary>It was called off, and is to be placed again.</summary>
    Cancelled,

    /// <summary>It is not needed: an outcome, or the end of the course, says so.</summary>
    Released,

    /// <summary>The course goes on without it.</summary>
    Skipped,
}

/// <summary>One visit of a course: how far it is, and when.</summary>
/// <param name="Id">Which visit.</param>
/// <param name="Status">How far it is.</param>
public sealed record VisitState(VisitId Id, VisitStatus Status)
{
    /// <summary>The last booking; null where there was none.</summary>
    public PlacedVisit? Booking { get; init; }

    /// <summary>The ids of the rules that are not asked about it where it is booked or was held; none for a visit that is placed as the protocol says.</summary>
    public ImmutableArray<string> Excused { get; init; } = [];

    /// <summary>When the patient arrived.</summary>
    public LocalDateTime? Arrived { get; init; }

    /// <summary>When it began.</summary>
    public LocalDateTime? Started { get; init; }

    /// <summary>When it ended.</summary>
    public LocalDateTime? Completed { get; init; }

    /// <summary>The date until which it is to be made up; null where the rules alone say.</summary>
    public LocalDate? MakeUpBy { get; init; }

    /// <summary>Whether the patient came late and the visit is still to be held on the day, if it fits.</summary>
    public bool IsLateToday { get; init; }

    /// <summary>The earliest start of a visit that goes with one of a late patient, on that day; null for others.</summary>
    public LocalDateTime? NotBefore { get; init; }

    /// <summary>The condition whose coming true, or not, released it; null where none did.</summary>
    public string? ReleasedBy { get; init; }

    /// <summary>Whether it takes place or took place: its time is a fact.</summary>
    public bool IsHeld => Status is VisitStatus.Started or VisitStatus.Completed;

    /// <summary>Whether it is booked and has not begun.</summary>
    public bool IsAwaited => Status is VisitStatus.Booked or VisitStatus.Confirmed or VisitStatus.Arrived;

    /// <summary>Whether the course goes without it.</summary>
    public bool IsOut => Status is VisitStatus.Released or VisitStatus.Skipped;

    /// <summary>Whether it has still to be held: planned, awaited, or to be placed again.</summary>
    public bool IsOpen => !IsHeld && !IsOut;

    /// <summary>Whether it is booked as it stands in a calendar, so that nothing about it changes there: at that time, with those resources. A patient who has arrived waits where they are.</summary>
    /// <param name="place">Where the calendar has it.</param>
    public bool IsBookedAs(PlacedVisit place) =>
        IsAwaited && !IsLateToday && (Status == VisitStatus.Arrived || (Booking is { } booking && booking.Start == place.Start && booking.End == place.End && booking.Uses.SequenceEqual(place.Uses)));

    /// <summary>The visit as if nothing had happened yet.</summary>
    internal VisitState Afresh() => new(Id, VisitStatus.Planned);

    /// <summary>The visit to be placed again, for a reason.</summary>
    internal VisitState Again(VisitStatus why) => new(Id, why) { Booking = Booking };
}
