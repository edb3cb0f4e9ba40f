using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.App.Audit;
using Scheduler.App.Patients;
using Scheduler.App.Storage.Backups;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Servers;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>A book that is backed up comes back as it was, in either store.</summary>
[Collection(PostgresCollection.Name)]
public sealed class BackupTests(SharedPostgres postgres) : IDisposable
{
    private static readonly LocalDate January = new(2027, 1, 4);

    private readonly List<SqliteBooks> files = [];

    public void Dispose() => files.ForEach(f => f.Dispose());

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task What_one_store_wrote_the_other_reads(bool fromServer, bool toServer)
    {
        await using var book = await (await NewBook(fromServer)).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = Done(await book.Propose(await book.Enrol("P-002"), January));
        using var backup = new MemoryStream();
        var written = await book.Store.Backup(backup);

        await using var other = await NewBook(toServer);
        backup.Position = 0;
        var read = await other.Store.Restore(backup, "root");

        Assert.True(read.Same(written));
        Assert.Equal(await Rows(book), await Rows(other));

        // And it goes on where it was: new rows are numbered behind the old ones, and the chain holds.
        other.Clock.Now = book.Clock.Now;
        _ = await other.Book(await other.Enrol("P-003"), January);
        Assert.Null(AuditChain.FirstBroken(await other.Store.Read(b => b.Chain(Clinic))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_backup_under_load_is_of_one_moment(bool server)
    {
        await using var book = await (await NewBook(server)).WithClinic();
        var backups = new List<MemoryStream>();
        var load = Task.Run(async () =>
        {
            for (var i = 1; i <= 20; i++)
            {
                _ = await book.Enrol($"P-{i:000}");
            }
        });
        while (!load.IsCompleted)
        {
            backups.Add(new MemoryStream());
            _ = await book.Store.Backup(backups[^1]);
        }

        await load;
        foreach (var backup in backups.Where((_, i) => i % (1 + (backups.Count / 4)) == 0))
        {
            await using var other = await NewBook(server: false);
            backup.Position = 0;
            _ = await other.Store.Restore(backup, "root");
            var (patients, resources, enrolments) = ((await other.Rows<long>("select count(*) from patient")).Single(), (await other.Rows<long>("select count(*) from resource where is_patient = 1")).Single(), (await other.Rows<long>("select count(*) from enrolment")).Single());
            Assert.Equal(patients, resources);
            Assert.InRange(enrolments, patients - 1, patients);
        }
    }

    [Fact]
    public async Task Whoever_was_erased_since_is_erased_again()
    {
        await using var book = await (await NewBook(server: false)).WithClinic();
        _ = await book.Enrol("P-001");
        using var backup = new MemoryStream();
        _ = await book.Store.Backup(backup);
        _ = Done(await book.App.Send(new ErasePatient("P-001", "asked for it") { As = "root", Clinic = Clinic }));

        backup.Position = 0;
        _ = await book.Store.Restore(backup, "root");

        Assert.Null((await book.Rows<string?>("select name from patient")).Single());
        Assert.Null((await book.Rows<string?>("select audit_key from patient")).Single());
        Assert.Equal(["erase patient again", "restore"], (await book.Store.Read(b => b.Chain(Clinic))).Select(l => l.Entry.Act).TakeLast(2));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("text")]
    [InlineData("a row changed")]
    [InlineData("a row gone")]
    [InlineData("newer")]
    public async Task A_file_that_is_not_what_was_written_changes_nothing(string how)
    {
        await using var book = await (await NewBook(server: false)).WithClinic();
        _ = await book.Enrol("P-001");
        using var backup = new MemoryStream();
        _ = await book.Store.Backup(backup);
        var before = await Rows(book);

        var spoilt = how switch
        {
            "cut" => backup.ToArray()[..(int)(backup.Length / 2)],
            "text" => "not a backup"u8.ToArray(),
            "a row changed" => Edited(backup, lines => [.. lines.Select(l => l.Replace("\"register patient\"", "\"something else\"", StringComparison.Ordinal))]),
            "a row gone" => Edited(backup, lines => [.. lines.Where((_, i) => i != lines.Length - 3)]),
            _ => Edited(backup, lines => [lines[0].Replace("0001-book.sql", "9999-later.sql", StringComparison.Ordinal), .. lines[1..]]),
        };
        using var file = new MemoryStream(spoilt);

        var refused = await Assert.ThrowsAsync<BackupException>(() => book.Store.Restore(file, "root"));
        Assert.StartsWith("The backup cannot be used: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Rows(book));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_older_version_wrote_is_brought_up_to_date(bool toServer)
    {
        await using var book = await (await NewBook(server: false)).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        using var backup = new MemoryStream();
        _ = await book.Store.Backup(backup);

        // As it was written before there were allocation lists.
        const string New = "allocation_entry";
        var place = BookFile.Tables.IndexOf(New);
        using var file = new MemoryStream(Edited(backup, lines =>
        {
            var head = JsonNode.Parse(lines[0])!;
            head["Migrations"] = new JsonArray([.. head["Migrations"]!.AsArray().Select(m => m!.GetValue<string>()).Where(m => !m.StartsWith("0004", StringComparison.Ordinal)).Select(m => (JsonNode)m)]);
            head["Columns"]!.AsObject().Remove(New);
            head["Summary"]!["Rows"]!.AsObject().Remove(New);
            return [head.ToJsonString(), .. lines[1..].Select(l => JsonNode.Parse(l)!.AsArray()).Select(row => (row[0] = row[0]!.GetValue<int>() is var t && t > place ? t - 1 : t) is null ? "" : row.ToJsonString())];
        }));

        await using var other = await NewBook(toServer);
        _ = await other.Store.Restore(file, "root");

        Assert.Equal(await Rows(book), await Rows(other));
        Assert.Empty(await other.Rows<long>("select number from allocation_entry"));
        other.Clock.Now = book.Clock.Now;
        _ = await other.Book(await other.Enrol("P-003"), January);
    }

    [Fact]
    public async Task Every_table_is_in_the_backup()
    {
        await using var book = await (await NewBook(server: false)).Begun();

        var tables = await book.Rows<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'migration' order by name");

        Assert.Equal(tables, BookFile.Tables.Order(StringComparer.Ordinal));
    }

    /// <summary>A backup whose lines somebody has changed.</summary>
    internal static byte[] Edited(MemoryStream backup, Func<string[], string[]> edit)
    {
        using var zip = new GZipStream(new MemoryStream(backup.ToArray()), CompressionMode.Decompress);
        using var text = new StreamReader(zip);
        var lines = edit(text.ReadToEnd().TrimEnd('\n').Split('\n'));
        using var edited = new MemoryStream();
        using (var again = new GZipStream(edited, CompressionLevel.Fastest, leaveOpen: true))
        {
            again.Write(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        }

        return edited.ToArray();
    }

    /// <summary>All rows but those of the audit, to which restoring adds.</summary>
    private static Task<List<string>> Rows(TestBook book) => book.Store.Read(async b =>
    {
        var rows = new List<string>();
        foreach (var table in BookFile.Tables.Remove("audit"))
        {
            await foreach (var row in b.Stream($"select {string.Join(", ", await b.Columns(table))} from {table}"))
            {
                rows.Add($"{table} {JsonSerializer.Serialize(row)}");
            }
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    });

    private async Task<TestBook> NewBook(bool server)
    {
        if (server)
        {
            return await PostgresBooks.NewBook(postgres);
        }

        files.Add(new SqliteBooks());
        return await files[^1].NewBook();
    }
}
