using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.App.Reminders;

/// <summary>
/// Runs deliveries: it brings what it is handed to <see cref="Delivery.Some"/>, soon, in any order, on any node. All that matters lives in the row of a reminder: an engine may lose some, since what is queued is handed
/// over again when its time has run out, and may bring some twice, since only one claim of each holds.
/// </summary>
public interface IDeliveryEngine
{
    /// <summary>Takes reminders over. It does not wait until they are delivered; those of one channel should not wait for those of another.</summary>
    /// <param name="handed">The reminders.</param>
    /// <param name="cancel">Gives up.</param>
    Task Hand(Handed handed, CancellationToken cancel);
}

/// <summary>Reminders handed to an engine; nothing else of them is known to it.</summary>
/// <param name="Channel">The channel that carries them all.</param>
/// <param name="Keys">Their keys.</param>
/// <param name="Until">From when on they are handed over again, so that bringing them is of no use.</param>
public sealed record Handed(string Channel, IReadOnlyList<long> Keys, Instant Until)
{
    /// <summary>The channels that there are.</summary>
    public static ImmutableArray<string> Channels { get; } = ["mail", "sms"];
}
