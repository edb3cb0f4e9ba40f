using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>A course that goes on: where it stands at a time, and from when its rest is placed.</summary>
/// <param name="State">The course after all events.</param>
/// <param name="AsOf">The time at which it stands so, in wall time of the clinic.</param>
/// <param name="From">The earliest day of what is placed.</param>
public sealed record Continuation(CourseState State, LocalDateTime AsOf, LocalDate From)
{
    private const string Past = "what is past of the day";

    /// <summary>Visits that were booked, and that planning held where they were.</summary>
    public ImmutableArray<VisitId> Kept { get; init; } = [];

    /// <summary>The usual earliest day: that of the time itself where the day has not begun or a late patient waits; else the day after.</summary>
    public static LocalDate EarliestDay(CourseState state, LocalDateTime asOf) =>
        asOf.TimeOfDay == LocalTime.Midnight || state.Visits.Values.Any(v => v.IsLateToday) ? asOf.Date : asOf.Date.PlusDays(1);

    /// <summary>The request for the rest of the course; of a course that is over, for what was held of it. What is past of the first day is closed.</summary>
    /// <param name="clinic">The clinic; its bookings without those of this course.</param>
    /// <param name="patient">The patient.</param>
    public Read<PlanningRequest> Request(Clinic clinic, Patient patient)
    {
        var minutes = (AsOf.Hour * 60) + AsOf.Minute;
        var left = From == AsOf.Date && minutes > 0
            ? clinic with { Closures = clinic.Closures.Add(new(Past, From, From, new(0, minutes), Yearly: false)) }
            : clinic;
        return State.Ended is null ? NextRequest.Of(State, left, patient, From) : new(NextRequest.OfEnded(State, left, patient, From), []);
    }
}
