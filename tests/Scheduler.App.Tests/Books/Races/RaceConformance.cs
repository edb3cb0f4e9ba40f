using Scheduler.App.Audit;
using Scheduler.App.Patients;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Servers;

namespace Scheduler.App.Tests.Books.Races;

/// <summary>What holds when many book at once; the full figures are those of the soak.</summary>
public abstract class RaceConformance
{
    private const int Clients = 8;

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Nothing_is_booked_twice_nor_in_part_when_many_want_the_same()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
        var proposals = await TalkClinic.Wanted(book, Race.Wishes(150, seed: 1));

        var tally = await Race.Run(book.App, [.. proposals.Select(p => (p, $"key of {p}"))], Clients);

        Assert.Empty(tally.Defects);
        Assert.Equal([Tally.Done, "BK001"], tally.Answers.Keys.OrderDescending(StringComparer.Ordinal));
        Assert.Empty(await BookFaults.Of(book));
        Assert.Equal(tally.Booked, (await book.Rows<long>("select count(distinct enrolment) from booking")).Single());
        Assert.Equal(2 * tally.Booked, (await book.Rows<long>("select count(*) from booking")).Single());
        Assert.Equal(tally.Booked, (await book.Rows<long>("select count(*) from audit where act = 'book'")).Single());
    }

    [Fact]
    public async Task Who_is_alone_in_wanting_a_place_gets_it()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 4, Talks: 2).Open(book);
        var wishes = Enumerable.Range(0, 40).Select(i => (IReadOnlyList<(int, NodaTime.LocalDateTime)>)[(1 + (i % 4), TalkClinic.Start(i / 36, i / 4 % 9 * 2)), (4 - (i % 4), TalkClinic.Start(5 + (i / 36), i / 4 % 9 * 2))]);
        var proposals = await TalkClinic.Wanted(book, wishes);

        var tally = await Race.Run(book.App, [.. proposals.Select(p => (p, p))], Clients);

        Assert.Equal($"{Tally.Done} 40", tally.ToString());
        Assert.Empty(await BookFaults.Of(book));
    }

    [Fact]
    public async Task What_is_taken_on_a_later_day_is_named()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 1, Talks: 2).Open(book);
        var proposals = await TalkClinic.Wanted(book, [[(1, TalkClinic.Start(0, 0)), (1, TalkClinic.Start(2, 0))], [(1, TalkClinic.Start(1, 0)), (1, TalkClinic.Start(2, 1))]]);
        _ = TestBook.Done(await book.Accept(proposals[0], "1"));

        var late = (await book.Accept(proposals[1], "2")).Refusal!;

        Assert.Equal("BK001", late.Code);
        Assert.Contains(late.Details, d => d.Contains("room-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_many_do_at_once_is_one_chain_though_they_need_nothing_in_common()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 1, Talks: 2).Open(book);

        var done = await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Task.Run(() => book.App.Send(new RegisterPatient($"P-{i}", "", null, null, null, null, false) { As = "root", Clinic = TestBook.Clinic }))));

        Assert.All(done, d => Assert.True(d.IsDone));
        var chain = await book.Store.Read(b => b.Chain(TestBook.Clinic));
        Assert.Equal(40, chain.Count(l => l.Entry.Act == "register patient"));
        Assert.Null(AuditChain.FirstBroken(chain));
    }

    [Fact]
    public async Task The_same_key_many_times_at_once_is_one_booking()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 1, Talks: 2).Open(book);
        var proposal = (await TalkClinic.Wanted(book, Race.Wishes(1, seed: 1).Select(c => (IReadOnlyList<(int, NodaTime.LocalDateTime)>)[.. c.Select(p => (1, p.Start))]))).Single();

        var tally = await Race.Run(book.App, [.. Enumerable.Repeat((proposal, "K"), 50)], Clients);

        Assert.Equal($"{Tally.Done} 50", tally.ToString());
        Assert.Equal(2, (await book.Rows<long>("select count(*) from booking")).Single());
        Assert.Equal(1, (await book.Rows<long>("select count(*) from audit where act = 'book'")).Single());
    }

    [Fact]
    public async Task A_proposal_under_many_keys_at_once_is_one_booking()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 1, Talks: 2).Open(book);
        var proposal = (await TalkClinic.Wanted(book, [[(1, TalkClinic.Start(0, 0)), (1, TalkClinic.Start(1, 0))]])).Single();

        var tally = await Race.Run(book.App, [.. Enumerable.Range(0, 50).Select(i => (proposal, $"key {i}"))], Clients);

        Assert.Empty(tally.Defects);
        Assert.Equal(1, tally.Booked);
        Assert.Equal(2, (await book.Rows<long>("select count(*) from booking")).Single());
    }
}

public sealed class SqliteRaceTests : RaceConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresRaceTests(SharedPostgres postgres) : RaceConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
