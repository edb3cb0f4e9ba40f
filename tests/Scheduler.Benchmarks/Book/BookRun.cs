using System.Data.Common;
using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Postgres;
using Scheduler.App.Storage.Sqlite;
using Scheduler.App.Tests.Servers;

namespace Scheduler.Benchmarks.Book;

/// <summary><c>bench book</c>: the clinic's book in both stores, on this machine.</summary>
[SupportedOSPlatform("linux")]
internal static class BookRun
{
    private const int Small = 10_000;

    /// <summary>Ten years of a large clinic.</summary>
    public const int Large = 1_000_000;

    /// <summary>Prints the table.</summary>
    /// <param name="large">How many bookings the larger book has.</param>
    public static async Task Run(int large)
    {
        await using var server = await PostgresServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("scheduler-bench-");
        var files = 0;
        Task<(Store Store, Func<DbConnection> Connect)> Sqlite()
        {
            var file = Path.Combine(folder.FullName, $"{++files}.db");
            return Task.FromResult<(Store, Func<DbConnection>)>((new SqliteStore(file, SystemClock.Instance), () => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 60 }.ToString())));
        }

        async Task<(Store Store, Func<DbConnection> Connect)> Postgres()
        {
            var owner = await server.NewDatabaseAsync("bench");
            return (new PostgresStore(await server.NewRoleAsync(owner, "app"), owner, SystemClock.Instance), () => new NpgsqlConnection(owner));
        }

        Console.WriteLine(FormattableString.Invariant($"| store | courses a second | bare rows | ratio | a day among {Small:N0} | among {large:N0} | ratio |"));
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (name, make) in new (string, Func<Task<(Store Store, Func<DbConnection> Connect)>>)[] { ("SQLite", Sqlite), ("PostgreSQL", Postgres) })
        {
            var (ours, bare) = await BookingRate.Run(make);
            var times = new List<double>();
            foreach (var size in new[] { Small, large })
            {
                var (store, _) = await make();
                times.Add(await DayOfBook.Median(store, size));
                await store.DisposeAsync();
            }

            Console.WriteLine(FormattableString.Invariant($"| {name} | {ours:0.0} | {bare:0.0} | {ours / bare:0.00} | {times[0]:0.00} ms | {times[1]:0.00} ms | {times[1] / times[0]:0.00} |"));
        }

        folder.Delete(recursive: true);
    }
}
