using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;

namespace Scheduler.App.Reminders;

/// <summary>How messages leave this process.</summary>
/// <param name="Channels">The ways on which they go out, one for each thing that is carried.</param>
/// <param name="Site">Where patients answer; null where there is no page for that.</param>
/// <param name="Node">What this process is called beside others of the same book.</param>
public sealed record Outgoing(IReadOnlyList<IChannel> Channels, Uri? Site, string Node)
{
    /// <summary>Nothing leaves it.</summary>
    public static Outgoing Nowhere { get; } = new([], null, "nowhere");
}

/// <summary>The parts of the reminder side over one book, put together in one place.</summary>
/// <param name="Following">Makes reminders.</param>
/// <param name="Staff">Makes those of staff.</param>
/// <param name="Messages">Words them.</param>
/// <param name="Delivery">Sends them.</param>
/// <param name="Answering">Takes the answers.</param>
public sealed record ReminderParts(Following Following, StaffFollowing Staff, MessageReader Messages, Delivery Delivery, Answering Answering)
{
    /// <summary>Puts them together.</summary>
    public static ReminderParts Of(Store store, Library library, IClock clock, ISecrets secrets, Outgoing outgoing)
    {
        var messages = new MessageReader(library, outgoing.Site);
        return new(
            new(store, library, clock, secrets), new(store, library, clock, secrets), messages, new(store, clock, messages, outgoing.Channels, outgoing.Node), new(store, library, clock));
    }
}
