using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books;

/// <summary>Books in real files.</summary>
public sealed class SqliteBooks : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-book-");

    public void Dispose() => folder.Delete(recursive: true);

    internal Task<TestBook> NewBook() => Task.FromResult(NewBooks.Sqlite(folder.FullName));
}

/// <summary>Books in a real server. The program works under a role that does not own the tables.</summary>
internal static class PostgresBooks
{
    public static Task<TestBook> NewBook(SharedPostgres postgres) => NewBooks.Postgres(postgres.Server);
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

public sealed class SqliteMoveTests : MoveConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresMoveTests(SharedPostgres postgres) : MoveConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}

public sealed class SqliteAllocationTests : AllocationConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresAllocationTests(SharedPostgres postgres) : AllocationConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
