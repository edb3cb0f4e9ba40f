using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;

namespace Scheduler.App.Tests.Books.Models;

/// <summary>How far a visit is.</summary>
internal enum Stage
{
    Planned,
    Booked,
    Confirmed,
    Arrived,
    Started,
    Completed,
    Held,
    Missed,
    Cancelled,
    Released,
}

/// <summary>A course of the model.</summary>
internal sealed class ModelCourse(string id, string patient, ImmutableArray<ModelVisit> visits)
{
    public string Id => id;

    public long Key => KeyOf(id);

    public string Patient => patient;

    public ImmutableArray<ModelVisit> Visits => visits;

    public long Version { get; private set; } = 1;

    public LocalDateTime? LastAt { get; private set; }

    public LocalDateTime? WaitsSince { get; set; }

    public bool IsWithdrawn { get; private set; }

    public bool IsOver => IsWithdrawn || visits.All(v => v.Stage == Stage.Completed);

    public string Line => string.Create(CultureInfo.InvariantCulture, $"{id} of {patient} at version {Version} after {Version - 1} events{(WaitsSince is null ? "" : ", waits")}");

    public static long KeyOf(string id) => long.Parse(id.AsSpan(2), CultureInfo.InvariantCulture);

    /// <summary>It ends, and what is left of it is free.</summary>
    public void Withdraw()
    {
        IsWithdrawn = true;
        foreach (var visit in visits.Where(v => v.IsAwaited || v.IsToBePlaced))
        {
            (visit.Stage, visit.TakesNothing) = (Stage.Released, true);
        }
    }

    /// <summary>Something has happened in it.</summary>
    public void Happens(LocalDateTime at) => (Version, LastAt) = (Version + 1, at);
}

/// <summary>A visit of a course of the model.</summary>
internal sealed class ModelVisit(string id)
{
    public string Id => id;

    public Stage Stage { get; set; }

    /// <summary>Where it was booked last.</summary>
    public PlacedVisit? Place { get; private set; }

    /// <summary>Whether what it took is free again.</summary>
    public bool TakesNothing { get; set; }

    public bool IsInBook => Place is not null;

    public bool IsAwaited => Stage is Stage.Booked or Stage.Confirmed or Stage.Arrived;

    public bool IsToBePlaced => Stage is Stage.Planned or Stage.Held or Stage.Missed or Stage.Cancelled;

    public void Book(PlacedVisit place) => (Stage, Place, TakesNothing) = (Stage.Booked, place, false);

    /// <summary>How far it is after something happened to it; null where that cannot be.</summary>
    public Stage? After(CourseEvent told) => (told, Stage) switch
    {
        (CourseEvent.Confirmed, Stage.Booked) => Stage.Confirmed,
        (CourseEvent.Arrived, Stage.Booked or Stage.Confirmed) => Stage.Arrived,
        (CourseEvent.Started, Stage.Booked or Stage.Confirmed or Stage.Arrived) => Stage.Started,
        (CourseEvent.Completed, Stage.Booked or Stage.Confirmed or Stage.Arrived or Stage.Started) => Stage.Completed,
        (CourseEvent.Held, Stage.Booked or Stage.Confirmed or Stage.Arrived or Stage.Started) => Stage.Held,
        (CourseEvent.Missed, Stage.Booked or Stage.Confirmed) => Stage.Missed,
        (CourseEvent.Cancelled, Stage.Booked or Stage.Confirmed) => Stage.Cancelled,
        (CourseEvent.NoPlaceFound, Stage.Held or Stage.Missed or Stage.Cancelled) => Stage,
        (CourseEvent.ToBeRepeated, Stage.Completed) => Stage.Planned,
        _ => null,
    };
}

/// <summary>A proposal of the model.</summary>
internal sealed class ModelProposal(IReadOnlyList<ModelPart> parts)
{
    public IReadOnlyList<ModelPart> Parts => parts;

