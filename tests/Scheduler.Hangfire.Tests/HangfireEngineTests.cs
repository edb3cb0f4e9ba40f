using Dapper;
using Hangfire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using Scheduler.App;
using Scheduler.App.Storage;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Jobs;
using Scheduler.App.Tests.Reminders;
using Scheduler.App.Tests.Servers;

namespace Scheduler.Hangfire.Tests;

/// <summary>Hangfire in the book's database, under a role that does not own its tables: all that Quartz holds there, and what is Hangfire's own.</summary>
public sealed class HangfireEngineTests(SharedPostgres postgres) : PostgresEngineConformance(postgres), IClassFixture<SharedPostgres>, IDisposable
{
    /// <summary>A reminder that is not there: its job has nothing to do.</summary>
    private static readonly long[] Nobody = [999];

    /// <summary>Long after all that a test does.</summary>
    private const long Late = 9_999_999_999;

    /// <summary>Each test has a database of its own, and the server has not connections for all of them at once.</summary>
    public void Dispose() => NpgsqlConnection.ClearAllPools();

    [Fact]
    public async Task Hangfire_keeps_numbers_and_nothing_of_a_patient()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        var visits = (await book.Book(await book.Enrol("P-001"), new(2027, 1, 4))).Visits.Length;
        var sent = new Outbox();
        using var host = await Started(book, place, sent);

        await Until(() => sent.All.Count == visits, "all of them");
        await host.StopAsync();

        Assert.All(await book.Rows<string>("select arguments::text from scheduler_hangfire.job"), a => Assert.Matches(@"^\[""\[[0-9, ]+\]"", ""[0-9]+"", null\]$", a.Replace("\\r\\n", "", StringComparison.Ordinal)));
        Assert.DoesNotContain("P-001", await All(book), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_is_not_tried_again_by_Hangfire_and_what_it_says_is_not_kept()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        _ = await book.Book(await book.Enrol("P-001"), new(2027, 1, 4));
        using var host = await Started(book, place, new Outbox(_ => throw new InvalidDataException("Ada Brook")));

        await Until(async () => (await book.Rows<string>("select statename from scheduler_hangfire.job")) is { Count: > 0 } states && states.All(s => s == "Deleted"), "all jobs to fail");
        await host.StopAsync();

        Assert.DoesNotContain("Scheduled", await book.Rows<string>("select name from scheduler_hangfire.state"));
        Assert.Contains("Delivery failed: InvalidDataException.", await All(book), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada Brook", await All(book), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_of_a_node_that_is_gone_another_runs()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        await HangfireTables.Make(place);
        using var engine = Engine(book, place);
        await engine.Hand(new("mail", Nobody, Instant.FromUnixTimeSeconds(Late)), CancellationToken.None);

        // Somebody took it, and gave no sign of life since.
        Assert.Equal(1, await book.Do("update scheduler_hangfire.jobqueue set fetchedat = now() - interval '45 seconds'"));
        await engine.StartAsync(CancellationToken.None);

        await Until(async () => (await book.Rows<string>("select statename from scheduler_hangfire.job")).SequenceEqual(["Succeeded"]), "another to run it");
        await engine.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_lock_of_a_node_that_is_gone_holds_nothing_up()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        await HangfireTables.Make(place);
        Assert.Equal(1, await book.Do("insert into scheduler_hangfire.lock (resource, updatecount, acquired) values ('locks:schedulepoller', 0, now() - interval '25 seconds')"));
        _ = new BackgroundJobClient(HangfireStorage.Of(place.Connection!)).Schedule<HangfireDelivery>("mail", job => job.Deliver(Nobody, Late, CancellationToken.None), TimeSpan.Zero);
        using var engine = Engine(book, place);
        await engine.StartAsync(CancellationToken.None);

        await Until(async () => (await book.Rows<string>("select statename from scheduler_hangfire.job")).SequenceEqual(["Succeeded"]), "what is scheduled to be run");
        await engine.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Whoever_hands_over_wakes_the_workers_of_all_nodes()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        await HangfireTables.Make(place);
        await using var listener = (NpgsqlConnection)book.Connect();
        await listener.OpenAsync();
        _ = await listener.ExecuteAsync("listen new_job");
        using var engine = Engine(book, place);

        await engine.Hand(new("mail", Nobody, Instant.FromUnixTimeSeconds(Late)), CancellationToken.None);

        Assert.True(await listener.WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Several_nodes_make_the_tables_at_once()
    {
        var (book, place) = await NewBook();
        await using var kept = book;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => HangfireTables.Make(place))));
        await HangfireTables.Make(place with { Owner = null });

        Assert.NotEmpty(await book.Rows<string>("select tablename from pg_tables where schemaname = 'scheduler_hangfire'"));
        Assert.Empty(await book.Rows<string>("select nspname from pg_namespace where nspname = 'hangfire'"));
    }

    internal override void AddEngine(IServiceCollection services, Stores place) => services.AddHangfireEngine(place);

    internal override async Task Pause(IHost host)
    {
        await base.Pause(host);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Services.GetRequiredService<HangfireEngine>().StopAsync(new(canceled: true)));
    }

    /// <summary>The engine by itself.</summary>
    private static HangfireEngine Engine(TestBook book, Stores place) => new(new Application(book.Store, book.Clock, new SystemSecrets(), DateTimeZoneProviders.Tzdb).Reminders, place, NullLoggerFactory.Instance);

    /// <summary>All that Hangfire keeps that could be read.</summary>
    private static async Task<string> All(TestBook book) => string.Join(
        '\n', await book.Rows<string>("select invocationdata::text || arguments::text from scheduler_hangfire.job union all select coalesce(reason, '') || coalesce(data::text, '') from scheduler_hangfire.state union all select value from scheduler_hangfire.jobparameter"));
}
