using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Jobs;
using Scheduler.App.Tests.Books;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Jobs;

/// <summary>What has run out is taken out, and what has not stays.</summary>
public sealed class RunOutTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-run-out-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Reservations_and_links_are_taken_out_once_their_time_is_over()
    {
        await using var book = await NewBooks.Sqlite(folder.FullName).WithClinic();
        var booked = (await book.Book(await book.Enrol("P-001"), new LocalDate(2027, 1, 4))).Visits.Length;
        var proposal = Done(await book.Propose(await book.Enrol("P-002"), new LocalDate(2027, 3, 8))).Proposals[0];
        _ = Done(await book.App.Send(new Reserve(proposal.Proposal, 10) { As = "root", Clinic = book.Id }));
        _ = Done(await new SignInLinks(book.Store, book.Clock, new CountedSecrets()).Make("root", "root"));
        var routine = new RunOutRoutine(book.Store, book.Clock);

        book.Clock.Now += Duration.FromMinutes(10) - Duration.FromSeconds(1);
        await routine.Run(default);
        Assert.Equal((booked + proposal.Calendar.Visits.Length, 1), await Kept());
        book.Clock.Now += Duration.FromSeconds(1);
        await routine.Run(default);
        Assert.Equal((booked, 1), await Kept());
        book.Clock.Now += SignInLinks.Lifetime;
        await routine.Run(default);
        Assert.Equal((booked, 0), await Kept());
        Assert.Equal(book.Clock.Now + Duration.FromMinutes(1), await routine.Next(book.Clock.Now, default));

        async Task<(long, long)> Kept() => ((await book.Rows<long>("select count(*) from booking")).Single(), (await book.Rows<long>("select count(*) from sign_in_link")).Single());
    }
}
