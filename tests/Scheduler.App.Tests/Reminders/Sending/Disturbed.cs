using System.Diagnostics;
using NodaTime;
using Scheduler.App.Jobs;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Books.Deaths;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Reminders.Sending;

/// <summary>
/// Has processes send many reminders to a mail server that keeps what it takes, gets in their way again and again, and looks what the mail server has in the end: each reminder, and none twice but those that were under way
/// just then.
/// </summary>
/// <param name="place">A book that is empty.</param>
/// <param name="count">How many reminders.</param>
/// <param name="seed">Decides when.</param>
internal sealed class Disturbed(BookPlace place, int count, int seed)
{
    /// <summary>After so much of a process's time what it had claimed is free for others.</summary>
    private static readonly Duration Freed = App.Reminders.Delivery.Lease + Duration.FromSeconds(10);

    /// <summary>How fast the clocks of processes go of which one is paused, so that a claim runs out in seconds.</summary>
    private const double Fast = 20;

    /// <summary>A moment at which nothing is due yet.</summary>
    private const long Never = 99_999_999_999;

    /// <summary>How long the mail server takes for each where two processes are to share the work.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    private readonly Random random = new(seed);
    private readonly List<string> taken = [];
    private readonly HashSet<string> underWay = [];
    private readonly List<string> faults = [];

    /// <summary>Kills whoever sends, so often.</summary>
    public async Task<SendingReport> Killed(int times)
    {
        await using var book = place.Open();
        await ManyReminders.Fill(book, count);
        await using var server = new SmtpListener();
        var now = ManyReminders.Morning;
        for (var kill = 1; kill <= times + 1; kill++)
        {
            using var process = await SendingProcess.Start(place, server.Port, $"node-{kill}", now);
            var since = Stopwatch.StartNew();
            if (kill > times)
            {
                await Until(book, server, async () => await Left(book) == 0);
            }
            else
            {
                var upTo = Math.Min(count, (int)((long)count * kill / times) - random.Next(count / times / 2));
                await Until(book, server, () => Task.FromResult(taken.Count >= upTo));
                await Task.Delay(random.Next(0, 40));
            }

            process.Kill();
            await process.WaitForExitAsync();
            await NoteUnderWay(book, "");
            now += Duration.FromTimeSpan(since.Elapsed) + Freed;
        }

        return await Report(book, server, times);
    }

    /// <summary>Has two processes share the work of a slow mail server, and stops one of them again and again, in the middle of sending, for longer than its claims hold. Some more falls due after each time.</summary>
    public async Task<SendingReport> Paused(int times)
    {
        await using var book = place.Open();
        await ManyReminders.Fill(book, count);
        var keys = await book.Rows<long>("select key from reminder where state = 'waiting' order by key");
        var some = keys.Chunk((keys.Count + times) / (times + 1)).ToList();
        await book.Do("update reminder set next_try = @Never where state = 'waiting' and key > @last", new { Never, last = some[0][^1] });
        await using var server = new SmtpListener
        {
            Data = async stop =>
            {
                await Task.Delay(Slow, stop);
                return "250 fine";
            },
        };
        using var steady = await SendingProcess.Start(place, server.Port, "steady", ManyReminders.Morning, Fast);
        using var paused = await SendingProcess.Start(place, server.Port, "paused", ManyReminders.Morning, Fast);
        foreach (var next in some[1..])
        {
            await Until(book, server, async () => await Count(book, "state = 'claimed' and claimed_by like 'paused/%'") > 0);
            await Task.Delay(random.Next(0, 40));
            await Signal("STOP", paused);
            await NoteUnderWay(book, "paused");
            await Task.Delay((Freed / Fast * 1.5).ToTimeSpan());
            await Signal("CONT", paused);
            await Until(book, server, async () => await Count(book, $"state in ('waiting', 'queued', 'claimed') and next_try <> {Never}") == 0);
            await book.Do("update reminder set next_try = due_at where key >= @first and key <= @last", new { first = next[0], last = next[^1] });
        }

        await Until(book, server, async () => await Left(book) == 0);
        foreach (var process in new[] { steady, paused })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        return await Report(book, server, times);
    }

    private static Task<int> Left(TestBook book) => Count(book, "state in ('waiting', 'queued', 'claimed')");

    private static async Task<int> Count(TestBook book, string where) => (int)(await book.Rows<long>($"select count(*) from reminder where {where}")).Single();

    private async Task NoteUnderWay(TestBook book, string node) =>
        underWay.UnionWith(await book.Rows<string>("select message_id from reminder where state = 'claimed' and claimed_by like @by", new { by = $"{node}%" }));

    /// <summary>Waits; where nothing comes any more for minutes, that is a fault and the end of waiting.</summary>
    private async Task Until(TestBook book, SmtpListener server, Func<Task<bool>> holds)
    {
        for (var (still, before) = (Stopwatch.StartNew(), -1); !await holds(); await Task.Delay(20))
        {
            Take(server);
            if (taken.Count != before)
            {
                before = taken.Count;
                still.Restart();
            }
            else if (still.Elapsed > TimeSpan.FromMinutes(3))
            {
                faults.Add($"nothing was sent for 3 min, with {await Left(book)} left");
                return;
            }
        }

        Take(server);
    }

    private void Take(SmtpListener server)
    {
        while (server.Taken.TryDequeue(out var mail))
        {
            const string Heading = "Message-ID: <";
            var at = mail.IndexOf(Heading, StringComparison.OrdinalIgnoreCase) + Heading.Length;
            taken.Add(mail[at..mail.IndexOf('>', at)]);
        }
    }

    private async Task<SendingReport> Report(TestBook book, SmtpListener server, int disturbed)
    {
        Take(server);
        var all = (await book.Rows<string>("select message_id from reminder where state <> 'dead'")).ToHashSet();
        var times = taken.GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        faults.AddRange(all.Where(id => !times.ContainsKey(id)).Select(id => $"{id} was never sent"));
        faults.AddRange(times.Keys.Where(id => !all.Contains(id)).Select(id => $"{id} is none of ours"));
        faults.AddRange(times.Where(t => t.Value > 1 && !underWay.Contains(t.Key)).Select(t => $"{t.Key} was sent {t.Value} times and was not under way"));

        // More are claimed than are on their way: only these may go out twice.
        if (times.Count(t => t.Value > 1) is var twice && twice > disturbed * ClinicClock.OfChannel)
        {
            faults.Add($"{twice} were sent twice, of {disturbed * ClinicClock.OfChannel} at most that were on their way");
        }

        if (await Count(book, "state = 'sent'") is var sent && sent != count)
        {
            faults.Add($"{sent} of {count} are sent in the book");
        }

        return new([.. faults], times.Count, times.Count(t => t.Value > 1), underWay.Count);
    }

    private static async Task Signal(string signal, Process to)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{to.Id}"]) { UseShellExecute = false })!;
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
