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

    /// <summary>Takes a share of the device, from and to so many hours after eight; whether it got one.</summary>
    private static async Task<bool> Take(TestBook book, int from, int to) => (await book.Store.Write<string>(async work =>
    {
        var (zone, midnight, hours) = (DateTimeZone.Utc, TalkClinic.First.AtMidnight(), new Hours((8 + from) * 60, (8 + to) * 60));
        var (start, end) = (midnight.PlusMinutes(hours.From), midnight.PlusMinutes(hours.To));
        var device = (await work.Takeables(TestBook.Clinic, [])).Resources["device"];
        var use = new TakenUse(1, device, "", "", Use.Share, hours, 0, null, Times.Second(zone, start), Times.Second(zone, end), MaySharePlace: false);
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
