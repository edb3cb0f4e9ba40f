using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Reports;
using Scheduler.Core.Courses;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>What can be looked up, on either store.</summary>
public abstract class ReportConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_visit_without_a_place_is_at_risk_once_its_window_closes_soon()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var rating = calendar.Visits.First(v => v.Id.ToString() == "caps5-week12[1]");
        async Task<IEnumerable<string>> Risks(int days) => Done(await book.App.Send(new AtRisk(days) { As = "root", Clinic = book.Id })).Visits.Select(v => $"{v.Enrolment} {v.Visit} {v.Rule}");
        Assert.Empty(await Risks(366));

        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, rating.Id, Party.Patient), "travels") { As = "root", Clinic = book.Id }));

        Assert.Equal(["E-1 caps5-week12[1] week-12"], await Risks(366));
        Assert.Empty(await Risks(30));
    }

    [Fact]
    public async Task Somebody_sees_their_own_sessions_and_nobody_elses()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        _ = Done(await book.App.Send(new GrantRoles("mora", "therapist-mora", [Role.Clinician]) { As = "root", Clinic = book.Id }));

        var sessions = Done(await book.App.Send(new OwnSessions(January, January.PlusDays(60)) { As = "mora", Clinic = book.Id })).All;

        var mine = calendar.Visits.Where(v => v.Uses.Any(u => u.Resource == "therapist-mora")).OrderBy(v => v.Start).ToList();
        Assert.NotEmpty(mine);
        Assert.Equal(mine.Select(v => (v.Date, Storage.Times.Minute(v.Start), "P-001", v.Id.ToString())), sessions.Select(s => (s.Date, s.From, s.Patient!, s.Visit!)));
        Assert.Equal("BK032", (await book.App.Send(new OwnSessions(January, January) { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task Utilisation_counts_what_is_booked_of_what_is_there()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);

        var week = Done(await book.App.Send(new Utilisation(January, January.PlusDays(4)) { As = "root", Clinic = book.Id })).Resources;

        // Monday to Friday from 8 to 17.
        var chair = week.Single(r => r.Resource == "chair-1");
        Assert.Equal(5 * 9 * 60, chair.Minutes);
        Assert.Equal(calendar.Visits.Where(v => v.Date <= January.PlusDays(4)).SelectMany(v => v.Uses).Where(u => u.Resource == "chair-1").Sum(u => (int)Period.Between(u.Start, u.End, PeriodUnits.Minutes).Minutes), chair.Booked);
        Assert.True(chair.Booked > 0);
    }

    [Fact]
    public async Task Whoever_waits_is_offered_what_is_better_and_nothing_else()
    {
        await using var book = await (await NewBook()).WithClinic();
        book.Clock.Now = Instant.FromUtc(2027, 1, 3, 17, 0);
        var first = await book.Enrol("P-001");
        var ahead = await book.Book(first, January);
        var second = await book.Enrol("P-002");
        var behind = await book.Book(second, January);
        _ = Done(await book.App.Send(new Wait(second, true) { As = "root", Clinic = book.Id }));
        Assert.Empty(Done(await book.App.Send(new OfferFree(10) { As = "root", Clinic = book.Id })).All);

        // The first gives up all its places.
        foreach (var visit in ahead.Visits)
        {
            _ = await book.App.Send(new Tell(first, new CourseEvent.Cancelled(book.Wall, visit.Id, Party.Patient), "withdrew") { As = "root", Clinic = book.Id });
        }

        var offer = Assert.Single(Done(await book.App.Send(new OfferFree(10) { As = "root", Clinic = book.Id })).All);
        Assert.Equal(second, offer.Enrolment);
        Assert.True(offer.Proposals[0].Calendar.Visits.Max(v => v.Start) <= behind.Visits.Max(v => v.Start));
        _ = Done(await book.Accept(offer.Proposals[0].Proposal, "gladly"));
        Assert.Empty(Done(await book.App.Send(new OfferFree(10) { As = "root", Clinic = book.Id })).All);
    }
}
