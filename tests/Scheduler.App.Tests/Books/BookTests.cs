using Scheduler.App.Tests.Servers;
using Scheduler.App.Storage.Postgres;
using Scheduler.App.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Scheduler.App.Tests.Books;

/// <summary>Books in real files.</summary>
public sealed class SqliteBooks : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-book-");

    public void Dispose() => folder.Delete(recursive: true);

    internal Task<TestBook> NewBook()
    {
        var file = Path.Combine(folder.FullName, "book.db");
        var clock = new SetClock(TestBook.Noon);
        return Task.FromResult(new TestBook(new SqliteStore(file, clock), clock, () => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = false }.ToString())));
    }
}

/// <summary>Books in a real server. The program works under a role that does not own the tables.</summary>
internal static class PostgresBooks
{
    public static async Task<TestBook> NewBook(SharedPostgres postgres)
    {
        var owner = await postgres.Server.NewDatabaseAsync("book");
        var worker = await postgres.Server.NewRoleAsync(owner, "app");
        var clock = new SetClock(TestBook.Noon);
        return new(new PostgresStore(worker, owner, clock), clock, () => new NpgsqlConnection(owner));
    }
}

public sealed class SqliteBookTests : BookConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresBookTests(SharedPostgres postgres) : BookConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}

public sealed class SqliteCourseTests : CourseConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresCourseTests(SharedPostgres postgres) : CourseConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}

public sealed class SqliteReportTests : ReportConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresReportTests(SharedPostgres postgres) : ReportConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