    public LocalDateTime? ReservedUntil { get; set; }
}

/// <summary>What a proposal means for a course.</summary>
/// <param name="Course">The course.</param>
/// <param name="Version">The version for which it was made.</param>
/// <param name="AsOf">When it was asked for.</param>
/// <param name="From">The first day from which visits could move.</param>
/// <param name="Calendar">Where the visits are to be.</param>
internal sealed record ModelPart(ModelCourse Course, long Version, LocalDateTime AsOf, LocalDate From, TreatmentCalendar Calendar)
{
    /// <summary>Whether somebody moves one visit by hand.</summary>
    public bool IsMove { get; init; }

    /// <summary>The visits that it places anew.</summary>
    public IReadOnlyList<PlacedVisit> Changed =>
    [
        .. Calendar.Visits.Where(v => Visit(v) is var now && now.Stage is not (Stage.Started or Stage.Completed or Stage.Arrived)
            && !(now is { IsAwaited: true, Place: { } there } && (there.Start, there.End) == (v.Start, v.End) && there.Uses.SequenceEqual(v.Uses))),
    ];

    /// <summary>Whether nobody can move a visit: it is under way or over, or comes before the first day.</summary>
    public bool IsFixed(PlacedVisit place) => Visit(place) is var visit
        && (visit.Stage is Stage.Started or Stage.Completed or Stage.Arrived || (visit.IsAwaited && visit.Place!.Date < From));

    private ModelVisit Visit(PlacedVisit place) => Course.Visits.First(v => v.Id == place.Id.ToString());
}

/// <summary>Something that a visit takes, from the first to the last five minutes that it touches.</summary>
internal sealed record Taking(string Visit, string Resource, Use Use, LocalDateTime Start, LocalDateTime End, LocalDateTime From, LocalDateTime To)
{
    private const int Tick = 5;

    public string Line => $"{Visit} takes {Resource} {Use.ToString().ToLowerInvariant()} {BookModel.Span(From, To)}";

    /// <summary>What a visit takes, its patient too.</summary>
    public static IEnumerable<Taking> Of(ModelCourse course, PlacedVisit visit)
    {
        Taking Made(string resource, Use use, LocalDateTime start, LocalDateTime end, int cleanUp) => new(
            $"{course.Id} {visit.Id}", resource, use, start, end, start.PlusMinutes(-(start.Minute % Tick)), Up(end.PlusMinutes(cleanUp)));

        // Chairs are cleaned for a quarter of an hour.
        return [.. visit.Uses.Select(u => Made(u.Resource, u.Use, u.Start, u.End, u.Need == "chair" ? 15 : 0)), Made(course.Patient, Use.Exclusive, visit.Start, visit.End, 0)];
    }

    /// <summary>Whether a resource bears all of it while one taking lasts.</summary>
    public static bool Bear(string resource, IEnumerable<Taking> all, Taking during)
    {
        var here = all.Where(t => t.Resource == resource && t.From < during.To && during.From < t.To).ToList();
        for (var tick = during.From; tick < during.To; tick = tick.PlusMinutes(Tick))
        {
            var now = here.Where(t => t.From <= tick && tick < t.To).ToList();
            var inHand = now.Where(t => t.Use != Use.Supervision).ToList();
            var overseen = now.Count - inHand.Count;
            if (inHand.Count > (inHand.Exists(t => t.Use == Use.Exclusive) ? 1 : resource == "nurse-1" ? 2 : 1)
                || overseen > (resource == "doctor-1" ? 2 : 0)
                || (overseen > 0 && inHand.Exists(t => Period.Between(t.Start, t.End, PeriodUnits.Minutes).Minutes > 10)))
            {
                return false;
            }
        }

        return true;
    }

    private static LocalDateTime Up(LocalDateTime time) => time.PlusMinutes((Tick - (time.Minute % Tick)) % Tick);
}
