using Npgsql;
using Scheduler.App.Storage.Postgres;
using Scheduler.App.Tests.Servers;
using static Scheduler.App.Tests.Servers.Statements;

namespace Scheduler.App.Tests.Books.Guard;

/// <summary>What the role in which the program works can't do, whatever the program asks of it.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresRightsTests(SharedPostgres postgres) : IAsyncLifetime
{
    private string owner = "";
    private string worker = "";

    public async Task InitializeAsync()
    {
        owner = await postgres.Server.NewDatabaseAsync("rights");
        worker = await postgres.Server.NewRoleAsync(owner, "app");
        await using var store = new PostgresStore(worker, owner, new SetClock(TestBook.Noon));
        await store.Migrate();
        await AskAsync(owner, "insert into audit (clinic, number, at, actor, act, subject, before, after, why, previous, hash) values ('c', 1, 0, '', '', '', '', '', '', '', '')");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task It_adds_to_the_audit_and_reads_it() =>
        Assert.Equal(2L, await AskAsync(worker, "insert into audit (clinic, number, at, actor, act, subject, before, after, why, previous, hash) values ('c', 2, 0, '', '', '', '', '', '', '', ''); select count(*) from audit"));

    [Fact]
    public async Task The_rest_is_not_permitted()
    {
        string[] forbidden =
        [
            "update audit set actor = 'nobody'",
            "delete from audit",
            "truncate audit",
            "insert into audit (clinic, number, at, actor, act, subject, before, after, why, previous, hash) values ('c', 1, 0, '', '', '', '', '', '', '', '') on conflict (clinic, number) do update set actor = 'nobody'",
            "alter table audit disable trigger all",
            "drop trigger audit_stays on audit",
            "drop table audit",
            "alter table resource_use drop constraint unit_once",
            "drop trigger use_is_as_it_says on resource_use",
            "create or replace function check_use() returns trigger language plpgsql as 'begin return new; end'",
            "set session_replication_role = replica",
            "insert into migration (name, at) values ('9999', 0)",
            "delete from migration",
            "update migration set at = 0",
            "select setval(pg_get_serial_sequence('booking', 'key'), 1)",
            "create table mine (id int)",
            "create temporary table mine (id int)",
            "create schema mine",
        ];
        foreach (var statement in forbidden)
        {
            Assert.Equal((statement, PostgresErrorCodes.InsufficientPrivilege), (statement, await RefusedAsync(worker, statement)));
        }
    }

    /// <summary>By what is granted, since the triggers of the audit would refuse in the same words what is not.</summary>
    [Fact]
    public async Task It_adds_to_the_audit_reads_what_was_migrated_and_changes_all_other_rows()
    {
        var granted = $"select string_agg(privilege_type, ' ' order by privilege_type) from information_schema.table_privileges where grantee = '{new NpgsqlConnectionStringBuilder(worker).Username}' and table_name = ";
        var tables = ((string[])(await AskAsync(owner, "select array_agg(tablename::text) from pg_tables where schemaname = 'public'"))!).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string> { "audit", "migration", "booking", "resource_use" }, tables);

        foreach (var table in tables)
        {
            var expected = table switch { "audit" => "INSERT SELECT", "migration" => "SELECT", _ => "DELETE INSERT SELECT UPDATE" };
            Assert.Equal((table, expected), (table, await AskAsync(owner, $"{granted}'{table}'")));
        }
    }

    [Theory]
    [InlineData("update audit set actor = 'nobody'")]
    [InlineData("delete from audit")]
    [InlineData("truncate audit")]
    public async Task Not_even_who_owns_the_tables_changes_the_audit_by_mistake(string statement) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync(owner, statement));
}
