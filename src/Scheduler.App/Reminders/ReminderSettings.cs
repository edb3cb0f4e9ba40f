using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Reminders;

/// <summary>What a clinic says in its messages, and how it sends them.</summary>
/// <param name="Clinic">What the clinic is called in messages; nothing about what it treats.</param>
/// <param name="Phone">The number to call.</param>
/// <param name="Sender">The address from which mail comes.</param>
public sealed record ReminderSettings(string Clinic, string Phone, string Sender)
{
    /// <summary>When nothing is sent where a protocol says nothing of it; null for never.</summary>
    public QuietHours? Quiet { get; init; } = new(20 * 60, 8 * 60);

    /// <summary>What is sent of visits of which their protocol says nothing: that they are booked, and a reminder the evening before.</summary>
    public ImmutableArray<Message> Usual { get; init; } =
    [
        new("booked", new MessageTime.WhenBooked(), [], null, Provenance.None), new("evening-before", new MessageTime.DaysBefore(1, 18 * 60), [], null, Provenance.None),
    ];

    /// <summary>The domain of the sender, by which messages are named.</summary>
    public string Domain => Sender[(Sender.IndexOf('@', StringComparison.Ordinal) + 1)..];
}

/// <summary>Kinds of reminders that no protocol names.</summary>
internal static class ReminderKinds
{
    /// <summary>The visit is at another time.</summary>
    public const string Moved = "moved!";

    /// <summary>The visit is off.</summary>
    public const string CalledOff = "off!";
}
