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
    /// <summary>Where it is counted how that ends.</summary>
    public DeliveryMeter Meter { get; init; } = DeliveryMeter.Usual;

    /// <summary>Nothing leaves it.</summary>
    public static Outgoing Nowhere { get; } = new([], null, "nowhere");
}

/// <summary>The parts of the reminder side over one book, put together in one place.</summary>
/// <param name="Following">Makes reminders.</param>
/// <param name="Staff">Makes those of staff.</param>
/// <param name="Messages">Words them.</param>
/// <param name="Delivery">Sends them.</param>
/// <param name="Answering">Takes the answers.</param>
/// <param name="Watching">Looks at how they stand.</param>
public sealed record ReminderParts(Following Following, StaffFollowing Staff, MessageReader Messages, Delivery Delivery, Answering Answering, Watching Watching)
{
    /// <summary>Makes, within a transaction, what would be made next.</summary>
    internal async Task Follow(BookTransaction book)
    {
        await Following.Within(book);
        await Staff.Within(book);
    }

    /// <summary>Puts them together.</summary>
    public static ReminderParts Of(Store store, Library library, IClock clock, ISecrets secrets, Outgoing outgoing)
    {
        var messages = new MessageReader(library, outgoing.Site);
        return new(
            new(store, library, clock, secrets), new(store, library, clock, secrets), messages, new(store, clock, messages, outgoing), new(store, library, clock), new(store, clock));
    }
}
