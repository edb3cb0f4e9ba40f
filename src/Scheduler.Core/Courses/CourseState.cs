using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>What the events of a course have come to. A value: an event makes another one.</summary>
public sealed record CourseState
{
    internal CourseState(Course course) =>
        (Course, Visits) = (course, course.Protocol.Visits.ToImmutableDictionary(v => v, v => new VisitState(v, VisitStatus.Planned)));

    /// <summary>The enrolment, on the version of the protocol that is in force.</summary>
    public Course Course { get; init; }

    /// <summary>The protocol in force, as far as it concerns the patient.</summary>
    public Protocol Protocol => Course.Protocol;

    /// <summary>Every visit.</summary>
    public ImmutableDictionary<VisitId, VisitState> Visits { get; init; }

    /// <summary>Recorded scores, by outcome and visit.</summary>
    public ImmutableDictionary<(string Outcome, VisitId Visit), int> Scores { get; init; } = ImmutableDictionary<(string, VisitId), int>.Empty;

    /// <summary>Recorded answers, by outcome and visit.</summary>
    public ImmutableDictionary<(string Outcome, VisitId Visit), bool> Answers { get; init; } = ImmutableDictionary<(string, VisitId), bool>.Empty;

    /// <summary>Conditions that the clinic judged.</summary>
    public ImmutableDictionary<string, Finding> Judged { get; init; } = ImmutableDictionary<string, Finding>.Empty;

    /// <summary>Conditions that an event rule brought about, whatever the outcomes say.</summary>
    public ImmutableDictionary<string, Finding> BroughtAbout { get; init; } = ImmutableDictionary<string, Finding>.Empty;

    /// <summary>How often the first remedy of each event rule was applied.</summary>
    public ImmutableDictionary<string, int> Applied { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Visits that were put off, from which the rhythm of their series counts anew.</summary>
    public ImmutableHashSet<VisitId> PutOff { get; init; } = [];

    /// <summary>Conditions of the day that failed although the visit went on.</summary>
    public ImmutableArray<(VisitId Visit, string Condition)> Failures { get; init; } = [];

    /// <summary>Why and when the course ended; null while it runs.</summary>
    public CourseEnd? Ended { get; init; }

    /// <summary>How many events it is made of.</summary>
    public int Events { get; init; }

    /// <summary>When the last event was.</summary>
    public LocalDateTime? LastAt { get; init; }

    /// <summary>The course as it begins.</summary>
    public static CourseState Begin(Course course) => new(course);

    /// <summary>The course after events; the first that cannot have happened is a mistake, and there is no state.</summary>
    public static Read<CourseState> After(Course course, IEnumerable<CourseEvent> events)
    {
        var state = new Read<CourseState>(Begin(course), []);
        foreach (var next in events)
        {
            if (state.Value is { } sofar)
            {
                state = sofar.After(next);
            }
        }

        return state;
    }

    /// <summary>The course after one more event. What cannot have happened is a mistake, whose line is the number of the event.</summary>
    public Read<CourseState> After(CourseEvent next) => Transitions.Apply(this, next);

    /// <summary>A visit.</summary>
    /// <exception cref="KeyNotFoundException">The course has no such visit.</exception>
    public VisitState Find(VisitId visit) => Visits[visit];

    /// <summary>What is known of a condition.</summary>
    public Truth IsTrue(string condition) => new Truths(this).Of(condition);

    /// <summary>The day on which a condition came true: that of the visit whose outcome made it true, or on which it was judged or brought about; null where it is not true.</summary>
    public LocalDate? CameTrueOn(string condition) => new TruthDays(this).Of(condition);

    internal CourseState With(VisitState visit) => this with { Visits = Visits.SetItem(visit.Id, visit) };

    internal CourseState With(IEnumerable<VisitState> visits) => this with { Visits = Visits.SetItems(visits.Select(v => KeyValuePair.Create(v.Id, v))) };
}

/// <summary>What was found of a condition other than by its outcomes.</summary>
/// <param name="Holds">Whether it holds.</param>
/// <param name="On">The day on which that was found.</param>
public readonly record struct Finding(bool Holds, LocalDate On);

/// <summary>The end of a course.</summary>
/// <param name="At">When.</param>
/// <param name="Because">Why.</param>
/// <param name="Rule">The event rule or condition of the day that ended it; null where all visits are over.</param>
public sealed record CourseEnd(LocalDateTime At, EndReason Because, string? Rule);

/// <summary>Why a course ended.</summary>
public enum EndReason
{
    /// <summary>All its visits are over.</summary>
    Done,

    /// <summary>A missed visit stopped it.</summary>
    Missed,

    /// <summary>A condition of the day stopped it.</summary>
    DayCondition,

    /// <summary>A result stopped it. Where the result is corrected, the course goes on.</summary>
    Result,

    /// <summary>The patient or the clinic stopped it.</summary>
    Withdrawn,
}
