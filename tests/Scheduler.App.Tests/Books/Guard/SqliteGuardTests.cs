using Dapper;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using static Scheduler.App.Tests.Books.Guard.GuardedBook;

namespace Scheduler.App.Tests.Books.Guard;

public sealed class SqliteGuardTests(SqliteGuardedBook book) : GuardCases(book), IClassFixture<SqliteGuardedBook>
{
    private readonly SqliteGuardedBook book = book;

    /// <summary>A column of SQLite keeps what is no number as it comes.</summary>
    [Theory]
    [InlineData("update resource_use set unit = 1.5 where booking = 1")]
    [InlineData("update resource_use set unit = 'second' where booking = 1")]
    [InlineData("update resource_use set taken_to = 'endless' where booking = 1")]
    [InlineData("update resource_use set taken_to = 9e999 where booking = 1")]
    [InlineData("update resource_use set taken_from = taken_from - 0.5 where booking = 1")]
    [InlineData("update resource_use set to_minute = 'late' where booking = 1")]
    [InlineData("update resource_use set to_minute = to_minute - 0.5 where booking = 1")]
    [InlineData("update resource_use set from_minute = from_minute + 0.5 where booking = 1")]
    [InlineData("update resource_use set resource = 3.5 where booking = 1")]
    public async Task What_is_no_whole_number_is_refused(string change) => Assert.Equal(NotSo, await book.Trial(["nurse share 1 08:00-09:00"], change));

    /// <summary>The nurse's second unit beside her first, but for one column.</summary>
    [Theory]
    [InlineData("unit", "2", Passes)]
    [InlineData("unit", "1.5", NotSo)]
    [InlineData("taken_from", "taken_from - 0.5", NotSo)]
    [InlineData("taken_to", "taken_to + 0.5", NotSo)]
    [InlineData("from_minute", "from_minute + 0.5", NotSo)]
    [InlineData("to_minute", "to_minute - 0.5", NotSo)]
    public async Task What_comes_as_no_whole_number_is_refused(string column, string value, string expected)
    {
        string[] columns = ["booking", "number", "resource", "need", "role", "manner", "from_minute", "to_minute", "clean_up_minutes", "taken_from", "taken_to", "unit", "apart", "side"];
        var values = columns.Select(c => c == column ? value : c switch { "number" => "2", "unit" => "2", "apart" => "1002", _ => c });

        Assert.Equal(expected, await book.Trial(["nurse share 1 08:00-09:00"], $"insert into resource_use ({string.Join(", ", columns)}) select {string.Join(", ", values)} from resource_use"));
    }

    [Theory]
    [InlineData("insert or replace into resource_use select 1, 2, resource, need, role, manner, from_minute, to_minute, clean_up_minutes, null, taken_from, taken_to, unit, 1002, side from resource_use")]
    [InlineData("insert or ignore into resource_use select 1, 2, resource, need, role, manner, from_minute, to_minute, clean_up_minutes, null, taken_from, taken_to, unit, 1002, side from resource_use")]
    [InlineData("update or replace resource_use set resource = 1 where booking = 2")]
    [InlineData("update or ignore resource_use set resource = 1 where booking = 2")]
    public async Task No_way_of_writing_goes_around_the_guard(string change) =>
        Assert.Equal(Taken, await book.Trial(change.StartsWith("update", StringComparison.Ordinal) ? ["room exclusive 1 08:00-09:00", "other-room exclusive 1 08:00-09:00"] : ["room exclusive 1 08:00-09:00"], change));
}

public sealed class SqliteTableTests(SqliteGuardedBook book) : TableCases(book), IClassFixture<SqliteGuardedBook>;

public sealed class SqliteGuardedBook : GuardedBook, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-guard-");

    public void Dispose() => folder.Delete(recursive: true);

    internal override Task<TestBook> NewBook() => Task.FromResult(NewBooks.Sqlite(folder.FullName));

    protected override string Meaning(DbException refused) =>
        refused is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CONSTRAINT } ? refused.Message.Contains("slot taken", StringComparison.Ordinal) ? Taken : NotSo : refused.Message;

    protected override Task Settle(DbTransaction trial) => Task.CompletedTask;
}

/// <summary>A connection looks up no foreign key unless it is asked to; the guard does.</summary>
public sealed class SqliteForeignKeyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-guard-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("update resource_use set booking = 99, number = 1, apart = 99001 where booking = 1 and number = 1")]
    [InlineData("insert into resource_use select 99, 1, resource, need, role, manner, from_minute, to_minute, 0, null, taken_from + 86400, taken_to + 86400, unit, 99001, side from resource_use where booking = 1 and number = 1")]
    [InlineData("update resource_use set resource = 99 where booking = 1 and number = 1")]
    [InlineData("update booking set key = 99 where key = 1")]
    public async Task A_use_without_its_booking_or_its_resource_is_refused(string statement)
    {
        await using var book = await NewBooks.Sqlite(folder.FullName).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), new(2027, 1, 4));
        await using var open = book.Connect();
        await open.OpenAsync();
        await open.ExecuteAsync("pragma foreign_keys = off");

        await Assert.ThrowsAsync<SqliteException>(() => open.ExecuteAsync(statement));
    }
}

/// <summary>Nobody changes the audit, not even in the ways of writing that only SQLite has.</summary>
public sealed class SqliteAuditTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-guard-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("insert or replace into audit select clinic, number, at, 'nobody', act, subject, before, after, why, previous, hash from audit where number = 1")]
    [InlineData("insert or replace into audit select clinic, number, at, 'nobody', act, subject, before, after, why, previous, hash from audit order by number desc limit 1")]
    [InlineData("update or replace audit set actor = 'nobody'")]
    [InlineData("delete from audit where number = (select max(number) from audit)")]
    [InlineData("insert into audit select clinic, 0, at, actor, act, subject, before, after, why, previous, hash from audit where number = 1")]
    public async Task An_entry_is_never_replaced(string statement)
    {
        await using var book = await NewBooks.Sqlite(folder.FullName).WithClinic();

        await Assert.ThrowsAsync<SqliteException>(() => book.Do(statement));
    }
}
