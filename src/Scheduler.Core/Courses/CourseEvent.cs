using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>Something that happened in a course. A closed set.</summary>
public abstract record CourseEvent
{
    private CourseEvent(LocalDateTime at) => At = at;

    /// <summary>When, in wall time of the clinic.</summary>
    public LocalDateTime At { get; }

    /// <summary>The visit that it is about; null where it is about none, or about several.</summary>
    public VisitId? Of => this switch
    {
        Confirmed e => e.Visit,
        Arrived e => e.Visit,
        Started e => e.Visit,
        Completed e => e.Visit,
        Held e => e.Visit,
        Missed e => e.Visit,
        Cancelled e => e.Visit,
        NoPlaceFound e => e.Visit,
        ToBeRepeated e => e.Visit,
        ScoreRecorded e => e.Visit,
        AnswerRecorded e => e.Visit,
        _ => null,
    };

    /// <summary>Visits were booked, or booked at another time.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visits">The visits with their times and resources.</param>
    public sealed record Booked(LocalDateTime At, ImmutableArray<PlacedVisit> Visits) : CourseEvent(At)
    {
        /// <summary>The ids of the rules that are not asked about these visits at these times, since somebody who may has decided so.</summary>
        public ImmutableArray<string> Excused { get; init; } = [];

        /// <summary>Visits that have no place any more: they were booked, and the calendar that is booked now goes without them, or has none for them.</summary>
        public ImmutableArray<VisitId> GivenUp { get; init; } = [];
    }

    /// <summary>The patient said that they will come.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">To which visit.</param>
    public sealed record Confirmed(LocalDateTime At, VisitId Visit) : CourseEvent(At);

    /// <summary>The patient arrived.</summary>
    /// <param name="At">When; that it is late follows from it.</param>
    /// <param name="Visit">For which visit.</param>
    public sealed record Arrived(LocalDateTime At, VisitId Visit) : CourseEvent(At);

    /// <summary>A visit began.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">Which.</param>
    public sealed record Started(LocalDateTime At, VisitId Visit) : CourseEvent(At);

    /// <summary>A visit ended as it should.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">Which.</param>
    public sealed record Completed(LocalDateTime At, VisitId Visit) : CourseEvent(At);

    /// <summary>Something stood against a visit on its day: what follows is said by the condition of the day; without one, the visit is placed again.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">Which.</param>
    /// <param name="Condition">The condition of the day that failed; null for another reason.</param>
    public sealed record Held(LocalDateTime At, VisitId Visit, string? Condition) : CourseEvent(At);

    /// <summary>A visit was missed: nobody came, or it was called off too late to be moved.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">Which.</param>
    public sealed record Missed(LocalDateTime At, VisitId Visit) : CourseEvent(At);

    /// <summary>A visit was called off in good time; it is placed again.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">Which.</param>
    /// <param name="By">By whom.</param>
    public sealed record Cancelled(LocalDateTime At, VisitId Visit, Party By) : CourseEvent(At);

    /// <summary>What was to follow a missed visit, a hold, a cancellation or a late arrival could not be done: there was no place for it.</summary>
    /// <param name="At">When that was known.</param>
    /// <param name="Visit">The visit that was to be placed.</param>
    public sealed record NoPlaceFound(LocalDateTime At, VisitId Visit) : CourseEvent(At);

    /// <summary>What was held no longer counts, as a rating that has become too old: it is held again, and what was recorded there is forgotten.</summary>
    /// <param name="At">When that was decided.</param>
    /// <param name="Visit">Which.</param>
    public sealed record ToBeRepeated(LocalDateTime At, VisitId Visit) : CourseEvent(At);

    /// <summary>A score was recorded, or corrected.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">The visit at which it was measured.</param>
    /// <param name="Outcome">The outcome.</param>
    /// <param name="Score">The score.</param>
    public sealed record ScoreRecorded(LocalDateTime At, VisitId Visit, string Outcome, int Score) : CourseEvent(At);

    /// <summary>An answer was recorded, or corrected.</summary>
    /// <param name="At">When.</param>
    /// <param name="Visit">The visit at which it was given.</param>
    /// <param name="Outcome">The outcome.</param>
    /// <param name="Yes">Whether it is yes.</param>
    public sealed record AnswerRecorded(LocalDateTime At, VisitId Visit, string Outcome, bool Yes) : CourseEvent(At);

    /// <summary>The clinic judged whether a condition holds: one that has no test, or whose scores are missing.</summary>
    /// <param name="At">When.</param>
    /// <param name="Condition">The condition.</param>
    /// <param name="Holds">Whether it does.</param>
    public sealed record ConditionJudged(LocalDateTime At, string Condition, bool Holds) : CourseEvent(At);

    /// <summary>The patient stops, or the clinic stops the treatment, whatever the protocol says: the course ends, and what is left of it is released.</summary>
    /// <param name="At">When.</param>
    public sealed record Withdrawn(LocalDateTime At) : CourseEvent(At);

    /// <summary>The course goes on by another version of its protocol. What has happened stays.</summary>
    /// <param name="At">When.</param>
    /// <param name="Protocol">The new version, parameters applied.</param>
    public sealed record Amended(LocalDateTime At, Protocol Protocol) : CourseEvent(At);
}

/// <summary>Who calls a visit off.</summary>
public enum Party
{
    /// <summary>The patient.</summary>
    Patient,

    /// <summary>The clinic.</summary>
    Clinic,
}
