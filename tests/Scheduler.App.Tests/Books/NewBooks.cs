using Microsoft.Data.Sqlite;
using Npgsql;
using Scheduler.App.Storage.Postgres;
using Scheduler.App.Storage.Sqlite;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books;

/// <summary>Empty books, on either store.</summary>
internal static class NewBooks
{
    /// <summary>A book in a file of a folder.</summary>
    public static TestBook Sqlite(string folder)
    {
        var file = Path.Combine(folder, "book.db");
        var clock = new SetClock(TestBook.Noon);
        return new(new SqliteStore(file, clock), clock, () => new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = false }.ToString()));
    }

    /// <summary>A book in a database of its own, in which the program works under a role that does not own the tables.</summary>
    public static async Task<TestBook> Postgres(PostgresServer server)
    {
        var owner = await server.NewDatabaseAsync("book");
        return Postgres(await server.NewRoleAsync(owner, "app"), owner);
    }

    /// <summary>A book in a database that is there.</summary>
    public static TestBook Postgres(string worker, string owner)
    {
        var clock = new SetClock(TestBook.Noon);
        return new(new PostgresStore(worker, owner, clock), clock, () => new NpgsqlConnection(owner));
    }
}
