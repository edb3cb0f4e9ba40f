using NodaTime;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Servers;
using Scheduler.Core.Courses;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books.Races;

/// <summary>What two do at the same moment on a server, in the one order in which it could go wrong.</summary>
[Collection(PostgresCollection.Name)]
public sealed class MomentTests(SharedPostgres postgres)
{
    private static readonly LocalDate January = new(2027, 1, 4);

    [Fact]
    public async Task What_is_freed_while_units_are_dealt_again_stays_free()
    {
        await using var book = await (await PostgresBooks.NewBook(postgres)).WithClinic();
        var course = await book.Enrol("P-001");
        var visit = (await book.Book(course, January)).Visits[0].Id;
        var booking = (await book.Rows<long>("select key from booking where visit = @visit", new { visit = visit.ToString() })).Single();
        var telling = Task.FromResult<Answer<Told>?>(null);

        // As whoever books does where no unit is free all the time: uses are taken out, and put back.
        _ = Done(await book.Store.Write<string>(async work =>
        {
            await work.Lock(await work.TakenBy([booking]));
            var uses = await work.TakeOut([booking]);
            telling = Sent(book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, visit, Party.Patient), "") { As = "root", Clinic = Clinic }));
            await Waiting(book, 1, telling);
            Assert.True(await work.PutBack(uses, 0));
            return "";
        }));

        _ = Done((await telling)!);
        Assert.Empty(await book.Rows<long>("select number from resource_use where booking = @booking", new { booking }));
    }

    [Fact]
    public async Task Nobody_is_booked_who_goes_away_at_the_same_moment()
    {
        await using var book = await (await PostgresBooks.NewBook(postgres)).WithClinic();
        var proposal = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        var visit = proposal.Calendar.Visits.First(v => v.Uses.Any(u => u.Role == "therapist"));
        var away = new AddAbsence(visit.Uses.First(u => u.Role == "therapist").Resource, visit.Date, visit.Date, Core.Clinics.Hours.WholeDay, "ill") { As = "root", Clinic = Clinic };
        var (leaving, booking) = (Task.FromResult<Answer<Absent>?>(null), Task.FromResult<Answer<Booked>?>(null));

        // Neither is done before both have seen what they look at.
        _ = Done(await book.Store.Write<string>(async work =>
        {
            await work.LockAudit(Clinic);
            leaving = Sent(book.App.Send(away));
            await Waiting(book, 1, leaving);
            booking = Sent(book.Accept(proposal.Proposal, "K"));
            await Waiting(book, 2, booking);
            return "";
        }));

        Assert.Empty(Done((await leaving)!).Hit);
        Assert.Equal("BK033", (await booking)!.Refusal?.Code);
    }

    [Fact]
    public async Task Of_two_who_wait_for_each_other_one_is_tried_again()
    {
        await using var book = await (await PostgresBooks.NewBook(postgres)).WithClinic();
        TaskCompletionSource[] begun = [new(), new()];
        var tries = 0;

        // Nothing in the program locks a second time; whatever does is tried again.
        async Task<Answer<string>> Both(int first) => await book.Store.Write<string>(async work =>
        {
            Interlocked.Increment(ref tries);
            await work.Lock([first]);
            begun[first].TrySetResult();
            await begun[1 - first].Task;
            await work.Lock([1 - first]);
            return "";
        });
        var done = await Task.WhenAll(Both(0), Both(1));

        Assert.All(done, d => Assert.True(d.IsDone));
        Assert.Equal(3, tries);
    }

    private static async Task<Answer<T>?> Sent<T>(Task<Answer<T>> asked)
        where T : class => await asked;

    /// <summary>Until so many wait for somebody, or one who was to wait does not.</summary>
    private static async Task Waiting(TestBook book, int many, Task who)
    {
        // Tests of this server run one after the other, so that whoever waits there is one of these.
        while (!who.IsCompleted && (await book.Rows<long>("select count(*) from pg_locks where not granted")).Single() < many)
        {
            await Task.Yield();
        }
    }
}
