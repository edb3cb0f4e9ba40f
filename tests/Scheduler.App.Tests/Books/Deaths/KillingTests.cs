using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books.Deaths;

/// <summary>Whoever is killed while a course is booked leaves it whole or absent; what somebody was told is booked stays. The full figures are those of the soak.</summary>
public sealed class SqliteKillingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-book-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_process_that_is_killed_leaves_whole_courses()
    {
        var killing = new Killing(new(folder.FullName), seed: 1);

        await killing.OfProcesses(10);

        Assert.Empty(killing.Report.Faults);
        Assert.True(killing.Report.Told >= 10);
    }
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresKillingTests(SharedPostgres postgres)
{
    [Fact]
    public async Task A_process_that_is_killed_leaves_whole_courses()
    {
        var owner = await postgres.Server.NewDatabaseAsync("killed");
        var killing = new Killing(new(null, await postgres.Server.NewRoleAsync(owner, "app"), owner), seed: 2);

        await killing.OfProcesses(3);

        Assert.Empty(killing.Report.Faults);
        Assert.True(killing.Report.Told >= 3);
    }
}

public sealed class PostgresServerKillingTests
{
    [Fact]
    public async Task A_server_that_is_killed_leaves_whole_courses()
    {
        await using var server = await PostgresServer.StartAsync();
        var owner = await server.NewDatabaseAsync("killed");
        var killing = new Killing(new(null, await server.NewRoleAsync(owner, "app"), owner), seed: 3);

        await killing.OfServer(server, kills: 3, clients: 4);

        Assert.Empty(killing.Report.Faults);
        Assert.True(killing.Report.Told >= 3);
    }
}
