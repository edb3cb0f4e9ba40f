using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books;

public sealed class SqliteChangeTests : ChangeConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresChangeTests(SharedPostgres postgres) : ChangeConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
