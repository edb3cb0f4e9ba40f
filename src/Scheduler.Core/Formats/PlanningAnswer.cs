using System.Collections.Immutable;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;

namespace Scheduler.Core.Formats;

/// <summary>A request with its outcome: what the formats write.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Outcome">What was answered.</param>
/// <param name="HasPatient">Whether a patient was named; without one, limits and wishes of nobody were planned for.</param>
public sealed record PlanningAnswer(PlanningRequest Request, Outcome Outcome, bool HasPatient)
{
    /// <summary>The course of which this is the rest; null for a new one.</summary>
    public Continuation? Course { get; init; }

    /// <summary>Why the first calendar has visits outside their allowed windows; null where it has none.</summary>
    public WhyOutside? Outside { get; init; }

    /// <summary>What would help where there is no calendar; empty also where nobody asked.</summary>
    public ImmutableArray<Relaxation> Relaxations { get; init; } = [];
}
