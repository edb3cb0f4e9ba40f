using System.Data.Common;
using System.Diagnostics;
using System.Runtime.Versioning;
using Dapper;
using Microsoft.Data.Sqlite;
using NodaTime;
using Scheduler.App;
using Scheduler.App.Jobs;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Reminders.Sending;
using Scheduler.App.Tests.Servers;

namespace Scheduler.Benchmarks.Reminders;

/// <summary><c>bench reminders</c>: many reminders that are due at one minute, sent to a mail server of loopback by a clinic's clock; and, in the same run, by a bare loop that knows all messages beforehand, sends them and
/// writes the same rows: that a reminder is claimed, and that it is sent, in a transaction each.</summary>
[SupportedOSPlatform("linux")]
internal static class ReminderRun
{
    /// <summary>How many are due.</summary>
    public const int Usual = 10_000;

    /// <summary>How many the bare loop sends at once: as many as a node sends of a channel.</summary>
    private const int Together = 10;

    private static readonly NodaTime.Duration Lease = Delivery.Lease;

    /// <summary>Prints the table.</summary>
    public static async Task Run(int count)
    {
        await using var server = await PostgresServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("scheduler-bench-");
        Console.WriteLine("| store | reminders | sent a second | bare loop | ratio | the last one after |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (name, place) in new (string, Func<string, Task<(TestBook Book, Stores Place)>>)[]
        {
            ("SQLite", part => Task.FromResult(Sqlite(folder.CreateSubdirectory(part).FullName))),
            ("PostgreSQL", async part => await Postgres(server, part)),
        })
        {
            var ours = await Ours(await place("ours"), count);
            var bare = await Bare(await place("bare"), count);
            Console.WriteLine(FormattableString.Invariant($"| {name} | {count:N0} | {count / ours:0} | {count / bare:0} | {bare / ours:0.00} | {ours:0.0} s |"));
        }

        folder.Delete(recursive: true);
    }

    private static (TestBook Book, Stores Place) Sqlite(string folder) => (NewBooks.Sqlite(folder), new(folder));

    private static async Task<(TestBook Book, Stores Place)> Postgres(PostgresServer server, string part)
    {
        var owner = await server.NewDatabaseAsync(part);
        var worker = await server.NewRoleAsync(owner, "app");
        return (NewBooks.Postgres(worker, owner), new("", worker, owner));
    }

    /// <summary>Seconds until the mail server has all, and the book says so.</summary>
    private static async Task<double> Ours((TestBook Book, Stores Place) at, int count)
    {
        await using var book = at.Book;
        await ManyReminders.Fill(book, count);
        await using var mail = new SmtpListener();
        var app = new Application(book.Store, book.Clock, new SystemSecrets(), DateTimeZoneProviders.Tzdb, new([Channel(mail)], null, "bench"));
        await using var host = new ClinicClockHost(app, book.Store, at.Place, book.Clock, null);
        var began = Stopwatch.GetTimestamp();
        await host.StartAsync(default);
        while (mail.Taken.Count < count || (await book.Rows<long>("select count(*) from reminder where state in ('waiting', 'queued', 'claimed')")).Single() > 0)
        {
            await Task.Delay(100);
        }

        var spent = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await host.StopAsync(default);
        return mail.Taken.Count == count ? spent : throw new InvalidOperationException($"The mail server has {mail.Taken.Count} messages of {count}.");
    }

    private static async Task<double> Bare((TestBook Book, Stores Place) at, int count)
    {
        await using var book = at.Book;
        await ManyReminders.Fill(book, count);
        await using var mail = new SmtpListener();
        var messages = new MessageReader(new Library(), null);
        var known = new List<(long Key, Envelope Envelope)>();
        foreach (var key in await book.Rows<long>("select key from reminder where state = 'waiting' order by key"))
        {
            known.Add((key, (await book.Store.Read(b => messages.Read(b, key))).Envelope!));
        }

        var (channel, next, now) = (Channel(mail), -1, book.Clock.Now.ToUnixTimeSeconds());
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => Task.Run(async () =>
        {
            await using var open = book.Connect();
            await open.OpenAsync();
            for (int i; (i = Interlocked.Increment(ref next)) < known.Count;)
            {
                var key = known[i].Key;
                await Write(open, "update reminder set state = 'claimed', claimed_by = 'bare', lease_until = @until, tries = tries + 1 where key = @key", new { key, until = now + (long)Lease.TotalSeconds });
                if (await channel.Send(known[i].Envelope, default) is not Handover.Accepted)
                {
                    throw new InvalidOperationException("A message was not taken.");
                }

                await Write(open, "update reminder set state = 'sent', done_at = @now, claimed_by = null, lease_until = null where key = @key", new { key, now });
            }
        })));
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Writes in a transaction of its own; writers of SQLite take turns, since it has one at a time and waits long where it is busy.</summary>
    private static async Task Write(DbConnection open, string sql, object values)
    {
        using var turn = open is SqliteConnection ? await Turn.Take() : null;
        await using var work = await open.BeginTransactionAsync();
        _ = await open.ExecuteAsync(sql, values, work);
        await work.CommitAsync();
    }

    private static SmtpChannel Channel(SmtpListener mail) => new(new("127.0.0.1", mail.Port, "clinic@example.org", "Clinic") { Encrypts = false });

    /// <summary>A turn to write.</summary>
    private sealed class Turn : IDisposable
    {
        private static readonly SemaphoreSlim One = new(1);

        public static async Task<Turn> Take()
        {
            await One.WaitAsync();
            return new();
        }

        public void Dispose() => One.Release();
    }
}
