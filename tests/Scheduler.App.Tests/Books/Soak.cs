using System.Diagnostics;
using System.Globalization;
using Scheduler.App.Tests.Books.Deaths;
using Scheduler.App.Tests.Books.Models;
using Scheduler.App.Tests.Books.Races;
using Scheduler.App.Tests.Reminders.Sending;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books;

/// <summary>The long forms of what tests of the book show in short, run by hand: it prints figures, and fails where anything is found that must not be.</summary>
internal static class Soak
{
    private const int Clients = 64;

    private const int Requests = 10_000;

    /// <summary>How often a process is killed on SQLite; a fourth of that often on PostgreSQL, and the server as often.</summary>
    private const int Kills = 200;

    /// <summary>How many seeds the model is held against, and of how many operations each.</summary>
    private const int Seeds = 100;

    private const int Operations = 1_000;

    /// <summary>How many reminders are sent while processes are killed so often; while one is paused, a tenth, ten times.</summary>
    private const int Reminders = 20_000;

    private const int SendersKilled = 200;

    private const int StaleOnes = 1_000;

    /// <summary>Runs a part, or all; the exit code.</summary>
    /// <param name="words">The part, and how many requests, kills, reminders or seeds where the full figure is not wanted; behind reminders, how many kills; behind seeds, how many operations, and the first seed.</param>
    public static async Task<int> Run(IReadOnlyList<string> words)
    {
        int Number(int at, int full) => words.Count > at ? int.Parse(words[at], CultureInfo.InvariantCulture) : full;
        int Count(int full) => Number(1, full);
        switch (words)
        {
            case []:
                return await Races(Requests) & await Deaths(Kills) & await Model(1, Seeds, Operations) & await Sending(Reminders, SendersKilled) ? 0 : 1;
            case ["races", ..]:
                return await Races(Count(Requests)) ? 0 : 1;
            case ["deaths", ..]:
                return await Deaths(Count(Kills)) ? 0 : 1;
            case ["reminders", ..]:
                return await Sending(Count(Reminders), Number(2, SendersKilled)) ? 0 : 1;
            case ["model", ..]:
                return await Model(Number(3, 1), Count(Seeds), Number(2, Operations)) ? 0 : 1;
            default:
                Console.Error.WriteLine($"There is no '{words[0]}'; expected races, deaths, reminders or model, and how many.");
                return 2;
        }
    }

    private static async Task<bool> Races(int requests)
    {
        var holds = true;
        await using var server = await PostgresServer.StartAsync();
        foreach (var (name, place, processes) in new[] { ("SQLite", Folder(), 1), ("PostgreSQL", await Database(server), 1), ("PostgreSQL, two processes", await Database(server), 2) })
        {
            await using var book = place.Open();
            await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
            var proposals = await TalkClinic.Wanted(book, Race.Wishes(requests, seed: 1));
            var watch = new Stopwatch();
            var tally = processes == 1
                ? await Timed(watch, () => Race.Run(book.App, [.. proposals.Select(p => (p, p))], Clients))
                : await InProcesses(watch, place, processes);
            holds &= await Say($"race on {name}", $"{requests} requests of {Clients} clients in {Seconds(watch)} s, {requests / watch.Elapsed.TotalSeconds:0} a second: {tally}", [.. tally.Defects, .. await BookFaults.Of(book)]);
            Remove(place);
        }

        foreach (var (name, place) in new[] { ("SQLite", Folder()), ("PostgreSQL", await Database(server)) })
        {
            await using var book = place.Open();
            await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
            var proposal = (await TalkClinic.Wanted(book, Race.Wishes(1, seed: 1))).Single();
            var tally = await Race.Run(book.App, [.. Enumerable.Repeat((proposal, "K"), 1_000)], Clients);
            var visits = (await book.Rows<long>("select count(*) from booking")).Single();
            holds &= await Say($"the same key on {name}", $"{tally}; {visits} visits", [.. tally.Defects, .. tally.Booked == 1_000 && visits == 2 ? Array.Empty<string>() : ["not one booking"]]);
            Remove(place);
        }

        return holds;
    }

    private static async Task<bool> Deaths(int times)
    {
        var holds = true;
        await using var server = await PostgresServer.StartAsync();
        var folder = Folder();
        foreach (var (name, kills, of) in new (string, int, Func<int, Task<Killing>>)[]
        {
            ("processes that book on SQLite", times, kills => Killed(folder, k => k.OfProcesses(kills))),
            ("processes that book on PostgreSQL", times / 4, async kills => await Killed(await Database(server), k => k.OfProcesses(kills))),
            ("PostgreSQL while four clients book", times / 4, async kills => await Killed(await Database(server), k => k.OfServer(server, kills, clients: 4))),
        })
        {
            var report = (await of(kills)).Report;
            holds &= await Say(
                $"{kills} kills of {name}",
                $"{report.Told} courses acknowledged, {report.Untold} booked and not acknowledged, ready in {report.Slowest.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s at most",
                report.Faults);
        }

        Remove(folder);
        return holds;
    }

