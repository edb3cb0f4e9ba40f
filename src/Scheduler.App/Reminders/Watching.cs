using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reminders;

/// <summary>Looks at how reminders stand, for whoever watches from outside: numbers, and nothing of anybody.</summary>
/// <param name="store">The book.</param>
/// <param name="clock">The time.</param>
public sealed class Watching(Store store, IClock clock)
{
    /// <summary>From when on something is wrong where a reminder is due and has not gone out: promotion looks every few seconds, a gateway may take its time, and what a node that is gone had is handed over again within <see cref="Promotion.Patience"/>.</summary>
    public static readonly Duration Late = Promotion.Patience * 2;

    /// <summary>Whether something is wrong.</summary>
    public async Task<bool> IsLate(CancellationToken cancel = default) =>
        await store.Read(book => book.LongestDue(clock.GetCurrentInstant().ToUnixTimeSeconds()), cancel) is { } at && clock.GetCurrentInstant() - Instant.FromUnixTimeSeconds(at) > Late;

    /// <summary>Looks.</summary>
    public Task<RemindersSeen> Look(CancellationToken cancel = default) => store.Read(
        async book =>
        {
            var now = clock.GetCurrentInstant();
            var due = await book.LongestDue(now.ToUnixTimeSeconds());
            return new RemindersSeen((await book.CountsByState()).ToImmutableDictionary(c => c.State, c => c.Count), due is { } at ? now - Instant.FromUnixTimeSeconds(at) : null);
        },
        cancel);
}

/// <summary>How reminders stand.</summary>
/// <param name="ByState">How many there are in each state.</param>
/// <param name="OldestDue">For how long the one has been due that has been due longest, has not gone out and is still of use; null where there is none. One that waits for quiet hours to end is not due.</param>
public sealed record RemindersSeen(ImmutableDictionary<string, long> ByState, Duration? OldestDue);
