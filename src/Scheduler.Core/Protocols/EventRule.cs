using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <summary>What to do when life happens. A closed set.</summary>
/// <param name="Id">The id, unique among rules and events.</param>
/// <param name="Visits">The visits that it is about.</param>
/// <param name="Provenance">Where it comes from.</param>
public abstract record EventRule(string Id, ImmutableArray<VisitId> Visits, Provenance Provenance)
{
    /// <summary>A visit was missed: nobody came, or it was called off too late to be moved.</summary>
    /// <param name="Id">The id, unique among rules and events.</param>
    /// <param name="Visits">The visits that it is about.</param>
    /// <param name="Provenance">Where it comes from.</param>
    /// <param name="Then">What follows.</param>
    /// <param name="AtMost">How often that is done in a course; null for always.</param>
    /// <param name="Otherwise">What follows when it was done so often, or cannot be done.</param>
    public sealed record Missed(string Id, ImmutableArray<VisitId> Visits, Provenance Provenance, Remedy Then, int? AtMost, Remedy? Otherwise)
        : EventRule(Id, Visits, Provenance)
    {
        /// <summary>The condition that must be known to be true besides; null where missing the visit is enough.</summary>
        public string? And { get; init; }
    }

    /// <summary>A condition came true.</summary>
    /// <param name="Id">The id, unique among rules and events.</param>
    /// <param name="When">The condition.</param>
    /// <param name="Visits">The visits that are released where they have not been held yet; none where the course stops.</param>
    /// <param name="Provenance">Where it comes from.</param>
    /// <param name="Then">What follows, for as long as the condition is known to be true.</param>
    public sealed record Result(string Id, string When, ImmutableArray<VisitId> Visits, Provenance Provenance, ResultRemedy Then)
        : EventRule(Id, Visits, Provenance);

    /// <summary>The patient came late.</summary>
    /// <param name="Id">The id, unique among rules and events.</param>
    /// <param name="Visits">The visits that it is about.</param>
    /// <param name="Provenance">Where it comes from.</param>
    /// <param name="ByMoreThanMinutes">How late is no matter, in minutes.</param>
    /// <param name="Then">What follows beyond that.</param>
    public sealed record Late(string Id, ImmutableArray<VisitId> Visits, Provenance Provenance, int ByMoreThanMinutes, LateRemedy Then)
        : EventRule(Id, Visits, Provenance);
}

/// <summary>What follows a missed visit. A closed set.</summary>
public abstract record Remedy
{
    private Remedy()
    {
    }

    /// <summary>The visit is placed again and the rest follows it; the rhythm of the series counts anew from it.</summary>
    public sealed record ShiftTheRest : Remedy;

    /// <summary>The visit is placed again so many days after its date at most; the others stay inside their rules.</summary>
    /// <param name="Days">From 1.</param>
    public sealed record MakeUp(int Days) : Remedy;

    /// <summary>The course goes on without it.</summary>
    public sealed record Skip : Remedy;

    /// <summary>All visits of a phase are placed again, from the first.</summary>
    /// <param name="Phase">The id of the phase.</param>
    public sealed record RepeatPhase(string Phase) : Remedy;

    /// <summary>A condition comes true, on which the visits of an earlier frequency depend.</summary>
    /// <param name="Condition">The id of the condition.</param>
    public sealed record BackTo(string Condition) : Remedy;

    /// <summary>All visits are placed again, from the first.</summary>
    public sealed record RestartCourse : Remedy;

    /// <summary>The visits that are left are released.</summary>
    public sealed record StopCourse : Remedy;
}

/// <summary>What follows when a condition came true.</summary>
public enum ResultRemedy
{
    /// <summary>All visits that are left are released, and the course is over.</summary>
    StopCourse,

    /// <summary>Those visits of the rule that have not been held yet are released; the course goes on.</summary>
    ReleaseTheRest,
}

/// <summary>What follows when the patient comes too late.</summary>
public enum LateRemedy
{
    /// <summary>The visit begins later if that still fits; else it is held over.</summary>
    TodayIfItFits,

    /// <summary>The visit is not held, and placed again inside the rules.</summary>
    Hold,

    /// <summary>The visit goes on as planned.</summary>
    GoOn,
}
