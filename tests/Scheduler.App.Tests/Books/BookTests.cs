using Scheduler.App.Tests.Servers;
using Scheduler.App.Storage.Postgres;
using Scheduler.App.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Scheduler.App.Tests.Books;

/// <summary>The suite on SQLite: a real file.</summary>
public sealed class SqliteBookTests : BookConformance, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-book-");

    public void Dispose() => folder.Delete(recursive: true);

    internal override Task<TestBook> NewBook()
    {
        var file = Path.Combine(folder.FullName, "book.db");
        var clock = new SetClock(TestBook.Noon);
        return Task.FromResult(new TestBook(new SqliteStore(file, clock), clock, () => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = false }.ToString())));
    }
}

/// <summary>The suite on PostgreSQL: a real server. The program works under a role that does not own the tables.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresBookTests(SharedPostgres postgres) : BookConformance
{
    internal override async Task<TestBook> NewBook()
    {
        var owner = await postgres.Server.NewDatabaseAsync("book");
        var worker = await postgres.Server.NewRoleAsync(owner, "app");
        var clock = new SetClock(TestBook.Noon);
        return new(new PostgresStore(worker, owner, clock), clock, () => new NpgsqlConnection(owner));
    }
}
