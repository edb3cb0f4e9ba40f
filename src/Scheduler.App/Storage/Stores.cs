using NodaTime;
using Scheduler.App.Storage.Postgres;
using Scheduler.App.Storage.Sqlite;

namespace Scheduler.App.Storage;

/// <summary>The one place where it is chosen how the book is kept.</summary>
/// <param name="Folder">The data folder; the book is its <c>book.db</c> unless a server keeps it.</param>
/// <param name="Connection">How the program works in a PostgreSQL database; null for a file.</param>
/// <param name="Owner">How tables are made there; null where the same role does both.</param>
public sealed record Stores(string Folder, string? Connection = null, string? Owner = null)
{
    /// <summary>The file of the book in a data folder.</summary>
    public const string File = "book.db";

    /// <summary>The book.</summary>
    /// <param name="clock">The time.</param>
    public Store Open(IClock clock) => Connection is null ? new SqliteStore(Path.Combine(Folder, File), clock) : new PostgresStore(Connection, Owner, clock);
}
