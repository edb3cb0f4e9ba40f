using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduler.App.Jobs;
using Scheduler.App.Storage;
using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Reminders;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Jobs;

/// <summary>Quartz in memory, beside a book in a file.</summary>
public sealed class SqliteQuartzEngineTests : EngineConformance, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-jobs-");

    public void Dispose() => folder.Delete(recursive: true);

    internal override async Task<(TestBook Book, Stores Place)> NewBook()
    {
        var place = folder.CreateSubdirectory(Path.GetRandomFileName()).FullName;
        return (await NewBooks.Sqlite(place).WithClinic(), new(place));
    }
}

/// <summary>Quartz in the book's database, under a role that does not own its tables.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresQuartzEngineTests(SharedPostgres postgres) : PostgresEngineConformance(postgres);

/// <summary>What every engine holds beside a book that several machines share.</summary>
public abstract class PostgresEngineConformance(SharedPostgres postgres) : EngineConformance
{
    [Fact]
    public async Task Two_nodes_on_one_database_send_each_once()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        var visits = 0;
        foreach (var patient in new[] { "P-001", "P-002" })
        {
            visits += (await book.Book(await book.Enrol(patient), new LocalDate(2027, patient == "P-001" ? 1 : 3, 8))).Visits.Length;
        }

        var (one, other) = (new Outbox(), new Outbox());
        var nodes = await Task.WhenAll(Started(book, place, one), Started(book, place, other));
        await Until(() => one.All.Count + other.All.Count == visits, "all of them");
        foreach (var node in nodes)
        {
            await node.StopAsync();
            node.Dispose();
        }

        Assert.Equal(visits, one.All.Concat(other.All).Select(e => e.MessageId).Distinct().Count());
        Assert.Equal(visits, one.All.Count + other.All.Count);
    }

    [Fact]
    public async Task A_host_that_ends_as_it_begins_leaves_each_routine_its_next_moment()
    {
        var (book, place) = await NewBook();
        await using var kept = book;
        using var host = await Started(book, place, new Outbox());
        var routines = host.Services.GetServices<IRoutine>().Select(r => r.Name).Order();

        await host.StopAsync();

        Assert.Equal(routines, await book.Rows<string>("select trigger_name from quartz_triggers where job_group = 'RoutineJob' order by trigger_name"));
    }

    internal override async Task Left(TestBook book, string routine) =>
        Assert.Single(await book.Rows<string>("select trigger_name from quartz_triggers where trigger_name = @routine and trigger_state = 'WAITING' and next_fire_time > 0", new { routine }));

    internal override async Task<(TestBook Book, Stores Place)> NewBook()
    {
        var owner = await postgres.Server.NewDatabaseAsync("jobs");
        var worker = await postgres.Server.NewRoleAsync(owner, "app");
        return (await NewBooks.Postgres(worker, owner).WithClinic(), new("", worker, owner));
    }
}
