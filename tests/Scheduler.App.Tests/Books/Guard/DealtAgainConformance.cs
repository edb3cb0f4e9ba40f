using NodaTime;
using Scheduler.App.Bookings;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Books.Races;
using Scheduler.App.Tests.Servers;
using Scheduler.Core;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Tests.Books.Guard;

/// <summary>Capacity 2, [0,2) on unit 1 and [3,5) on unit 2: a use [1,4) is legal, and no unit is free all the time.</summary>
public abstract class DealtAgainConformance
{
    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Units_are_dealt_again_before_a_legal_use_is_refused()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
        Assert.True(await Take(book, 0, 2));
        Assert.True(await Take(book, 2, 5));
        Assert.True(await Take(book, 3, 5));
        Assert.Equal(["8:1", "10:1", "11:2"], await Units(book));
        await book.Do("delete from booking where starts = '2027-01-04T10:00'");

        Assert.True(await Take(book, 1, 4));

        Assert.Equal(["8:1", "9:2", "11:1"], await Units(book));
        Assert.False(await Take(book, 3, 4));
        Assert.Equal(["8:1", "9:2", "11:1"], await Units(book));
        Assert.Empty(await BookFaults.Of(book));
    }

    [Fact]
    public async Task What_follows_behind_the_new_use_is_dealt_again_with_it()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
        Assert.True(await Take(book, 0, 2));
        Assert.True(await Take(book, 2, 4));
        Assert.True(await Take(book, 3, 6));
        Assert.True(await Take(book, 5, 8));
        Assert.Equal(["8:1", "10:1", "11:2", "13:1"], await Units(book));
        await book.Do("delete from booking where starts = '2027-01-04T10:00'");

        Assert.True(await Take(book, 1, 4));

        Assert.Equal(["8:1", "9:2", "11:1", "13:2"], await Units(book));
    }

    [Fact]
    public async Task Supervisions_are_dealt_by_how_many_somebody_bears_and_not_by_their_capacity()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
        await book.Do("update resource set supervises = 2 where id = 'therapist-1'");

        Assert.True(await Take(book, 0, 2, "therapist-1", Use.Supervision));
        Assert.True(await Take(book, 1, 3, "therapist-1", Use.Supervision));
        Assert.False(await Take(book, 1, 2, "therapist-1", Use.Supervision));

        Assert.Equal(["8:1", "9:2"], await Units(book));
    }

    [Fact]
    public async Task What_the_guard_refuses_is_an_answer_and_any_other_refusal_of_the_database_is_none()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
        Assert.True(await Take(book, 0, 2, "room-1", Use.Exclusive));

        Assert.False(await Take(book, 1, 3, "room-1", Use.Exclusive));

        Assert.Equal(["8:1"], await Units(book));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => book.Store.Write<string>(async work =>
        {
            await work.Do("update booking set to_instant = from_instant");
            return "";
        }));
    }

    [Fact]
    public async Task What_is_put_back_later_is_put_back_whole_or_not_at_all()
    {
        await using var book = await NewBook();
        await new TalkClinic(Rooms: 2, Talks: 2).Open(book);
        foreach (var (from, to) in ((int, int)[])[(4, 5), (0, 1), (2, 4), (2, 4)])
        {
            Assert.True(await Take(book, from, to));
        }

        var bookings = await book.Rows<long>("select key from booking order by key");

        // The first has a place two hours later, and the second has none.
        Assert.False(await PutBackLater(book, bookings[..2], 2));
        Assert.Equal(["10:00", "10:00"], await Begins(book));
        Assert.True(await PutBackLater(book, [bookings[2]], 1));
        Assert.Equal(["10:00", "11:00"], await Begins(book));
    }

    private static async Task<bool> PutBackLater(TestBook book, IReadOnlyCollection<long> bookings, int hours)
    {
        var isBack = false;
        _ = TestBook.Done(await book.Store.Write<string>(async work =>
        {
            var uses = await work.TakeOut(bookings);
            foreach (var booking in bookings)
            {
                await work.Shift(booking, hours * 3600);
            }

            isBack = await work.PutBack(uses, hours * 3600);
            return "";
        }));
        return isBack;
    }

    private static async Task<IEnumerable<string>> Begins(TestBook book) =>
        (await book.Rows<long>("select taken_from from resource_use order by taken_from")).Select(s => $"{Instant.FromUnixTimeSeconds(s).InUtc().TimeOfDay:HH:mm}");

    /// <summary>Takes something, a share of the device if nothing else is said, from and to so many hours after eight; whether it got it.</summary>
    private static async Task<bool> Take(TestBook book, int from, int to, string resource = "device", Use manner = Use.Share) => (await book.Store.Write<string>(async work =>
    {
        var (zone, midnight, hours) = (DateTimeZone.Utc, TalkClinic.First.AtMidnight(), new Hours((8 + from) * 60, (8 + to) * 60));
        var (start, end) = (midnight.PlusMinutes(hours.From), midnight.PlusMinutes(hours.To));
        var of = (await work.Takeables(TestBook.Clinic, [])).Resources[resource];
        var use = new TakenUse(1, of, "", "", manner, hours, 0, null, Times.Second(zone, start), Times.Second(zone, end), MaySharePlace: false);
        return await work.Book([(new NewBooking(TestBook.Clinic, null, null, null, "booked", start, end, zone), [use])]) is null ? "taken" : Refusals.SlotTaken();
    })).IsDone;

    private static async Task<IEnumerable<string>> Units(TestBook book) =>
        await book.Rows<string>("select cast(u.from_minute / 60 as text) || ':' || cast(u.unit as text) from resource_use u order by u.from_minute");
}

public sealed class SqliteDealtAgainTests : DealtAgainConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(PostgresCollection.Name)]
public sealed class PostgresDealtAgainTests(SharedPostgres postgres) : DealtAgainConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
