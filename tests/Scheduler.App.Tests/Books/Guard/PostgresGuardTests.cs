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

    [Theory]
    [InlineData(Taken, "set constraints all deferred; update resource_use set resource = 1 where booking = 2")]
    [InlineData(Passes, "set constraints all deferred; update resource_use set resource = 1 where booking = 2; update resource_use set resource = 2 where booking = 1")]
    public async Task What_is_put_off_to_the_end_is_looked_at_then(string expected, string change) =>
        Assert.Equal(expected, await book.Trial(["room exclusive 1 08:00-09:00", "other-room exclusive 1 08:00-09:00"], change));
}

public sealed class PostgresGuardedBook(SharedPostgres postgres) : GuardedBook
{
    internal override Task<TestBook> NewBook() => NewBooks.Postgres(postgres.Server);

    protected override string Meaning(DbException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.ExclusionViolation => Taken,
        PostgresErrorCodes.CheckViolation or PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DataException or PostgresErrorCodes.NoDataFound => NotSo,
        _ => refused.ToString(),
    };

    protected override async Task Settle(DbTransaction trial) => await trial.Connection!.ExecuteAsync("set constraints all immediate", transaction: trial);
}
