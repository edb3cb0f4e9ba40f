using System.Collections.Immutable;

namespace Scheduler.Core.Messaging;

/// <summary>Something that the patient is told about a visit.</summary>
/// <param name="Id">The id, unique in its visit type, or among the usual messages of its clinic.</param>
/// <param name="When">When it is sent.</param>
/// <param name="By">By which channels, the preferred first; empty for the patient's own.</param>
/// <param name="Say">What it says besides where and when the visit is; null for nothing.</param>
/// <param name="Provenance">Where it comes from.</param>
public sealed record Message(string Id, MessageTime When, ImmutableArray<Channel> By, Saying? Say, Provenance Provenance);

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
