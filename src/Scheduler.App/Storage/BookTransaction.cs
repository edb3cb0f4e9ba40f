using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Dapper;
using NodaTime;
using Scheduler.App.Audit;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Storage;

/// <summary>One transaction on the book. What is not committed never was.</summary>
public abstract class BookTransaction(DbConnection connection, DbTransaction transaction, CancellationToken cancel) : IAsyncDisposable
{
    /// <summary>The column of PostgreSQL's guard that is worked out from others.</summary>
    private const string WorkedOut = "taken";

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

    /// <summary>Makes sure that nobody else says which version of a protocol is active until the end of the transaction.</summary>
    public abstract Task LockProtocol(string protocol);

    /// <summary>Makes sure that nobody else adds to a clinic's audit until the end of the transaction, which should be near.</summary>
    public abstract Task LockAudit(string clinic);

    /// <summary>All rows that a query finds.</summary>
    internal Task<List<T>> Rows<T>(string sql, object? values = null) =>
        AsRefused(async () => (await connection.QueryAsync<T>(new CommandDefinition(sql, values, transaction, cancellationToken: cancel))).AsList());

    /// <summary>The only row that a query finds, or null.</summary>
    internal Task<T?> Row<T>(string sql, object? values = null) =>
        AsRefused(() => connection.QuerySingleOrDefaultAsync<T?>(new CommandDefinition(sql, values, transaction, cancellationToken: cancel)));

    /// <summary>Writes; how many rows were.</summary>
    internal Task<int> Do(string sql, object? values = null) => connection.ExecuteAsync(new CommandDefinition(sql, values, transaction, cancellationToken: cancel));

    /// <summary>A server that goes while a row is read is a refusal of the database too, which reading wraps into another.</summary>
    private static async Task<T> AsRefused<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DataException wrapped) when (wrapped.InnerException is DbException refused)
        {
            ExceptionDispatchInfo.Throw(refused);
            throw;
        }
    }

    /// <summary>Inserts rows by few statements: a way to the server and back for each would take longer than all else.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, as many as each row has values.</param>
    /// <param name="rows">The rows.</param>
    internal async Task InsertAll(string table, string columns, IEnumerable<object?[]> rows)
    {
        foreach (var (sql, values) in Inserts(table, columns, rows))
        {
            await Do(sql, values);
        }
    }

    /// <summary>The same into a table that numbers its rows; their numbers, in the order of the rows, since that is the order in which they are numbered.</summary>
    internal async Task<List<long>> InsertNumbered(string table, string columns, IEnumerable<object?[]> rows)
    {
        var keys = new List<long>();
        foreach (var (sql, values) in Inserts(table, columns, rows))
        {
            keys.AddRange((await Rows<long>($"{sql} returning key", values)).Order());
        }

        return keys;
    }

    private IEnumerable<(string Sql, DynamicParameters Values)> Inserts(string table, string columns, IEnumerable<object?[]> rows)
    {
        foreach (var some in rows.Chunk(RowsAtOnce))
        {
            var values = new DynamicParameters();
            var places = some.Select((row, i) => $"({string.Join(", ", row.Select((value, j) =>
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"v{i}_{j}");
                values.Add(name, value);
                return $"@{name}";
            }))})").ToList();
            yield return ($"insert into {table} ({columns}) values {string.Join(", ", places)}", values);
        }
    }

    /// <summary>How many rows one statement inserts at best: many where a server is far, and few where nothing is, since values are looked up by name.</summary>
    protected abstract int RowsAtOnce { get; }

    /// <summary>The columns of a table that are written, and not worked out.</summary>
    internal async Task<ImmutableArray<string>> Columns(string table)
    {
        await using var reader = (DbDataReader)await connection.ExecuteReaderAsync(new CommandDefinition($"select * from {table} limit 0", null, transaction, cancellationToken: cancel));
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).Where(c => c != WorkedOut)];
    }

    /// <summary>The rows of a query one by one, as numbers, texts and nulls.</summary>
    internal async IAsyncEnumerable<object?[]> Stream(string sql)
    {
        await using var reader = (DbDataReader)await connection.ExecuteReaderAsync(new CommandDefinition(sql, null, transaction, cancellationToken: cancel));
        while (await reader.ReadAsync(cancel))
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = await reader.IsDBNullAsync(i, cancel) ? null : reader.GetValue(i);
            }

            yield return row;
        }
    }

    /// <summary>Puts a row into a table as it is.</summary>
    internal Task Put(string table, IReadOnlyList<string> columns, IReadOnlyList<object?> values)
    {
        var named = new DynamicParameters();
        for (var i = 0; i < columns.Count; i++)
        {
            named.Add(columns[i], values[i]);
        }

        return Do($"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(c => $"@{c}"))})", named);
    }

    /// <summary>The last number that a table has given to a row, be the row there or not; 0 where it has given none.</summary>
    internal abstract Task<long> LastNumber(string table);

    /// <summary>Makes sure that rows that come next have numbers behind one.</summary>
    internal abstract Task NumberBehind(string table, long last);

    /// <summary>Days as a list in SQL.</summary>
    internal static string List(IEnumerable<LocalDate> days) => $"({string.Join(", ", days.Select(d => $"'{Times.Of(d)}'").DefaultIfEmpty("null"))})";

    /// <summary>Numbers as a list in SQL: the stores have no way in common to hand in a list.</summary>
    internal static string List(IEnumerable<long> keys) => $"({string.Join(", ", keys.Select(k => k.ToString(CultureInfo.InvariantCulture)).DefaultIfEmpty("null"))})";

    /// <summary>Does something with many rows a part at a time, so that lists in SQL stay short; what it finds, together.</summary>
    internal static async Task<List<T>> InParts<T>(IEnumerable<long> keys, Func<string, Task<List<T>>> some)
    {
        var all = new List<T>();
        foreach (var part in keys.Chunk(500))
        {
            all.AddRange(await some(List(part)));
        }

        return all;
    }

    /// <summary>Writes about many rows a part at a time.</summary>
    internal static async Task DoInParts(IEnumerable<long> keys, Func<string, Task<int>> some)
    {
        foreach (var part in keys.Chunk(500))
        {
            await some(List(part));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
