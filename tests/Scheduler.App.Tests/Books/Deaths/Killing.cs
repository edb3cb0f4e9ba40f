using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Scheduler.App.Enrolments;
using Scheduler.App.Tests.Books.Races;
using Scheduler.App.Tests.Servers;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books.Deaths;

/// <summary>Kills whoever books in the middle of it, again and again, and looks each time at what is left.</summary>
/// <param name="place">The book.</param>
/// <param name="seed">Decides when.</param>
internal sealed class Killing(BookPlace place, int seed)
{
    private const int Talks = 6;
    private const int Rooms = 4;

    /// <summary>How many courses are proposed for each kill: more than are booked until then.</summary>
    private const int CoursesOfAKill = 8;

    private readonly Random random = new(seed);
    private readonly HashSet<string> told = [];
    private readonly List<string> faults = [];
    private int booked;

    /// <summary>What was found.</summary>
    public KillingReport Report => new([.. faults], told.Count, booked - told.Count, Slowest);

    private TimeSpan Slowest { get; set; }

    /// <summary>Kills so many processes that book, each after some bookings and some milliseconds.</summary>
    public async Task OfProcesses(int kills)
    {
        await Prepare(kills);
        for (var kill = 1; kill <= kills; kill++)
        {
            using var process = await BookingProcess.Start(place, BookingProcess.Verb);
            for (var left = random.Next(1, 4); left > 0; left--)
            {
                Tell(await process.StandardOutput.ReadLineAsync());
            }

            await Task.Delay(random.Next(0, 40));
            process.Kill();
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                Tell(line);
            }

            await process.WaitForExitAsync();
            await Look($"kill {kill}", kill % 20 == 0 || kill == kills);
        }
    }

    /// <summary>Kills the server so often, while several clients book; then all that was left unanswered is asked again under its key.</summary>
    public async Task OfServer(PostgresServer server, int kills, int clients)
    {
        await Prepare(kills);
        for (var kill = 1; kill <= kills; kill++)
        {
            var unanswered = new ConcurrentBag<string>();
            await using (var book = place.Open())
            {
                var open = new ConcurrentQueue<long>(await book.Rows<long>("select key from proposal order by key"));
                var some = new TaskCompletionSource();
                var wanted = random.Next(1, 4);
                var working = Enumerable.Range(0, clients).Select(_ => Task.Run(() => Accept(book, open, unanswered, () =>
                {
                    if (Interlocked.Decrement(ref wanted) == 0)
                    {
                        some.SetResult();
                    }
                }))).ToList();
                await Task.WhenAny(some.Task, Task.WhenAll(working));
                await Task.Delay(random.Next(0, 40));
                await server.KillAsync();
                await Task.WhenAll(working);
            }

            // Connections that are kept open lead to a server that is no more.
            Npgsql.NpgsqlConnection.ClearAllPools();
            var since = Stopwatch.StartNew();
            await server.RestartAsync();
            await Look($"kill {kill}", kill % 10 == 0 || kill == kills, since);
            await using var after = place.Open();
            foreach (var id in unanswered)
            {
                var answer = await after.App.Send(new Accept(id, id) { As = "root", Clinic = Clinic });
                Tell(answer.IsDone ? id : answer.Refusal.ToString());
            }
        }

        await Look("the end", whole: true);
    }

    /// <summary>Accepts one after another until the server is gone.</summary>
    private async Task Accept(TestBook book, ConcurrentQueue<long> open, ConcurrentBag<string> unanswered, Action done)
    {
        while (open.TryDequeue(out var key))
        {
            var id = $"P-{key}";
            try
            {
                var answer = await book.App.Send(new Accept(id, id) { As = "root", Clinic = Clinic });
                lock (told)
                {
                    Tell(answer.IsDone ? id : answer.Refusal.ToString());
                }

                done();
            }
            catch (Exception gone) when (gone is Npgsql.NpgsqlException or InvalidOperationException or IOException)
            {
                unanswered.Add(id);
                return;
            }
        }
    }

    private async Task Prepare(int kills)
    {
        await using var book = place.Open();
        await new TalkClinic(Rooms, Talks).Open(book);
        _ = await TalkClinic.Wanted(book, Enumerable.Range(0, kills * CoursesOfAKill).Select(n =>
            (IReadOnlyList<(int, NodaTime.LocalDateTime)>)[.. Enumerable.Range(0, Talks).Select(t => (1 + (n % Rooms), TalkClinic.Start((n / 36 * Talks) + t, n / Rooms % 9 * 2)))]));
    }

    /// <summary>Whoever was told that a course is booked goes on from there.</summary>
    private void Tell(string? line)
    {
        if (line is null || !line.StartsWith("P-", StringComparison.Ordinal))
        {
            faults.Add($"the process said '{line}'");
        }
        else if (!told.Add(line))
        {
            faults.Add($"{line} was booked twice");
        }
    }

    /// <summary>Looks at the book as somebody who has never seen it.</summary>
    private async Task Look(string when, bool whole, Stopwatch? since = null)
    {
        var watch = since ?? Stopwatch.StartNew();
        await using var book = place.Open();
        var visits = (await book.Rows<Course>("select enrolment, count(*) as visits from booking group by enrolment")).ToDictionary(c => $"P-{c.Enrolment}", c => c.Visits);
        Slowest = watch.Elapsed > Slowest ? watch.Elapsed : Slowest;
        booked = visits.Count;
        faults.AddRange(visits.Where(v => v.Value != Talks).Select(v => $"{when}: {v.Key} has {v.Value} visits"));
        faults.AddRange(told.Where(t => !visits.ContainsKey(t)).Select(t => $"{when}: {t} is lost"));
        if (whole)
        {
            faults.AddRange((await BookFaults.Of(book)).Select(f => $"{when}: {f}"));
        }
    }

    private sealed record Course(long Enrolment, long Visits);
}

/// <summary>What came of many kills.</summary>
/// <param name="Faults">What must not be.</param>
/// <param name="Told">How many courses somebody was told are booked.</param>
/// <param name="Untold">How many are booked of which nobody was told, since whoever was to tell was killed.</param>
/// <param name="Slowest">The longest time from opening the book after a kill, or from starting the server that was killed, to the first answer.</param>
internal sealed record KillingReport(ImmutableArray<string> Faults, int Told, int Untold, TimeSpan Slowest);
