using System.Collections.Immutable;
using Npgsql;
using static Scheduler.App.Tests.Servers.Statements;

namespace Scheduler.App.Tests.Servers;

/// <summary>What tests of the store rely on while a server runs.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresServerTests(SharedPostgres postgres)
{
    private static readonly ImmutableDictionary<string, string> Settings = ImmutableDictionary<string, string>.Empty
        .Add("fsync", "on")
        .Add("full_page_writes", "on")
        .Add("synchronous_commit", "on")
        .Add("max_connections", "200")
        .Add("server_encoding", "UTF8")
        .Add("lc_collate", "C")
        .Add("timezone", "UTC")
        .Add("listen_addresses", "127.0.0.1");

    /// <summary>Without rights of its own, a role gets none of these.</summary>
    private static readonly ImmutableArray<string> Forbidden =
    [
        "create table mine (id int)",
        "create temporary table mine (id int)",
        "create schema mine",
        "create extension btree_gist",
        "alter table audit add column more int",
        "drop table audit",
        "select * from audit",
        "create database mine",
        "create role mine",
    ];

    [Fact]
    public async Task A_server_that_was_started_answers_with_its_settings()
    {
        var database = await postgres.Server.NewDatabaseAsync();

        foreach (var (name, value) in Settings)
        {
            Assert.Equal((name, value), (name, await AskAsync(database, $"show {name}")));
        }
    }

    [Fact]
    public void Its_processes_do_not_run_as_root()
    {
        var processes = FolderProcesses.In(postgres.Server.Data);

        Assert.NotEmpty(processes);
        Assert.All(processes, id => Assert.DoesNotContain("\t0", File.ReadLines($"/proc/{id}/status").First(l => l.StartsWith("Uid:", StringComparison.Ordinal)), StringComparison.Ordinal));
    }

    [Fact]
    public void Its_folder_lets_in_nobody_else() =>
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(postgres.Server.Folder));

    [Fact]
    public async Task Nobody_connects_without_the_password()
    {
        var guessed = new NpgsqlConnectionStringBuilder(await postgres.Server.NewDatabaseAsync()) { Username = "postgres", Password = "postgres" };

        Assert.Equal(PostgresErrorCodes.InvalidPassword, await RefusedAsync(guessed.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task Two_databases_are_apart()
    {
        var (one, other) = (await postgres.Server.NewDatabaseAsync("apart"), await postgres.Server.NewDatabaseAsync("apart"));
        await AskAsync(one, "create table booking (id int)");

        Assert.Equal(PostgresErrorCodes.UndefinedTable, await RefusedAsync(other, "select * from booking"));
        var crossed = new NpgsqlConnectionStringBuilder(one) { Database = new NpgsqlConnectionStringBuilder(other).Database };
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync(crossed.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task An_owner_can_have_no_two_bookings_of_a_unit_at_once()
    {
        var database = await postgres.Server.NewDatabaseAsync();
        await AskAsync(
            database,
            "create extension btree_gist; create table booking (unit text, during tstzrange, exclude using gist (unit with =, during with &&) deferrable)");
        await AskAsync(database, "insert into booking values ('chair-1', '[2027-01-04 08:00Z, 2027-01-04 10:00Z)'), ('chair-2', '[2027-01-04 09:00Z, 2027-01-04 11:00Z)')");

        Assert.Equal(PostgresErrorCodes.ExclusionViolation, await RefusedAsync(database, "insert into booking values ('chair-1', '[2027-01-04 09:00Z, 2027-01-04 11:00Z)')"));
    }

    [Fact]
    public async Task A_restricted_role_can_do_nothing_that_was_not_granted()
    {
        var owner = await postgres.Server.NewDatabaseAsync();
        var role = await postgres.Server.NewRoleAsync(owner, "app");
        await AskAsync(owner, "create table audit (id int)");

        foreach (var statement in Forbidden)
        {
            Assert.Equal((statement, PostgresErrorCodes.InsufficientPrivilege), (statement, await RefusedAsync(role, statement)));
        }
    }

    [Fact]
    public async Task A_restricted_role_does_what_the_owner_grants()
    {
        var owner = await postgres.Server.NewDatabaseAsync();
        var role = await postgres.Server.NewRoleAsync(owner, "app");
        await AskAsync(owner, $"create table audit (id int); grant select, insert on audit to {new NpgsqlConnectionStringBuilder(role).Username}");
        await AskAsync(role, "insert into audit values (7)");

        Assert.Equal(7, await AskAsync(role, "select id from audit"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync(role, "delete from audit"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x; drop database postgres")]
    [InlineData("Upper")]
    public async Task What_is_no_name_is_refused(string name) => await Assert.ThrowsAsync<ArgumentException>(() => postgres.Server.NewDatabaseAsync(name));

    [Fact]
    public async Task A_server_that_runs_is_not_started_again() => await Assert.ThrowsAsync<InvalidOperationException>(() => postgres.Server.RestartAsync());
}
