using NodaTime;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>What life does to a course that no protocol foresaw, on either store. After each, what the course says is booked is what the book guards.</summary>
public abstract class LifeConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_course_goes_on_after_an_amendment_that_takes_visits_away()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        _ = await book.Book(course, January);
        var text = Text("protocols/feder-2025-ketamine-wet.yaml");
        var fewer = text.Replace("version: 1.0.0", "version: 2.0.0", StringComparison.Ordinal).Replace("    count: 5\n", "    count: 4\n", StringComparison.Ordinal).Replace("2 to 5:", "2 to 4:", StringComparison.Ordinal);
        var next = Done(await book.App.Send(new ImportProtocol("next.yaml", fewer) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol(next.Protocol, next.Version) { As = "root", Clinic = book.Id }));

        _ = Done(await book.App.Send(new Amend(course, "2.0.0", true, "four are enough") { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, new("wet", 3), Party.Patient), "") { As = "root", Clinic = book.Id }));
        _ = await book.Book(course, deviations: DeviationLimit.Minor);

        await IsGuarded(book, course);
        Assert.Equal(["wet[1]", "wet[2]", "wet[3]", "wet[4]"], (await Guarded(book)).Keys.Where(v => v.StartsWith("wet", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_booked_visit_for_which_there_is_no_place_any_more_is_booked_no_longer_and_may_be_again()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        book.Clock.Now = Instant.FromUtc(2027, 1, 3, 17, 0);
        var course = await Trial(book);
        var calendar = await book.Book(course, January);
        var visit = calendar.Visits.Where(v => v.Id.Type == "efficacy-monthly").MaxBy(v => v.Start)!;
        await IsGuarded(book, course);

        // The clinic is closed for months around the visit, which may not be needed anyway.
        var absent = Done(await book.App.Send(new AddAbsence(null, visit.Date.PlusDays(-40), visit.Date.PlusDays(60), Hours.WholeDay, "flood") { As = "root", Clinic = book.Id }));
        Assert.Equal([course], absent.Hit);
        var repaired = Done(await book.App.Send(new Repair(absent.Hit, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id }));
        Assert.Contains(visit.Id, repaired.Courses[0].Calendar.Unplaced);
        _ = Done(await book.Accept(repaired.Proposal, "flood"));

        await IsGuarded(book, course);
        Assert.DoesNotContain(visit.Id.ToString(), (await Guarded(book)).Keys);
        var shown = Done(await book.App.Send(new ShowCourse(course) { As = "root", Clinic = book.Id }));
        Assert.True(shown.Visits.Single(v => v.Visit == visit.Id.ToString()) is { Start: null, IsToBePlaced: true });

        _ = await book.Do("delete from absence");
        _ = await book.Book(course, deviations: DeviationLimit.Minor);
        await IsGuarded(book, course);
        Assert.Contains(visit.Id.ToString(), (await Guarded(book)).Keys);
    }

    [Fact]
    public async Task A_visit_is_moved_by_hand_while_another_waits_for_a_place()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, new("wet", 4), Party.Patient), "") { As = "root", Clinic = book.Id }));
        var session = calendar.Find(new("wet", 2))!;
        var to = session.Start.Hour < 12 ? session.Date.At(new(14, 0)) : session.Date.At(new(10, 0));

        var moved = Done(await book.App.Send(new Move(course, "wet[2]", to, "") { As = "root", Clinic = book.Id })).Proposals.Single();
        Assert.Equal(1, Done(await book.Accept(moved.Proposal, "by hand")).Visits);

        await IsGuarded(book, course);
        Assert.Equal(to, (await Guarded(book))["wet[2]"]);
        _ = await book.Book(course, deviations: DeviationLimit.Minor);
        await IsGuarded(book, course);
        Assert.Contains("wet[4]", (await Guarded(book)).Keys);
    }

    [Fact]
    public async Task A_visit_that_is_excused_from_a_rhythm_that_counts_anew_stays_excused()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);

        // The third infusion is missed, and the rest put off: the rhythm counts anew from there.
        var third = calendar.Find(new("infusion", 3))!;
        At(book, third.End);
        foreach (var visit in calendar.Visits.Where(v => v.End < third.Start).OrderBy(v => v.End))
        {
            _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Completed(visit.End, visit.Id), "") { As = "root", Clinic = book.Id }));
        }

        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Missed(book.Wall, third.Id), "") { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.NoPlaceFound(book.Wall, third.Id), "") { As = "root", Clinic = book.Id }));
        _ = await book.Book(course, deviations: DeviationLimit.Minor);
        var infusion = await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, course))!.State.Find(new VisitId("infusion", 6)).Booking!);

        // A day later than the last one, or a week later: against the free day, or the week.
        var outside = await FirstAgainst(book, course, "infusion[6]", infusion.Start);
        var moved = Done(await book.App.Send(new Move(course, "infusion[6]", outside, "funeral") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(moved.Proposal, "by hand"));
        Assert.Contains(await Deviations(book, course), d => d.Visit == "infusion[6]" && d.Rule.StartsWith("three-infusions-a-week", StringComparison.Ordinal));

        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, new("wet", 5), Party.Patient), "") { As = "root", Clinic = book.Id }));
        _ = await book.Book(course, deviations: DeviationLimit.Minor);

        await IsGuarded(book, course);
        Assert.Equal(outside, (await Guarded(book))["infusion[6]"]);
        Assert.Contains(await Deviations(book, course), d => d is { Visit: "infusion[6]", IsMajor: true, Reason: "funeral" });
    }

    [Fact]
    public async Task Who_is_ill_today_is_repaired_today()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var session = calendar.Find(new("wet", 2))!;
        At(book, session.Date.At(new(7, 0)));
        foreach (var visit in calendar.Visits.Where(v => v.End < book.Wall).OrderBy(v => v.End))
        {
            _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Completed(visit.End, visit.Id), "") { As = "root", Clinic = book.Id }));
        }

        var therapist = session.Uses.First(u => u.Need == "therapist").Resource;
        var absent = Done(await book.App.Send(new AddAbsence(therapist, session.Date, session.Date, Hours.WholeDay, "ill") { As = "root", Clinic = book.Id }));
        var repaired = Done(await book.App.Send(new Repair(absent.Hit, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id }));
        Assert.Contains(session.Id, repaired.Courses.Single().Moved);
        _ = Done(await book.Accept(repaired.Proposal, "ill today"));

        Assert.NotEqual(session.Date, (await Guarded(book))["wet[2]"].Date);
        await IsGuarded(book, course);
    }

    [Fact]
    public async Task A_repair_of_today_leaves_what_has_begun_where_it_is_though_nobody_has_told_it_yet()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var (rating, infusion) = (calendar.Find(new("caps5-baseline", 1))!, calendar.Find(new("infusion", 1))!);
        Assert.Equal(rating.Date, infusion.Date);
        At(book, rating.Start.PlusMinutes(10));

        var nurse = infusion.Uses.First(u => u.Need == "nurse").Resource;
        var absent = Done(await book.App.Send(new AddAbsence(nurse, infusion.Date, infusion.Date, Hours.WholeDay, "ill") { As = "root", Clinic = book.Id }));
        var repaired = Done(await book.App.Send(new Repair(absent.Hit, null, DeviationLimit.Minor) { As = "root", Clinic = book.Id })).Courses.Single();

        Assert.Equal(rating.Start, repaired.Calendar.Find(rating.Id)!.Start);
        Assert.DoesNotContain(rating.Id, repaired.Moved);
        Assert.DoesNotContain(repaired.Calendar.Find(infusion.Id)!.Uses, u => u.Resource == nurse && u.Start.Date == infusion.Date);
    }

    [Fact]
    public async Task A_visit_of_today_is_moved_by_hand_to_later_today_and_not_to_what_is_over()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var session = (await book.Book(course, January)).Find(new("wet", 2))!;
        At(book, session.Date.At(new(8, 40)));
        var later = Done(await book.App.Send(new ShowPlaces(course, "wet[2]", new(session.Date, session.Date)) { As = "root", Clinic = book.Id })).Places.Days.Single().Places.Last().Visit.Start;
        Assert.True(later > session.Start);

        Assert.Equal("BK029", (await book.App.Send(new Move(course, "wet[2]", session.Date.At(new(8, 0)), "") { As = "root", Clinic = book.Id })).Refusal?.Code);
        var moved = Done(await book.App.Send(new Move(course, "wet[2]", later, "") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(moved.Proposal, "later today"));

        Assert.Equal(later, (await Guarded(book))["wet[2]"]);
        await IsGuarded(book, course);
        At(book, later.PlusMinutes(5));
        Assert.Equal("BK028", (await book.App.Send(new Move(course, "wet[2]", later.PlusDays(1), "") { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task A_signature_covers_what_was_signed_and_nothing_else()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var rating = calendar.Visits.First(v => v.Id.ToString() == "caps5-week12[1]");
        await MoveTo(rating.Start.PlusDays(7), "away that week");
        _ = Done(await book.App.Send(new SignDeviation(Assert.Single(await Deviations(book, course)).Number) { As = "root", Clinic = book.Id }));

        await MoveTo(rating.Start.PlusDays(-5), "away later");

        var noted = await Deviations(book, course);
        Assert.Equal([("away that week", "root"), ("away later", null)], noted.Select(d => (d.Reason, d.SignedBy)));
        Assert.NotEqual(noted[0].Message, noted[1].Message);

        async Task MoveTo(LocalDateTime start, string why) =>
            _ = Done(await book.Accept(Done(await book.App.Send(new Move(course, rating.Id.ToString(), start, why) { As = "root", Clinic = book.Id })).Proposals[0].Proposal, $"to {start}"));
    }

    [Fact]
    public async Task What_was_held_outside_its_window_is_noted_when_it_is_told()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var rating = calendar.Visits.First(v => v.Id.ToString() == "caps5-week12[1]");
        At(book, rating.Start.PlusDays(5).PlusHours(1));
        foreach (var visit in calendar.Visits.Where(v => v.End < rating.Start).OrderBy(v => v.End))
        {
            _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Completed(visit.End, visit.Id), "") { As = "root", Clinic = book.Id }));
        }

        Assert.Empty(await Deviations(book, course));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Started(rating.Start.PlusDays(5), rating.Id), "was ill") { As = "root", Clinic = book.Id }));

        var noted = Assert.Single(await Deviations(book, course));
        Assert.Equal((rating.Id.ToString(), "week-12", false, "was ill"), (noted.Visit, noted.Rule, noted.IsMajor, noted.Reason));
    }

    [Fact]
    public async Task A_patient_who_stops_frees_everything_and_the_course_is_over()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        _ = await book.Book(course, January);

        var told = Done(await book.App.Send(new Tell(course, new CourseEvent.Withdrawn(book.Wall), "moves away") { As = "root", Clinic = book.Id }));

        Assert.True(told.IsOver);
        Assert.Empty(told.ToBePlaced);
        Assert.Empty(await Guarded(book));
        Assert.Equal("BK034", (await book.Propose(course)).Refusal?.Code);
        Assert.Equal("BK021", (await book.App.Send(new Tell(course, new CourseEvent.Confirmed(book.Wall, new("wet", 1)), "") { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal(EndReason.Withdrawn, (await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, course))!.State.Ended))?.Because);
    }

    [Fact]
    public async Task Nothing_is_over_that_has_not_begun()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var first = (await book.Book(course, January)).Visits[0];

        Assert.Equal("BK043", (await book.App.Send(new Tell(course, new CourseEvent.Completed(book.Wall, first.Id), "") { As = "root", Clinic = book.Id })).Refusal?.Code);
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Started(book.Wall, first.Id), "came early") { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Completed(book.Wall, first.Id), "") { As = "root", Clinic = book.Id }));
    }

    private static void At(TestBook book, LocalDateTime wall) => book.Clock.Now = wall.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();

    // A start at which only rules are in the way.
    private static async Task<LocalDateTime> FirstAgainst(TestBook book, string course, string visit, LocalDateTime now)
    {
        for (var days = 1; days < 21; days++)
        {
            if ((await book.App.Send(new Move(course, visit, now.PlusDays(days), "") { As = "root", Clinic = book.Id })).Refusal is { Code: "BK030" } refused && refused.Message.Contains("three-infusions", StringComparison.Ordinal))
            {
                return now.PlusDays(days);
            }
        }

        throw new InvalidOperationException("There is no such start.");
    }

    private static async Task<string> Trial(TestBook book)
    {
        const string file = "protocols/feder-2021-repeated-ketamine.yaml";
        var protocol = Done(await book.App.Send(new ImportProtocol(file, Text(file)) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol(protocol.Protocol, protocol.Version) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "Jo", null, null, null, null, false) { As = "root", Clinic = book.Id }));
        return Done(await book.App.Send(new Enrol("P-001", protocol.Protocol, null, new(2027, 1, 3), new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id })).Enrolment;
    }

    private static async Task<IReadOnlyList<NotedDeviation>> Deviations(TestBook book, string course) => Done(await book.App.Send(new ListDeviations(course) { As = "root", Clinic = book.Id })).All;

    // The visits for which the book keeps anything free, with when.
    private static async Task<Dictionary<string, LocalDateTime>> Guarded(TestBook book) =>
        (await book.Rows<(string Visit, string Starts)>("select distinct b.visit, b.starts from booking b join resource_use u on u.booking = b.key where b.proposal is null")).ToDictionary(r => r.Visit, r => Storage.Times.Time(r.Starts));

    // What the course says is booked is what the book guards, and nothing else but what was held; a questionnaire at home takes nobody.
    private static async Task IsGuarded(TestBook book, string course)
    {
        var state = await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, course))!.State);
        var guarded = await Guarded(book);
        Assert.Equal(
            state.Visits.Values.Where(v => v is { IsAwaited: true, Booking.Uses.IsEmpty: false }).Select(v => $"{v.Id} {v.Booking!.Start}").Order(),
            guarded.Where(g => !state.Visits[EventText.Id(g.Key)].IsHeld).Select(g => $"{g.Key} {g.Value}").Order());
    }
}

public sealed class SqliteLifeTests : LifeConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(Servers.PostgresCollection.Name)]
public sealed class PostgresLifeTests(Servers.SharedPostgres postgres) : LifeConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
