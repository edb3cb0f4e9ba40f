using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Scheduler.App.Storage.Sqlite;

/// <summary>The book in one file: nothing to install. One transaction writes at a time, and nobody who reads waits for it.</summary>
public sealed class SqliteStore : Store
{
    private const string Key = "integer primary key autoincrement";

    /// <summary>How long a writer waits for one of another process, in seconds.</summary>
    private const int Patience = 60;

    private readonly string file;

    private readonly string connection;

    /// <summary>Writers of this process wait here, in the order in which they came, and not at the file, where whoever asks at the right moment is next.</summary>
    private readonly SemaphoreSlim turns = new(1);

    static SqliteStore() => SQLitePCL.Batteries_V2.Init();

    /// <summary>A book in a file, which need not exist yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="clock">The time.</param>
    public SqliteStore(string file, IClock clock)
        : base(clock) =>
        (this.file, connection) = (file, new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = Patience }.ToString());

    /// <inheritdoc />
    public override Refusal NotMade => Refusals.NoBook(Path.GetDirectoryName(file)!);

    /// <inheritdoc />
    public override Task<bool> IsMade(CancellationToken cancel = default) => Task.FromResult(File.Exists(file));

    /// <inheritdoc />
    public override Refusal Because(DbException refused) => Refusals.BookNotReadable(Path.GetDirectoryName(file)!);

    /// <inheritdoc />
    public override async Task Migrate(CancellationToken cancel = default)
    {
        await using (var open = await Open(cancel))
        {
            // A property of the file, which no transaction can change.
            await using var mode = open.CreateCommand();
            mode.CommandText = "pragma journal_mode = wal";
            await mode.ExecuteNonQueryAsync(cancel);
        }

        await base.Migrate(cancel);
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync()
    {
        turns.Dispose();
        using var pooled = new SqliteConnection(connection);
        SqliteConnection.ClearPool(pooled);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task<BookTransaction> Begin(bool writes, CancellationToken cancel)
    {
        var open = await Open(cancel);
        try
        {
            // A transaction that reads first and writes later could not wait for another writer: so who means to write says so at once.
            return new Work(open, open.BeginTransaction(IsolationLevel.Serializable, deferred: !writes), cancel);
        }
        catch
        {
            await open.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    protected override Task<BookTransaction> BeginAnew(CancellationToken cancel) => Begin(writes: true, cancel);

    /// <inheritdoc />
    protected override Task MakeTables(BookTransaction book, IReadOnlySet<string>? only) => Migrations.Apply(book, "sqlite", Key, Clock, only);

    /// <inheritdoc />
    protected override async ValueTask<IDisposable?> Turn(CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        return new MyTurn(turns);
    }

    /// <inheritdoc />
    protected override Meanings Meaning(DbException refused) => refused is not SqliteException sqlite ? Meanings.Other
        : sqlite.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED ? Meanings.TryAgain
        : sqlite.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT && sqlite.Message.Contains("slot taken", StringComparison.Ordinal) ? Meanings.SlotTaken
        : Meanings.Other;

    private async Task<SqliteConnection> Open(CancellationToken cancel)
    {
        var open = new SqliteConnection(connection);
        await open.OpenAsync(cancel);

        // What is erased is overwritten, and not only forgotten.
        await using var overwrite = open.CreateCommand();
        overwrite.CommandText = "pragma secure_delete = on";
        await overwrite.ExecuteNonQueryAsync(cancel);
        return open;
    }

    private sealed class MyTurn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }

    /// <summary>Who writes is alone: there is nothing to lock.</summary>
    private sealed class Work(DbConnection connection, DbTransaction transaction, CancellationToken cancel) : BookTransaction(connection, transaction, cancel)
    {
        protected override int RowsAtOnce => 2;

        public override Task Lock(IEnumerable<long> resources) => Task.CompletedTask;

        public override Task LockEnrolments(IEnumerable<long> enrolments) => Task.CompletedTask;

        public override Task LockProtocol(string protocol) => Task.CompletedTask;

        public override Task LockAudit(string clinic) => Task.CompletedTask;

        internal override Task<long> LastNumber(string table) => Row<long>("select coalesce(max(seq), 0) from sqlite_sequence where name = @table", new { table });

        internal override async Task NumberBehind(string table, long last)
        {
            await Do("delete from sqlite_sequence where name = @table", new { table });
            await Do("insert into sqlite_sequence (name, seq) values (@table, @last)", new { table, last });
        }
    }
}
