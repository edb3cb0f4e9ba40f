using System.Data.Common;
using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Audit;
using Scheduler.App.Backups;
using Scheduler.App.Bookings;
using Scheduler.App.Clinics;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Backups;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Books.Races;
using Scheduler.App.Tests.Servers;
using Scheduler.Core;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>What a book that has lived comes back as, and what stays of it that should, or should not.</summary>
public abstract class RecoveryConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    private const string StaleSides =
        """
        select u.booking from resource_use u join resource r on r.key = u.resource
        where r.supervises > 0 and coalesce(u.side, -1) <> case when u.manner = 'supervision' then 0 when u.to_minute - u.from_minute > r.hands_on_minutes then 1 else -1 end
        """;

    private static readonly string[] WhatIsTaken = ["resource", "manner", "from_minute", "to_minute", "taken_from", "taken_to", "unit", "side"];

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_book_whose_resources_bear_less_than_was_booked_of_them_comes_back()
    {
        await using var book = await NewBook();
        var talks = new TalkClinic(Rooms: 2, Talks: 2);
        await talks.Open(book);
        await TakeDevice(book, 8, 10);
        await TakeDevice(book, 9, 11);
        _ = Done(await book.App.Send(new ImportClinic("less.yaml", (talks with { Rooms = 1 }).Yaml) { As = "root", Clinic = Clinic }));

        await RestoreOwn(book);

        Assert.Equal([1L, 2L], await book.Rows<long>("select unit from resource_use order by unit"));
        var (there, zone) = (await book.Rows<string>("select starts from booking order by starts"), new OtherZones("Etc/UTC", "America/Chicago"));
        var found = Done(await new Application(book.Store, book.Clock, new CountedSecrets(), zone).Send(new CheckTimeZones { As = "root", Clinic = Clinic }));
        Assert.Equal(2, found.Shifted.Length);
        _ = Assert.Single(found.Conflicts);
        Assert.Equal(there, await book.Rows<string>("select starts from booking order by starts"));
        Assert.Equal([1L], await book.Rows<long>("select unit from resource_use"));
    }

    [Fact]
    public async Task So_does_one_in_which_other_uses_leave_supervision_unbroken_now()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        var shorter = Text("protocols/samples/clinic-small.yaml").Replace("hands-on: up to 15 min", "hands-on: up to 5 min", StringComparison.Ordinal);
        _ = Done(await book.App.Send(new ImportClinic("shorter.yaml", shorter) { As = "root", Clinic = Clinic }));
        Assert.NotEmpty(await book.Rows<long>(StaleSides));

        await RestoreOwn(book);

        Assert.NotEmpty(await book.Rows<long>(StaleSides));
        var zone = new OtherZones("America/New_York", "America/Chicago");
        var found = Done(await new Application(book.Store, book.Clock, new CountedSecrets(), zone).Send(new CheckTimeZones { As = "root", Clinic = Clinic }));
        Assert.Equal((await book.Rows<long>("select count(*) from booking")).Single(), found.Shifted.Length);
        Assert.Empty(await book.Rows<long>(StaleSides));
    }

    [Fact]
    public async Task A_backup_in_which_two_take_the_same_is_refused()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        using var backup = new MemoryStream();
        _ = await book.Store.Backup(backup);
        var (uses, columns) = (BookFile.Tables.IndexOf("resource_use"), await book.Store.Read(b => b.Columns("resource_use")));
        var apart = 1 + columns.IndexOf("apart");
        using var file = new MemoryStream(BackupTests.Edited(backup, lines =>
        {
            var first = lines.Skip(1).Select(l => JsonNode.Parse(l)!.AsArray()).First(r => r[0]!.GetValue<int>() == uses);
            var changed = 0;
            return [lines[0], .. lines.Skip(1).Select(l => JsonNode.Parse(l)!.AsArray()).Select(row =>
            {
                if (row[0]!.GetValue<int>() == uses && !JsonNode.DeepEquals(row[1], first[1]) && changed++ == 0)
                {
                    foreach (var same in WhatIsTaken)
                    {
                        row[1 + columns.IndexOf(same)] = first[1 + columns.IndexOf(same)]?.DeepClone();
                    }

                    row[apart] = (row[1]!.GetValue<long>() * 1_000) + row[2]!.GetValue<long>();
                }

                return row.ToJsonString();
            })];
        }));

        await using var other = await (await NewBook()).WithClinic();
        var refused = await Assert.ThrowsAsync<BackupException>(() => other.Store.Restore(file, "root"));

        Assert.Equal("The backup cannot be used: two of its bookings take the same.", refused.Message);
        Assert.Equal(1, (await other.Rows<long>("select count(*) from clinic")).Single());
    }

    /// <summary>Two shares on units of their own, of which one is made what may not stand beside the other.</summary>
    [Theory]
    [InlineData("share", null, null, true)]
    [InlineData("exclusive", null, null, false)]
    [InlineData("supervision", 0L, 1L, false)]
    [InlineData("supervision", 0L, null, true)]
    public async Task So_is_one_in_which_two_are_taken_that_may_not_stand_beside_each_other(string manner, long? side, long? otherSide, bool passes)
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
        await TakeDevice(book, 8, 10);
        await TakeDevice(book, 9, 11);
        using var backup = new MemoryStream();
        _ = await book.Store.Backup(backup);
        var (uses, columns) = (BookFile.Tables.IndexOf("resource_use"), await book.Store.Read(b => b.Columns("resource_use")));
        using var file = new MemoryStream(BackupTests.Edited(backup, lines =>
        {
            var seen = 0;
            return [lines[0], .. lines.Skip(1).Select(l => JsonNode.Parse(l)!.AsArray()).Select(row =>
            {
                if (row[0]!.GetValue<int>() == uses)
                {
                    var isFirst = seen++ == 0;
                    row[1 + columns.IndexOf("manner")] = isFirst ? manner : "share";
                    row[1 + columns.IndexOf("side")] = isFirst ? side : otherSide;
                }

                return row.ToJsonString();
            })];
        }));

        if (passes)
        {
            _ = await book.Store.Restore(file, "root");
        }
        else
        {
            Assert.Equal("The backup cannot be used: two of its bookings take the same.", (await Assert.ThrowsAsync<BackupException>(() => book.Store.Restore(file, "root"))).Message);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_number_is_given_again_to_something_else(bool saysNumbers)
    {
        await using var book = await (await NewBook()).WithClinic();
        var first = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        _ = Done(await book.Accept(first.Proposal, $"book {first.Proposal}"));
        using var backup = new MemoryStream();
        _ = await book.Store.Backup(backup);
        var later = Done(await book.Propose(await book.Enrol("P-002"), January)).Proposals[0];

        // An older version wrote no numbers.
        using var file = new MemoryStream(saysNumbers ? backup.ToArray() : BackupTests.Edited(backup, lines =>
        {
            var head = JsonNode.Parse(lines[0])!;
            _ = head.AsObject().Remove("Numbers");
            return [head.ToJsonString(), .. lines[1..]];
        }));

        // Into the book itself, and into another that knows nothing of it.
        await using var other = await NewBook();
        other.Clock.Now = book.Clock.Now;
        foreach (var restored in new[] { book, other })
        {
            file.Position = 0;
            _ = await restored.Store.Restore(file, "root");
            var enrolment = await restored.Enrol("P-003");
            var next = Done(await restored.Propose(enrolment, January)).Proposals[0];
            _ = Done(await restored.Accept(next.Proposal, $"book {next.Proposal}"));
            Assert.Equal(next.Calendar.Visits.Length, (await restored.Rows<long>("select count(*) from booking where enrolment = (select max(key) from enrolment)")).Single());
            Assert.True(restored == other || (next.Proposal != later.Proposal && enrolment == "E-3"));
        }
    }

    [Fact]
    public async Task An_erasure_is_known_for_ever_and_whoever_came_back_after_it_stays()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (unknown, known) = (await BackUp(book), await Registered(book));
        await Erased(book);
        var back = await Registered(book);

        // Through a book that has never heard of the patient, into one that still has them.
        await Restore(book, unknown);
        await Restore(book, known);
        Assert.Null(await Name(book));

        // Who came back is no older than the erasure that the backup knows.
        await Restore(book, back);
        Assert.Equal("Somebody", await Name(book));
        Assert.Equal("restore", (await book.Store.Read(b => b.Chain(Clinic)))[^1].Entry.Act);
        Assert.DoesNotContain("erase patient again", (await book.Store.Read(b => b.Chain(Clinic))).Select(l => l.Entry.Act));

        // And erased once more, they are gone from that one too.
        await Erased(book);
        await Restore(book, back);
        Assert.Null(await Name(book));
    }

    [Fact]
    public async Task What_a_restored_backup_cuts_off_is_noted()
    {
        await using var book = await (await NewBook()).Begun();
        _ = Done(await book.App.Send(new GrantRoles("root", null, [Role.Administrator, Role.Scheduler]) { As = "root", Clinic = "" }));
        var empty = await BackUp(book);
        _ = await book.WithClinic();
        _ = await Registered(book);
        var cut = await book.Store.Read(b => b.Chain(Clinic));

        await Restore(book, empty);

        var noted = Assert.Single(await book.Store.Read(b => b.Chain(Clinic))).Entry;
        Assert.Equal(("restore", $$"""{"head":"{{cut.Count}} {{cut[^1].Hash}}"}""", ""), (noted.Act, noted.Before, noted.After));
        var together = await book.Store.Read(b => b.Chain(""));
        Assert.Equal($$"""{"head":"{{together.Count - 1}} {{together[^2].Hash}}"}""", together[^1].Entry.After);
    }

    [Fact]
    public async Task A_backup_is_noted_also_in_itself()
    {
        await using var book = await (await NewBook()).WithClinic();
        using var file = new MemoryStream();
        var holds = Done(await book.App.Send(new BackUp(file) { As = "root", Clinic = "" })).Holds;

        var noted = (await book.Store.Read(b => b.Chain("")))[^1];
        Assert.Equal(("root", "back up"), (noted.Entry.Actor, noted.Entry.Act));
        Assert.Equal($"{noted.Number} {noted.Hash}", holds.Heads[""]);
    }

    [Fact]
    public async Task Nothing_is_compiled_from_a_text_that_is_not_in_the_book_any_more()
    {
        await using var book = await (await NewBook()).WithClinic();
        var text = Text("protocols/samples/clinic-small.yaml");
        var before = await BackUp(book);
        foreach (var chair in new[] { "chair-2", "chair-3" })
        {
            await Restore(book, before);
            var with = text.Replace("  chair-1:", $"  {chair}: {{kind: chair, roles: chair}}\n  chair-1:", StringComparison.Ordinal);
            _ = Done(await book.App.Send(new ImportClinic("more.yaml", with) { As = "root", Clinic = Clinic }));
            Assert.Equal(["chair-1", chair], Done(await book.App.Send(new ShowClinic { As = "root", Clinic = Clinic })).Clinic.Resources.Select(r => r.Id).Where(r => r.StartsWith("chair", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Whoever_is_erased_leaves_no_reasons_and_no_proposals()
    {
        await using var book = await (await NewBook()).WithClinic();
        string[] courses = [await book.Enrol("P-001"), await book.Enrol("P-002")];
        foreach (var course in courses)
        {
            _ = Done(await book.Propose(course, January));
            _ = await book.Do("insert into deviation (enrolment, visit, rule, tier, message, reason, noted_at, noted_by) select key, 'wet[1]', 'r', 'minor', 'm', 'moves to ' || patient, 0, 'root' from enrolment where 'E-' || key = @course", new { course });
        }

        _ = Done(await book.App.Send(new ErasePatient("P-001", "asked for it") { As = "root", Clinic = Clinic }));

        Assert.Equal(["", "moves to P-002"], await book.Rows<string>("select reason from deviation order by enrolment"));
        Assert.Equal([2L], await book.Rows<long>("select enrolment from proposal_part"));
        Assert.Equal(1, (await book.Rows<long>("select count(*) from proposal")).Single());
    }

    [Fact]
    public async Task Of_many_versions_made_active_at_once_one_is()
    {
        await using var book = await NewBook();
        var talks = new TalkClinic(Rooms: 1, Talks: 2);
        await talks.Open(book);
        string[] versions = ["1.0.0", "1.0.1", "1.0.2", "1.0.3"];
        foreach (var version in versions.Skip(1))
        {
            _ = Done(await book.App.Send(new ImportProtocol("talks.yaml", talks.Protocol.Replace("1.0.0", version, StringComparison.Ordinal)) { As = "root", Clinic = Clinic }));
        }

        for (var round = 0; round < 20; round++)
        {
            var answers = await Task.WhenAll(versions.Select(v => Task.Run(() => book.App.Send(new ActivateProtocol("talks", v) { As = "root", Clinic = Clinic }))));
            Assert.All(answers, a => Assert.True(a.IsDone));
            Assert.Equal(1, (await book.Rows<long>("select count(*) from protocol_version where state = 'active'")).Single());
        }

        await Assert.ThrowsAnyAsync<DbException>(() => book.Do("update protocol_version set state = 'active'"));
    }

    [Fact]
    public async Task A_book_in_which_two_versions_are_active_keeps_the_newer_one()
    {
        await using var book = await NewBook();
        var talks = new TalkClinic(Rooms: 1, Talks: 2);
        await talks.Open(book);
        book.Clock.Now += Duration.FromMinutes(1);
        _ = Done(await book.App.Send(new ImportProtocol("talks.yaml", talks.Protocol.Replace("1.0.0", "0.9.0", StringComparison.Ordinal)) { As = "root", Clinic = Clinic }));
        _ = await book.Do("drop index active_once");
        _ = await book.Do("delete from migration where name like '0006%'");
        _ = await book.Do("update protocol_version set state = 'active'");

        await book.Store.Migrate();

        Assert.Equal(["0.9.0 active", "1.0.0 retired"], await book.Rows<string>("select version || ' ' || state from protocol_version order by version"));
    }

    [Fact]
    public async Task An_administrator_of_all_clinics_verifies_all_audits()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new GrantRoles("here", null, [Role.Administrator]) { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new GrantRoles("root", null, [Role.Administrator, Role.Scheduler]) { As = "root", Clinic = "" }));

        var verified = Done(await book.App.Send(new VerifyAudit(null, null) { As = "root", Clinic = Clinic }));
        Assert.Equal((Clinic, "", 1L), (verified.Asked.Clinic, verified.Others.Single().Clinic, verified.Others.Single().Entries));
        Assert.Empty(Done(await book.App.Send(new VerifyAudit(null, null) { As = "here", Clinic = Clinic })).Others);
        Assert.Equal("BK002", (await book.App.Send(new VerifyAudit(null, null) { As = "here", Clinic = "" })).Refusal?.Code);

        _ = await book.Do("insert into audit (clinic, number, at, actor, act, subject, before, after, why, previous, hash) values ('', 2, 0, 'root', 'grant roles', 'mallory', '', '', '', '', '')");
        var broken = (await book.App.Send(new VerifyAudit(null, null) { As = "root", Clinic = Clinic })).Refusal!;
        Assert.Equal(("BK051", true), (broken.Code, broken.Message.StartsWith("The audit of all clinics together is not as it was written, from entry 2 of 2 on.", StringComparison.Ordinal)));
        _ = Done(await book.App.Send(new VerifyAudit(null, null) { As = "here", Clinic = Clinic }));
    }

    private static async Task<byte[]> Registered(TestBook book)
    {
        book.Clock.Now += Duration.FromMinutes(1);
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "Somebody", null, null, null, null, false) { As = "root", Clinic = Clinic }));
        return await BackUp(book);
    }

    private static async Task Erased(TestBook book)
    {
        book.Clock.Now += Duration.FromMinutes(1);
        _ = Done(await book.App.Send(new ErasePatient("P-001", "asked for it") { As = "root", Clinic = Clinic }));
    }

    private static async Task<string?> Name(TestBook book) => (await book.Rows<string?>("select name from patient where id = 'P-001'")).Single();

    private static async Task<byte[]> BackUp(TestBook book)
    {
        using var file = new MemoryStream();
        _ = await book.Store.Backup(file);
        return file.ToArray();
    }

    private static async Task Restore(TestBook book, byte[] backup)
    {
        book.Clock.Now += Duration.FromMinutes(1);
        using var file = new MemoryStream(backup);
        _ = await book.Store.Restore(file, "root");
    }

    private static async Task RestoreOwn(TestBook book) => await Restore(book, await BackUp(book));

    /// <summary>Takes a share of the device on a day, from and to full hours.</summary>
    private static async Task TakeDevice(TestBook book, int from, int to) => Done(await book.Store.Write<string>(async work =>
    {
        var (zone, midnight, hours) = (DateTimeZoneProviders.Tzdb["Etc/UTC"], TalkClinic.First.AtMidnight(), new Core.Clinics.Hours(from * 60, to * 60));
        var (start, end) = (midnight.PlusMinutes(hours.From), midnight.PlusMinutes(hours.To));
        var device = (await work.Takeables(Clinic, [])).Resources["device"];
        var use = new TakenUse(1, device, "", "", Use.Share, hours, 0, null, Times.Second(zone, start), Times.Second(zone, end), MaySharePlace: false);
        return await work.Book([(new NewBooking(Clinic, null, null, null, "booked", start, end, zone), [use])]) is null ? "taken" : Refusals.SlotTaken();
    }));
}

public sealed class SqliteRecoveryTests : RecoveryConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();

    [Fact]
    public async Task What_was_erased_is_in_the_file_no_more()
    {
        const string Name = "Wilhelmina Featherstonehaugh of the Grange";
        var book = await (await NewBook()).WithClinic();
        for (var i = 1; i <= 30; i++)
        {
            _ = Done(await book.App.Send(new RegisterPatient($"P-{i:000}", $"{Name} {i}", "p@example.org", "mail", null, null, true) { As = "root", Clinic = Clinic }));
        }

        for (var i = 1; i <= 30; i++)
        {
            _ = Done(await book.App.Send(new ErasePatient($"P-{i:000}", "asked for it") { As = "root", Clinic = Clinic }));
        }

        var file = ((Microsoft.Data.Sqlite.SqliteConnection)book.Connect()).DataSource;
        await book.DisposeAsync();

        Assert.DoesNotContain("Featherstonehaugh", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        Assert.False(File.Exists($"{file}-wal"));
    }
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresRecoveryTests(SharedPostgres postgres) : RecoveryConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
