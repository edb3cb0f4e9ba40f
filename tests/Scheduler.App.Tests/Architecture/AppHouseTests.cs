using System.Text.RegularExpressions;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Tests.Architecture;

namespace Scheduler.App.Tests.Architecture;

/// <summary>The folders of the app see each other only along the arrows of its house, and a database only where they must.</summary>
public sealed partial class AppHouseTests
{
    [Fact]
    public void No_type_sees_a_room_that_it_must_not()
    {
        var breaches = AppHouse.Breaches(AssemblyUses.Of(typeof(Application).Assembly.Location)).ToList();

        Assert.False(breaches.Count > 0, string.Join('\n', breaches));
    }

    [Fact]
    public void No_room_sees_one_above_it()
    {
        var order = AppHouse.Rooms.Select(r => r.Room).ToList();

        Assert.Empty(AppHouse.Rooms.SelectMany(r => r.Sees.Where(s => order.IndexOf(s) is var at && (at < 0 || at >= order.IndexOf(r.Room))).Select(s => $"{r.Room} sees {s}")));
    }

    [Fact]
    public void Sql_stands_with_the_store_and_nowhere_else()
    {
        var others = Sources.All.Where(s => s.Path.StartsWith("Scheduler.App/", StringComparison.Ordinal) && !s.Path.StartsWith("Scheduler.App/Storage/", StringComparison.Ordinal));

        Assert.Empty(others.Where(s => Sql().IsMatch(s.Text)).Select(s => s.Path));
        Assert.Matches(Sql(), Sources.All.Single(s => s.Path == "Scheduler.App/Storage/Tables/BookingTable.cs").Text);
    }

    [Fact]
    public void Hangfire_is_spoken_of_where_it_is_adapted_and_nowhere_else()
    {
        var speak = Sources.All.Where(s => s.Usings.Any(u => u == "Hangfire" || u.StartsWith("Hangfire.", StringComparison.Ordinal))).Select(s => s.Path).ToList();

        Assert.NotEmpty(speak);
        Assert.All(speak, s => Assert.StartsWith("Scheduler.Hangfire/", s, StringComparison.Ordinal));
        Assert.Equal(["Scheduler.Cli/Engine.cs"], Sources.All.Where(s => s.Usings.Contains("Scheduler.Hangfire")).Select(s => s.Path));
    }

    [Theory]
    [InlineData("Scheduler.App.Storage.Tables.BookingTable", "Scheduler.App.Enrolments.Accept", "'Storage' may not see 'Enrolments'")]
    [InlineData("Scheduler.App.Access.Gate`2", "Scheduler.App.Enrolments.Accept", "'Access' may not see 'Enrolments'")]
    [InlineData("Scheduler.App.Enrolments.Accept+Handler", "Scheduler.App.Reports.ClinicDay", "'Enrolments' may not see 'Reports'")]
    [InlineData("Scheduler.App.Enrolments.Accept+Handler", "Scheduler.App.Storage.Sqlite.SqliteStore", "'Enrolments' may not see 'Storage.Sqlite'")]
    [InlineData("Scheduler.App.Attic.Box", "Scheduler.App.Answer`1", "lives in no known room")]
    public void An_arrow_that_is_not_there_is_found(string from, string to, string breach) =>
        Assert.Contains(breach, Assert.Single(AppHouse.Breaches([new(from, "Of", to, null, IsOurs: true)])), StringComparison.Ordinal);

    [Theory]
    [InlineData("Scheduler.App.Enrolments.Accept", "Dapper.SqlMapper")]
    [InlineData("Scheduler.App.Storage.Tables.BookingTable", "Npgsql.NpgsqlConnection")]
    [InlineData("Scheduler.App.Storage.Postgres.PostgresStore", "Microsoft.Data.Sqlite.SqliteConnection")]
    [InlineData("Scheduler.App.Reports.ClinicDay", "System.Data.Common.DbException")]
    public void A_database_that_must_not_be_seen_is_found(string from, string to) => Assert.Single(AppHouse.Breaches([new(from, "Of", to, null, IsOurs: false)]));

    [Fact]
    public void What_is_looked_at_is_the_whole_app() => Assert.Contains(AssemblyUses.Of(typeof(Application).Assembly.Location), u => u.From == typeof(BookingTable).FullName);

    [GeneratedRegex("\"\\s*(select|insert into|update|delete from|with)\\s+[a-z_.*]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sql();
}
