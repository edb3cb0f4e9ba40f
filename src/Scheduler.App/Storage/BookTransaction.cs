using System.Data.Common;
using System.Globalization;
using Dapper;
using NodaTime;
using Scheduler.App.Audit;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Storage;

/// <summary>One transaction on the book. What is not committed never was.</summary>
public abstract class BookTransaction(DbConnection connection, DbTransaction transaction, CancellationToken cancel) : IAsyncDisposable
{
    private readonly List<AuditEntry> noted = [];

    /// <summary>Keeps what was written.</summary>
    public Task Commit() => transaction.CommitAsync(cancel);

    /// <summary>Notes what was done. It comes into the audit when all else is written, so that whoever adds to it next waits for the least time.</summary>
    public void Note(AuditEntry entry) => noted.Add(entry);

    /// <summary>Writes into the audit what was noted.</summary>
    internal Task WriteAudit(Instant at) => this.Append(noted, at.ToUnixTimeSeconds());

    /// <summary>
    /// Makes sure that nobody else writes about some resources until the end of the transaction. All that a transaction needs are locked at once, so that no two wait for each other.
    /// </summary>
    public abstract Task Lock(IEnumerable<long> resources);

    /// <summary>Makes sure that nobody else writes into an enrolment until the end of the transaction.</summary>
    public abstract Task LockEnrolments(IEnumerable<long> enrolments);

    /// <summary>Makes sure that nobody else adds to a clinic's audit until the end of the transaction, which should be near.</summary>
    public abstract Task LockAudit(string clinic);

    /// <summary>All rows that a query finds.</summary>
    internal async Task<List<T>> Rows<T>(string sql, object? values = null) =>
        (await connection.QueryAsync<T>(new CommandDefinition(sql, values, transaction, cancellationToken: cancel))).AsList();

    /// <summary>The only row that a query finds, or null.</summary>
    internal Task<T?> Row<T>(string sql, object? values = null) =>
        connection.QuerySingleOrDefaultAsync<T?>(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));

    /// <summary>Writes; how many rows were.</summary>
    internal Task<int> Do(string sql, object? values = null) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));

    /// <summary>Numbers as a list in SQL: the stores have no way in common to hand in a list.</summary>
    internal static string List(IEnumerable<long> keys) => $"({string.Join(", ", keys.Select(k => k.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("null"))})";

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
