using NodaTime;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reminders;

/// <summary>What became of a reminder.</summary>
public enum Delivered
{
    /// <summary>Somebody else has it, or it is not due.</summary>
    NotOurs,

    /// <summary>It went out.</summary>
    Sent,

    /// <summary>What it would say is true no more, or the patient wants no messages: it was not sent.</summary>
    Stale,

    /// <summary>It is of no use any more.</summary>
    Expired,

    /// <summary>It waits until quiet hours end.</summary>
    PutOff,

    /// <summary>It will be tried again.</summary>
    ToBeTriedAgain,

    /// <summary>It can never be delivered.</summary>
    Failed,

    /// <summary>Whoever claimed it took too long, and left it to others.</summary>
    LeftToOthers,
}

/// <summary>
/// Delivers reminders: claims a few for a while, and for each looks again whether it is still true, sends it with less time than is left, and says that it was sent. Nothing is lost. It goes out twice only where the
/// process ends between the moment at which it was taken over and that at which we say so; it then bears the same message id.
/// </summary>
/// <param name="store">The book.</param>
/// <param name="clock">The time.</param>
/// <param name="messages">What is said.</param>
/// <param name="outgoing">The ways on which messages go out, and who delivers: another name for each process.</param>
public sealed class Delivery(Store store, IClock clock, MessageReader messages, Outgoing outgoing)
{
    private long claims;

    /// <summary>For how long reminders are claimed.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(2);

    /// <summary>How many are claimed in one transaction: enough that claiming costs little beside sending, and few enough that what a process leaves behind that is gone is few.</summary>
    private const int ClaimedTogether = 10;

    /// <summary>For how long sending may take.</summary>
    public static readonly Duration SendsWithin = Duration.FromSeconds(30);

    /// <summary>How late one may be that is sent in quiet hours, since it was due as they begin.</summary>
    private static readonly Duration InTime = Duration.FromMinutes(15);

    /// <summary>The longest wait until it is tried again.</summary>
    private static readonly Duration LongestWait = Duration.FromMinutes(30);

