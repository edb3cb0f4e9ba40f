using Scheduler.App.Tests.Books;
using Scheduler.App.Tests.Books.Deaths;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Reminders.Sending;

/// <summary>Whoever sends is killed, or stands still, in the middle of it: every reminder goes out, and none twice but what was under way. The full figures are those of the soak.</summary>
public sealed class SqliteSendingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-sending-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Nothing_is_lost_where_whoever_sends_is_killed()
    {
        var report = await new Disturbed(new(folder.FullName), 200, seed: 1).Killed(3);

        Assert.Empty(report.Faults);
        Assert.Equal(200, report.Sent);
    }

    [Fact]
    public async Task What_is_cancelled_before_its_delivery_begins_is_not_sent()
    {
        await using var book = await NewBooks.Sqlite(folder.FullName).WithClinic();

        var (stale, races, sent) = await new StaleRaces(book).Run(40, seed: 1);

        Assert.Equal(0, stale);
        Assert.True(races >= 40);
        Assert.InRange(sent, 1, races - 1);
    }
}

/// <summary>The same on PostgreSQL, and with two processes.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresSendingTests(SharedPostgres postgres)
{
    [Fact]
    public async Task Nothing_is_lost_where_whoever_sends_is_killed()
    {
        var report = await new Disturbed(await Place(), 200, seed: 1).Killed(3);

        Assert.Empty(report.Faults);
        Assert.Equal(200, report.Sent);
    }

    [Fact]
    public async Task Of_two_nodes_one_that_stands_still_for_longer_than_its_claims_hold_leaves_all_to_the_other()
    {
        var report = await new Disturbed(await Place(), 450, seed: 1).Paused(2);

        Assert.Empty(report.Faults);
        Assert.Equal(450, report.Sent);
        Assert.InRange(report.UnderWay, 2, 200);
    }

    [Fact]
    public async Task What_is_cancelled_before_its_delivery_begins_is_not_sent()
    {
        await using var book = await (await Place()).Open().WithClinic();

        var (stale, races, sent) = await new StaleRaces(book).Run(40, seed: 1);

        Assert.Equal(0, stale);
        Assert.True(races >= 40);
        Assert.InRange(sent, 1, races - 1);
    }

    private async Task<BookPlace> Place()
    {
        var owner = await postgres.Server.NewDatabaseAsync("sending");
        return new(null, await postgres.Server.NewRoleAsync(owner, "app"), owner);
    }
}