    private static async Task<bool> Model(int first, int seeds, int operations)
    {
        var holds = true;
        await using var server = await PostgresServer.StartAsync();
        var folder = Folder();
        foreach (var (name, newBook) in new (string, Func<Task<TestBook>>)[]
        {
            ("SQLite", () => Task.FromResult(NewBooks.Sqlite(Directory.CreateDirectory(Path.Combine(folder.Folder!, Path.GetRandomFileName())).FullName))),
            ("PostgreSQL", async () => (await Database(server)).Open()),
        })
        {
            foreach (var isSerial in new[] { true, false })
            {
                var watch = new Stopwatch();
                var (answers, faults) = await Timed(watch, () => ModelSoak.Run(newBook, Enumerable.Range(first, seeds), operations, isSerial));
                holds &= await Say($"model on {name}, {(isSerial ? "one after the other" : "8 workers")}", $"{seeds} seeds of {operations} operations in {Seconds(watch)} s: {string.Join(", ", answers.Select(a => $"{a.Key} {a.Value}"))}", faults);
            }
        }

        Remove(folder);
        return holds;
    }

    private static async Task<bool> Sending(int count, int kills)
    {
        var holds = true;
        await using var server = await PostgresServer.StartAsync();
        var folder = Folder();
        foreach (var (name, place) in new[] { ("SQLite", folder), ("PostgreSQL", await Database(server)) })
        {
            await using (var book = (place.Folder is { } there ? new(Directory.CreateDirectory(Path.Combine(there, "races")).FullName) : await Database(server)).Open())
            {
                var (stale, races, sent) = await new StaleRaces(await book.WithClinic()).Run(StaleOnes, seed: 1);
                holds &= await Say($"cancelled while reminded of on {name}", $"{races} races, {sent} sent before they were cancelled", [.. Enumerable.Repeat("sent after its visit was cancelled", stale)]);
            }

            holds &= await Sent($"{kills} kills of whoever sends {count} reminders on {name}", new Disturbed(place, count, seed: 1).Killed(kills));
        }

        holds &= await Sent($"two nodes send {count / 10} reminders, one stands still 10 times for longer than its claims hold", new Disturbed(await Database(server), count / 10, seed: 1).Paused(10));
        Remove(folder);
        return holds;

        async Task<bool> Sent(string what, Task<SendingReport> how)
        {
            var watch = new Stopwatch();
            var report = await Timed(watch, () => how);
            return await Say(what, $"{report.Sent} sent in {Seconds(watch)} s, {report.UnderWay} under way when somebody got in the way, {report.Twice} of these twice", report.Faults);
        }
    }

    private static async Task<Killing> Killed(BookPlace place, Func<Killing, Task> how)
    {
        var killing = new Killing(place, seed: 1);
        await how(killing);
        return killing;
    }

    private static async Task<Tally> InProcesses(Stopwatch watch, BookPlace place, int count)
    {
        var processes = new List<Process>();
        for (var part = 0; part < count; part++)
        {
            processes.Add(await BookingProcess.Start(place, BookingProcess.Racing, $"{part}", $"{count}", $"{Clients / count}"));
        }

        foreach (var process in processes)
        {
            _ = await process.StandardOutput.ReadLineAsync();
        }

        return await Timed<Tally>(watch, async () =>
        {
            var answers = await Task.WhenAll(processes.Select(async process =>
            {
                await process.StandardInput.WriteLineAsync();
                await process.StandardInput.FlushAsync();
                var said = await process.StandardOutput.ReadToEndAsync();
                await process.WaitForExitAsync();
                process.Dispose();
                return said;
            }));
            return new(System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
                StringComparer.Ordinal,
                string.Concat(answers).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 2)).GroupBy(l => l[1]).Select(g => KeyValuePair.Create(g.Key, g.Sum(l => int.Parse(l[0], CultureInfo.InvariantCulture))))));
        });
    }

    private static async Task<T> Timed<T>(Stopwatch watch, Func<Task<T>> what)
    {
        watch.Start();
        var result = await what();
        watch.Stop();
        return result;
    }

    private static async Task<bool> Say(string what, string figures, IReadOnlyCollection<string> faults)
    {
        await Console.Out.WriteLineAsync($"{what}: {figures}; {faults.Count} faults");
        foreach (var fault in faults.Take(20))
        {
            await Console.Out.WriteLineAsync($"  {fault}");
        }

        return faults.Count == 0;
    }

    private static BookPlace Folder() => new(Directory.CreateTempSubdirectory("scheduler-soak-").FullName);

    private static void Remove(BookPlace place)
    {
        if (place.Folder is { } folder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BookPlace> Database(PostgresServer server)
    {
        var owner = await server.NewDatabaseAsync("soak");
        return new(null, await server.NewRoleAsync(owner, "app"), owner);
    }

    private static string Seconds(Stopwatch watch) => watch.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
