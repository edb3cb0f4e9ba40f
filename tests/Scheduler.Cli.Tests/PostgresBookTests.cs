using System.Runtime.Versioning;
using System.Text.Json;
using Npgsql;
using Scheduler.App.Storage;
using Scheduler.App.Tests.Servers;

namespace Scheduler.Cli.Tests;

/// <summary>The book in a real PostgreSQL server, from the command line.</summary>
[SupportedOSPlatform("linux")]
public sealed class PostgresBookTests(SharedPostgres postgres) : IClassFixture<SharedPostgres>, IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_clinics_day_is_the_same_as_in_a_file()
    {
        var book = await NewBook();
        var made = book.Ask("init", "--sample");
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Contains($" is in the database '{book.Database}' on 127.0.0.1:{postgres.Server.Port}.", made.Output, StringComparison.Ordinal);
        Assert.StartsWith("BK069: There is a book in the database '", book.Ask("init", "--sample").Error, StringComparison.Ordinal);

        // The daily work needs the working role alone.
        var daily = book with { Owner = null };
        _ = BookOfSample.Ask(scratch.Folder, "init", "--sample");
        foreach (var line in (string[])["day 2026-11-20 --json", "week --json", "patient show --json", "show E-19 --json", "utilisation --json", "at-risk --json", "deviations list --json", "protocol list --json", "own --json"])
        {
            var (account, words) = (line.StartsWith("own", StringComparison.Ordinal) ? "nurse-ana" : "office", line.Split(' '));
            var here = daily.AskAs(account, words);
            Assert.Equal((line, 0, ""), (line, here.ExitCode, here.Error));
            Assert.Equal(BookOfSample.Ask(scratch.Folder, [.. words, "--as", account]).Output, here.Output);
        }

        Assert.Equal(0, daily.Ask("patient", "register", "P-041", "--name", "Ada Brook").ExitCode);
        Assert.Equal(0, daily.Ask("enrol", "P-041", "--protocol", "feder-2025-ketamine-wet").ExitCode);
        var proposal = Json(daily.Ask("propose", "E-38", "--start-within", "60", "--json")).GetProperty("proposals")[0].GetProperty("proposal").GetString()!;
        Assert.Equal(0, daily.Ask("reserve", proposal).ExitCode);
        Assert.Equal("Booked: 14 visits of E-38.\n", daily.Ask("book", proposal).Output);
        Assert.Equal(0, daily.Ask("wait", "E-38").ExitCode);
        Assert.Equal(0, daily.Ask("offer").ExitCode);
        Assert.Equal(0, daily.Ask("sick", "therapist-kim", "--from", "2026-11-24").ExitCode);
        Assert.Equal(0, daily.Ask("hours", "nurse-ben", "2026-11-30", "--hours", "09:00-12:00", "--deviations", "major").ExitCode);
        Assert.Equal(0, daily.AskAs("admin", "user", "add", "zoe", "--role", "scheduler").ExitCode);
        Assert.Equal(0, daily.AskAs("admin", "import", Path.Combine(Cli.Root, "protocols"), "--dry-run").ExitCode);
        Assert.Equal(0, daily.AskAs("admin", "tz-check").ExitCode);
        Assert.Equal(0, daily.AskAs("admin", "audit", "verify").ExitCode);

        // A backup is restored by whoever owns the tables.
        var file = Path.Combine(scratch.Folder, "book.backup");
        Assert.Equal(0, daily.AskAs("admin", "backup", file).ExitCode);
        var refused = daily.AskAs("admin", "restore", file);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"BK067: The role lacks rights in the database '{book.Database}'. Tables are made, brought up to date and restored by the role that owns them: where that is another, SCHEDULER_POSTGRES_OWNER says it.", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, book.AskAs("admin", "restore", file).ExitCode);
        Assert.Contains("P-041", daily.Ask("patient", "show").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_book_is_made_once_and_the_settings_can_choose_it()
    {
        var book = await NewBook();
        scratch.Write("appsettings.json", """{"store": "postgres", "as": "root"}""");

        var made = BookOfSample.Ask(scratch.Folder, BookOfSample.Noon, book.Variables, "init", "--json");
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Equal(JsonValueKind.Null, Json(made).GetProperty("folder").ValueKind);
        Assert.Equal(1, BookOfSample.Ask(scratch.Folder, BookOfSample.Noon, book.Variables, "init").ExitCode);
        Assert.Equal("The book has no clinic yet.\n", BookOfSample.Ask(scratch.Folder, BookOfSample.Noon, book.Variables, "clinic", "list").Output);
        Assert.Equal(["appsettings.json"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));

        // The command line beats the settings.
        Assert.StartsWith("BK052", BookOfSample.Ask(scratch.Folder, BookOfSample.Noon, book.Variables, "clinic", "list", "--store", "sqlite").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_a_book_is_left_without()
    {
        var book = await NewBook();

        var run = book.Ask("day");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal($"BK068: There is no book in the database '{book.Database}' on 127.0.0.1:{postgres.Server.Port}. 'scheduler init' makes one there.\n", run.Error.ReplaceLineEndings("\n"));
        Assert.Equal(0L, await Statements.AskAsync(book.Owner!, "select count(*) from pg_tables where schemaname = 'public'"));
    }

    [Fact]
    public async Task What_is_in_the_way_of_a_connection_is_said_and_never_the_password()
    {
        var book = await NewBook();
        var given = new NpgsqlConnectionStringBuilder(book.Worker) { Timeout = 5 };
        (string Code, string Worker, string? Owner)[] wrong =
        [
            ("BK062", "", null),
            ("BK063", $"Host=127.0.0.1;Pasword={given.Password}", null),
            ("BK063", $"postgres://app:{given.Password}@127.0.0.1/clinic", null),
            ("BK063", $"Host=127.0.0.1;Username=app;Password={given.Password}", null),
            ("BK063", book.Worker, $"Password={given.Password}"),
            ("BK064", new NpgsqlConnectionStringBuilder(given.ConnectionString) { Port = 1 }.ConnectionString, null),
            ("BK065", new NpgsqlConnectionStringBuilder(given.ConnectionString) { Password = $"not {given.Password}" }.ConnectionString, null),
            ("BK065", new NpgsqlConnectionStringBuilder(given.ConnectionString) { Password = null }.ConnectionString, null),
            ("BK066", new NpgsqlConnectionStringBuilder(book.Owner!) { Database = "elsewhere", Timeout = 5 }.ConnectionString, null),
        ];
        foreach (var (code, worker, owner) in wrong)
        {
            foreach (var command in new[] { "day", "init" })
            {
                var run = (book with { Worker = worker, Owner = owner }).Ask(command);
                Assert.Equal((code, 1, ""), (run.Error.Split(':')[0], run.ExitCode, run.Output));
                Assert.DoesNotContain(given.Password!, run.Error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_role_without_rights_is_told_so_and_gets_them_from_the_owner()
    {
        var book = await NewBook();
        var alone = (book with { Owner = null }).Ask("init");
        Assert.Equal(1, alone.ExitCode);
        Assert.StartsWith("BK067: ", alone.Error, StringComparison.Ordinal);
        Assert.Equal(0, book.Ask("init").ExitCode);

        // Another role may read nothing, until the owner is there once.
        var other = book with { Worker = await postgres.Server.NewRoleAsync(book.Owner!, "other") };
        Assert.StartsWith("BK067: ", (other with { Owner = null }).Ask("clinic", "list").Error, StringComparison.Ordinal);
        Assert.Equal(0, other.Ask("clinic", "list").ExitCode);
        Assert.Equal(0, (other with { Owner = null }).Ask("clinic", "list").ExitCode);
    }

    [Fact]
    public async Task A_book_that_a_newer_version_wrote_is_left_alone()
    {
        var book = await NewBook();
        Assert.Equal(0, book.Ask("init").ExitCode);
        _ = await Statements.AskAsync(book.Owner!, "insert into migration (name, at) values ('9999-later.sql', 0)");

        Assert.StartsWith("BK057: ", (book with { Owner = null }).Ask("clinic", "list").Error, StringComparison.Ordinal);
        Assert.StartsWith("BK057: ", book.Ask("clinic", "list").Error, StringComparison.Ordinal);
    }

    private static JsonElement Json(Cli run)
    {
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private async Task<InServer> NewBook()
    {
        var owner = await postgres.Server.NewDatabaseAsync("cli");
        return new(scratch.Folder, await postgres.Server.NewRoleAsync(owner, "app"), owner);
    }

    /// <summary>A database of a test's own.</summary>
    private sealed record InServer(string Folder, string Worker, string? Owner)
    {
        public string Database => new NpgsqlConnectionStringBuilder(Worker).Database!;

        public string? Variables(string name) => name == Stores.ConnectionVariable ? Worker : name == Stores.OwnerVariable ? Owner : null;

        public Cli Ask(params string[] args) => AskAs("office", args);

        public Cli AskAs(string account, params string[] args) => BookOfSample.Ask(Folder, BookOfSample.Noon, Variables, [.. args, "--store", "postgres", "--as", account]);
    }
}
