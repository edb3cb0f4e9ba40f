namespace Scheduler.App.Reminders;

/// <summary>
/// Runs deliveries: it brings the keys of reminders to <see cref="Delivery"/>, soon, in any order, on any node. All that matters lives in the row of a reminder: an engine may lose a key, since what is
/// queued is handed over again when its time has run out, and may bring one twice, since only one claim of it holds.
/// </summary>
public interface IDeliveryEngine
{
    /// <summary>Takes keys over. It does not wait until they are delivered.</summary>
    /// <param name="keys">Keys of reminders; nothing else of them is known to the engine.</param>
    /// <param name="cancel">Gives up.</param>
    Task Hand(IReadOnlyList<long> keys, CancellationToken cancel);
}
