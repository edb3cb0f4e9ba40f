namespace Scheduler.Core.Protocols;

/// <summary>What must be so on the day of a visit, such as an escort home.</summary>
/// <param name="Id">The id, unique in its visit type.</param>
/// <param name="Means">What it is, in a sentence.</param>
/// <param name="IfNot">What happens where it is not.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record DayCondition(string Id, string Means, FailedCondition IfNot, Provenance Provenance);

/// <summary>What a failed condition does.</summary>
public enum FailedCondition
{
    /// <summary>The visit is not held, and placed again inside the rules.</summary>
    Hold,

    /// <summary>The visit goes on, and the failure is recorded.</summary>
    GoOn,

    /// <summary>The course ends.</summary>
    StopCourse,
}
