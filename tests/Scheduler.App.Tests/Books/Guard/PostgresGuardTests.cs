using System.Data.Common;
using Dapper;
using Npgsql;
using Scheduler.App.Tests.Servers;
using static Scheduler.App.Tests.Books.Guard.GuardedBook;

namespace Scheduler.App.Tests.Books.Guard;

[Collection(PostgresCollection.Name)]
public sealed class PostgresGuardTests(PostgresGuardedBook book) : GuardCases(book), IClassFixture<PostgresGuardedBook>
{
    private readonly PostgresGuardedBook book = book;

    /// <summary>A use that is moved onto another, which then goes: at once, that is taken; looked at in the end, it is not.</summary>
    [Theory]
    [InlineData("room exclusive 1 08:00-09:00", "room exclusive 1 09:00-10:00")]
    [InlineData("nurse share 2 08:00-09:00", "nurse exclusive 1 09:00-10:00")]
    [InlineData("doctor supervision 1 08:00-09:00", "doctor exclusive 1 09:00-10:00")]
    public async Task What_is_put_off_to_the_end_is_looked_at_then_and_nothing_else_is_put_off(params string[] uses)
    {
        const string PutOff = "set constraints all deferred;";
        const string Onto = "update resource_use set taken_from = taken_from - 60 where booking = 2;";
        const string Gone = "delete from booking where key = 1;";

        Assert.Equal(Taken, await book.Trial(uses, PutOff + Onto));
        Assert.Equal(Passes, await book.Trial(uses, PutOff + Onto + Gone));
        Assert.Equal(Taken, await book.Trial(uses, Onto + Gone));
    }
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresTableTests(PostgresGuardedBook book) : TableCases(book), IClassFixture<PostgresGuardedBook>;

public sealed class PostgresGuardedBook(SharedPostgres postgres) : GuardedBook
{
    internal override Task<TestBook> NewBook() => NewBooks.Postgres(postgres.Server);

    protected override string Meaning(DbException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.ExclusionViolation => Taken,
        PostgresErrorCodes.CheckViolation or PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DataException or PostgresErrorCodes.NoDataFound => NotSo,
        _ => refused.ToString(),
    };

    protected override async Task Settle(DbTransaction trial) => await trial.Connection!.ExecuteAsync("set constraints all immediate", transaction: trial);
}
