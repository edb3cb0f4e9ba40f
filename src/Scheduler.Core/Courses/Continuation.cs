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
    /// <summary>How far from the rest a visit may have been, in days: a little more than ten years.</summary>
    private const int MostDays = Text.Shapes.Scalars.MostDays;

    private const string CalledOff = "the times that were called off";

    /// <summary>Visits that were booked, and that planning held where they were.</summary>
    public ImmutableArray<VisitId> Kept { get; init; } = [];

    /// <summary>A visit that is about to be moved by hand, and so does not stay although it was put where it is by hand; null for none.</summary>
    public VisitId? Moving { get; init; }

    /// <summary>The rules, as the protocol names them, that are not asked about <see cref="Moving"/>.</summary>
    public ImmutableArray<string> Excusing { get; init; } = [];

    /// <summary>The id under which a rule for the rest stands in the protocol, by which a visit is excused from it; its own where it is there for the rest alone.</summary>
    public string Written(Rule rule) => RestOfCourse.Written(State.Protocol, rule);

    /// <summary>Whether other visits made way for what was chosen by hand.</summary>
    public bool MadeWay { get; init; }

    /// <summary>The usual earliest day: that of the time itself where the day has not begun or a late patient waits; else the day after.</summary>
    public static LocalDate EarliestDay(CourseState state, LocalDateTime asOf) =>
        asOf.TimeOfDay == LocalTime.Midnight || state.Visits.Values.Any(v => v.IsLateToday) ? asOf.Date : asOf.Date.PlusDays(1);

    /// <summary>The request for the rest of the course; of a course that is over, for what was held of it. What is past of the first day is closed, and so are the times that were called off.</summary>
    /// <param name="clinic">The clinic; its bookings without those of this course.</param>
    /// <param name="patient">The patient.</param>
    public Read<PlanningRequest> Request(Clinic clinic, Patient patient)
    {
        var left = clinic with { Closures = [.. clinic.Closures, .. Closed()] };
        var request = State.Ended is null ? NextRequest.Of(State, left, patient, From, IsBegun, Moving, Excusing) : new(NextRequest.OfEnded(State, left, patient, From), []);
        return request.Value?.Fixed.FirstOrDefault(v => Math.Abs(Period.DaysBetween(From, v.Date)) > MostDays) is { } far
            ? new(null, [Messages.TooFarFromTheRest(SourceSpan.Whole(State.Course.Patient), far.Id.ToString(), Words.Of(far.Start))])
            : request;
    }

    /// <summary>A request that lets a course begin until a day, and one that is booked and has not begun when it was to begin, however early somebody asks.</summary>
    /// <param name="rest">The request for the rest of a course.</param>
    /// <param name="last">The last day on which it may begin, whatever is booked.</param>
    /// <param name="atLeast">In no fewer days than these.</param>
    public static PlanningRequest StartingUntil(PlanningRequest rest, LocalDate last, int atLeast = 1)
    {
        var latest = rest.Booked.Select(b => b.Date).Order().Take(1).Append(last).Max();
        return rest with { StartWithinDays = Math.Clamp(1 + Period.DaysBetween(rest.From, latest), atLeast, PlanningRequest.MostStartWithinDays) };
    }

    /// <summary>Whether the time of a booking has come: nobody can move it any more, told or not.</summary>
    private bool IsBegun(PlacedVisit booking) => booking.Date < From || booking.Start <= AsOf;

    /// <summary>What is past of the first day, and the times that were called off: nothing is placed there again.</summary>
    private IEnumerable<Closure> Closed()
    {
        if (From == AsOf.Date && Minutes(AsOf) is > 0 and var past)
        {
            yield return new($"what is past of {From:uuuu'-'MM'-'dd}", From, From, new(0, past), Yearly: false) { IsOfTheCourse = true };
        }

        foreach (var off in State.Protocol.Visits.Select(State.Find).Where(v => v.Status == VisitStatus.Cancelled && v.Booking!.Date >= From).Select(v => v.Booking!))
        {
            yield return new(CalledOff, off.Date, off.Date, new(Minutes(off.Start), off.End.Date > off.Date ? Hours.MinutesPerDay : Math.Max(Minutes(off.Start) + 1, Minutes(off.End))), Yearly: false) { IsOfTheCourse = true };
        }
    }

    private static int Minutes(LocalDateTime time) => (time.Hour * 60) + time.Minute;
}