    /// <summary>Delivers what is due, each channel beside the others; how much ended how.</summary>
    /// <param name="most">How many of each channel.</param>
    /// <param name="together">How many of each are sent at once.</param>
    /// <param name="cancel">Ends it between two.</param>
    public async Task<IReadOnlyDictionary<Delivered, int>> Due(int most, int together, CancellationToken cancel = default)
    {
        var now = clock.GetCurrentInstant();
        var queued = await store.Write<Queued>(async book =>
        {
            _ = await book.Sweep(now.ToUnixTimeSeconds());
            var all = new List<IReadOnlyList<long>>();
            foreach (var channel in await book.ChannelsDue(now.ToUnixTimeSeconds()))
            {
                all.Add(await book.Queue(channel, now.ToUnixTimeSeconds(), (now + Promotion.Patience).ToUnixTimeSeconds(), most, int.MaxValue));
            }

            return new Queued(all);
        }, cancel);
        var ends = new System.Collections.Concurrent.ConcurrentBag<Delivered>();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = together, CancellationToken = cancel };
        await Task.WhenAll(queued.Value!.Channels.Select(keys => Parallel.ForEachAsync(keys, atOnce, async (key, stop) => ends.Add(await One(key, stop)))));
        return ends.GroupBy(e => e).ToDictionary(g => g.Key, g => g.Count());
    }

    /// <summary>Delivers some, one after the other, as an engine brings them; those are left that are handed over again meanwhile.</summary>
    /// <param name="keys">Their keys.</param>
    /// <param name="until">From when on they are handed over again.</param>
    /// <param name="cancel">Ends it between two.</param>
    public async Task Some(IEnumerable<long> keys, Instant until, CancellationToken cancel = default)
    {
        foreach (var some in keys.Chunk(ClaimedTogether))
        {
            if (clock.GetCurrentInstant() >= until)
            {
                return;
            }

            _ = await Claimed(some, cancel);
        }
    }

    /// <summary>Delivers one, if it is due and nobody else has it.</summary>
    public async Task<Delivered> One(long key, CancellationToken cancel = default) => (await Claimed([key], cancel)).FirstOrDefault(Delivered.NotOurs);

    /// <summary>Claims those of some that are due and that nobody else has, and delivers them one after the other; how each ended. What it does not begin with, since it ends or the claim does soon, it gives back.</summary>
    private async Task<IReadOnlyList<Delivered>> Claimed(IReadOnlyCollection<long> keys, CancellationToken cancel)
    {
        // Each claim has a name of its own: what one who stood still says of it does not count for another of the same process.
        var (by, now, ends) = ($"{outgoing.Node}/{Interlocked.Increment(ref claims)}", clock.GetCurrentInstant(), new List<Delivered>());
        var until = now + Lease;
        var ours = (await store.Write<List<long>>(async book => await book.Claim(keys, by, now.ToUnixTimeSeconds(), until.ToUnixTimeSeconds()), cancel)).Value!;
        var begun = 0;
        try
        {
            while (begun < ours.Count && !cancel.IsCancellationRequested && clock.GetCurrentInstant() + SendsWithin < until)
            {
                ends.Add(await One(ours[begun++], by, until));
            }
        }
        finally
        {
            await GiveBack(ours[begun..], by);
        }

        return ends;
    }

    private async Task GiveBack(IReadOnlyCollection<long> keys, string by)
    {
        try
        {
            _ = keys.Count > 0 && await Done(async book => await book.GiveBack(keys, by) > 0);
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            // They come back by themselves when the claim has run out. What kept them from being delivered is what is to be told.
        }
    }

    /// <summary>Delivers one that is claimed. What is begun is brought to an end, whoever wants to end: it takes no longer than sending may.</summary>
    private async Task<Delivered> One(long key, string by, Instant until)
    {
        OutgoingMessage message;
        try
        {
            message = await store.Read(book => messages.Read(book, key));
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            // A protocol or a file of a clinic that cannot be read any more, say: it holds up no other.
            return await Done(book => book.TryLater(key, by, "what it says cannot be read", (clock.GetCurrentInstant() + LongestWait).ToUnixTimeSeconds())) ? Delivered.ToBeTriedAgain : Delivered.LeftToOthers;
        }

        var now = clock.GetCurrentInstant();
        if (message.Envelope is not { } envelope)
        {
            return await Unsent(key, by, "dead", Delivered.Stale);
        }

        if (now >= message.UsefulUntil)
        {
            return await Unsent(key, by, "expired", Delivered.Expired);
        }

        // What comes late, since something was down, keeps quiet hours too, where it is of use after them.
        if (now > message.Due + InTime && message.QuietUntil(now) is var later && later > now && later < message.UsefulUntil)
        {
            return await Done(book => book.PutOff(key, by, later.ToUnixTimeSeconds())) ? Delivered.PutOff : Delivered.LeftToOthers;
        }

        // Whoever stood still for long leaves it to others: they may have it already.
        if (now + SendsWithin >= until)
        {
            await GiveBack([key], by);
            return Delivered.LeftToOthers;
        }

        if (outgoing.Channels.FirstOrDefault(c => c.Carries == message.Channel) is not { } channel)
        {
            outgoing.Meter.Count(message.Channel, Delivered.Failed);
            return await End(key, by, "failed", "nothing carries that here", Delivered.Failed);
        }

        var end = await Send(channel, envelope) switch
        {
            Handover.Accepted => await End(key, by, "sent", null, Delivered.Sent),
            Handover.Refused refused => await End(key, by, "failed", refused.Why, Delivered.Failed),
            Handover.Failed failed => await Done(book => book.TryLater(key, by, failed.Why, NextTry(key, message).ToUnixTimeSeconds()))
                ? Delivered.ToBeTriedAgain : Delivered.LeftToOthers,
            var other => throw new InvalidOperationException($"A kind of handover without a case here: {other}."),
        };
        outgoing.Meter.Count(channel.Carries, end);
        return end;
    }

    /// <summary>When one that was not taken is tried again: once more before it is of no use, where that is near.</summary>
    private Instant NextTry(long key, OutgoingMessage message)
    {
        var (now, next) = (clock.GetCurrentInstant(), clock.GetCurrentInstant() + WaitAfter(key, message.Tries));
        var last = message.UsefulUntil - SendsWithin;
        return next < last ? next : last > now + SendsWithin ? last : next;
    }

    /// <summary>How long to wait after so many tries: longer each time, and not the same for all, so that not everything comes back at one moment.</summary>
    internal static Duration WaitAfter(long key, long tries)
    {
        var seconds = Math.Min(LongestWait.TotalSeconds, 30 * Math.Pow(2, Math.Min(tries, 10) - 1));
        return Duration.FromSeconds(seconds * (0.75 + (key * 2_654_435_761L % 1_000 / 2_000.0)));
    }

    private static async Task<Handover> Send(IChannel channel, Envelope envelope)
    {
        using var within = new CancellationTokenSource(SendsWithin.ToTimeSpan());
        try
        {
            return await channel.Send(envelope, within.Token);
        }
        catch (OperationCanceledException) when (within.IsCancellationRequested)
        {
            return new Handover.Failed("it took too long");
        }
    }

    private async Task<Delivered> End(long key, string by, string state, string? problem, Delivered end) =>
        await Done(book => book.End(key, by, state, problem, clock.GetCurrentInstant().ToUnixTimeSeconds())) ? end : Delivered.LeftToOthers;

    /// <summary>Ends one of which nobody has been told anything, and has its course followed again: what was to be sent in its place was not made while it looked as if it were on its way.</summary>
    private async Task<Delivered> Unsent(long key, string by, string state, Delivered end) => await Done(async book =>
    {
        await book.RemindAnew(key);
        return await book.EndUnsent(key, by, state, clock.GetCurrentInstant().ToUnixTimeSeconds());
    }) ? end : Delivered.LeftToOthers;

    private async Task<bool> Done(Func<BookTransaction, Task<bool>> work) =>
        await store.Write<Changed>(async book => new Changed(await work(book))) is { IsDone: true, Value: { Is: true } };

    private sealed record Changed(bool Is);

    private sealed record Queued(IReadOnlyList<IReadOnlyList<long>> Channels);
}
