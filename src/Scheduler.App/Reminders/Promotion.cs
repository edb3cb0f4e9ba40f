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

    /// <summary>How many of a channel an engine has at most: what keeps waiting for a slow gateway waits in the book, where it can still change.</summary>
    private const int Most = 2_000;

    /// <summary>Does it once; how many were handed over.</summary>
    /// <exception cref="InvalidOperationException">Some courses could not be followed; all else was done.</exception>
    public async Task<int> Round(CancellationToken cancel = default)
    {
        var left = (await following.All(cancel)).Left;
        var now = clock.GetCurrentInstant();
        var until = now + Patience;
        var queued = (await store.Write<Queued>(
            async book =>
            {
                _ = await book.Sweep(now.ToUnixTimeSeconds());
                _ = await book.Expire(now.ToUnixTimeSeconds());
                var all = new List<Handed>();
                foreach (var channel in await book.ChannelsDue(now.ToUnixTimeSeconds()))
                {
                    all.Add(new(channel, await book.Queue(channel, now.ToUnixTimeSeconds(), until.ToUnixTimeSeconds(), Most, Most), until));
                }

                return new Queued(all);
            },
            cancel)).Value!.All;
        await Task.WhenAll(queued.Where(q => q.Keys.Count > 0).Select(some => engine.Hand(some, cancel)));
        return left == 0 ? queued.Sum(q => q.Keys.Count) : throw new InvalidOperationException("Some courses cannot be followed.");
    }

    private sealed record Queued(IReadOnlyList<Handed> All);
}
