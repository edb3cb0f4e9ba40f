using System.Collections.Immutable;

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

/// <summary>Something that the patient is told about a visit.</summary>
/// <param name="Id">The id, unique in its visit type.</param>
/// <param name="When">When it is sent.</param>
/// <param name="By">By which channels, the preferred first; empty for the patient's own.</param>
/// <param name="Say">The text; null for the clinic's usual reminder.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record Message(string Id, MessageTime When, ImmutableArray<Channel> By, string? Say, Provenance Provenance);

/// <summary>When a message is sent. A closed set.</summary>
public abstract record MessageTime
{
    private MessageTime()
    {
    }

    /// <summary>So many days before the visit's date, at a time of the patient's day.</summary>
    /// <param name="Days">0 for the day itself.</param>
    /// <param name="At">Minutes from midnight.</param>
    public sealed record DaysBefore(int Days, int At) : MessageTime;

    /// <summary>So many minutes before the start.</summary>
    public sealed record MinutesBefore(int Minutes) : MessageTime;

    /// <summary>When the visit is booked.</summary>
    public sealed record WhenBooked : MessageTime;
}

/// <summary>How a message travels.</summary>
public enum Channel
{
    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>By text message.</summary>
    TextMessage,

    /// <summary>By phone: a call that staff make.</summary>
    Call,
}
