using System.Collections.Immutable;
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

    /// <summary>The environment variable that says how the program works in a PostgreSQL database. It may hold a password, which an argument or a file of settings would show to others.</summary>
    public const string ConnectionVariable = "SCHEDULER_POSTGRES";

    /// <summary>The environment variable that says how tables are made there, where another role does that.</summary>
    public const string OwnerVariable = "SCHEDULER_POSTGRES_OWNER";

    /// <summary>The ways to keep a book by their names, the usual one first.</summary>
    public static readonly ImmutableArray<string> Names = ["sqlite", "postgres"];

    /// <summary>Where the book is: its file, or the database that keeps it.</summary>
    public string Place => Connection is null ? Path.Combine(Folder, File) : PostgresStore.PlaceOf(Connection);

    /// <summary>Whether a file of the folder is the book.</summary>
    public bool IsFile => Connection is null;

    /// <summary>The choice of whoever asks.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="variable">The environment.</param>
    public static Answer<Stores> Chosen(string name, string folder, Func<string, string?> variable)
    {
        if (name == Names[0])
        {
            return new Stores(folder);
        }

        if (variable(ConnectionVariable) is not { Length: > 0 } connection)
        {
            return Refusals.NoConnection(ConnectionVariable);
        }

        var owner = variable(OwnerVariable) is { Length: > 0 } said ? said : null;
        return !PostgresStore.IsWhole(connection) ? Refusals.NotAConnection(ConnectionVariable)
            : owner is not null && !PostgresStore.IsWhole(owner) ? Refusals.NotAConnection(OwnerVariable)
            : new Stores(folder, connection, owner);
    }

    /// <summary>The book.</summary>
    /// <param name="clock">The time.</param>
    public Store Open(IClock clock) => Connection is null ? new SqliteStore(Path.Combine(Folder, File), clock) : new PostgresStore(Connection, Owner, clock);
}
