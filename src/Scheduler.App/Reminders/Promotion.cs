using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reminders;

/// <summary>Has what falls due delivered: what has happened in courses is followed, what nobody brought to an end waits again, what is of no use expires, and the rest is handed to whatever delivers.</summary>
/// <param name="store">The book.</param>
/// <param name="clock">The time.</param>
/// <param name="following">Makes reminders.</param>
/// <param name="engine">Delivers them.</param>
public sealed class Promotion(Store store, IClock clock, Following following, IDeliveryEngine engine)
{
    /// <summary>How long the engine has until what was handed to it is handed over again: it may have died with it.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(5);

    /// <summary>How many are handed over at once.</summary>
    private const int AtOnce = 500;

    /// <summary>Does it once; how many were handed over.</summary>
    /// <exception cref="InvalidOperationException">Some courses could not be followed; all else was done.</exception>
    public async Task<int> Round(CancellationToken cancel = default)
    {
        var left = (await following.All(cancel)).Left;
        var now = clock.GetCurrentInstant();
        for (var all = 0; ;)
        {
            var queued = (await store.Write<Queued>(
                async book =>
                {
                    _ = await book.Sweep(now.ToUnixTimeSeconds());
                    _ = await book.Expire(now.ToUnixTimeSeconds());
                    return new Queued(await book.Queue(now.ToUnixTimeSeconds(), (now + Patience).ToUnixTimeSeconds(), AtOnce));
                },
                cancel)).Value!.Keys;
            if (queued.Count > 0)
            {
                await engine.Hand(queued, cancel);
            }

            all += queued.Count;
            if (queued.Count < AtOnce)
            {
                return left == 0 ? all : throw new InvalidOperationException("Some courses cannot be followed.");
            }
        }
    }

    private sealed record Queued(IReadOnlyList<long> Keys);
}
