using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Audit;
using Scheduler.App.Enrolments;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>What a book does on either store.</summary>
public abstract class BookConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_course_is_booked_as_it_was_proposed()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");

        var proposed = Done(await book.Propose(course, January, count: 3));
        Assert.Equal(3, proposed.Proposals.Length);
        var second = proposed.Proposals[1];
        var booked = Done(await book.Accept(second.Proposal, "first try"));

        Assert.Equal(second.Calendar.Visits.Length, booked.Visits);
        var rows = await book.Rows<string>("select visit || ' ' || starts from booking where proposal is null order by visit");
        Assert.Equal(second.Calendar.Visits.Select(v => $"{v.Id} {Storage.Times.Of(v.Start)}").Order(StringComparer.Ordinal), rows);
        Assert.Equal(0, (await book.Rows<long>("select count(*) from proposal")).Single());
    }

    [Fact]
    public async Task The_same_key_books_once_and_another_request_under_it_is_refused()
    {
        await using var book = await (await NewBook()).WithClinic();
        var first = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0].Proposal;
        var other = Done(await book.Propose(await book.Enrol("P-002"), January)).Proposals[0].Proposal;

        var once = Done(await book.Accept(first, "K"));
        var again = Done(await book.Accept(first, "K"));

        Assert.Equal(once.Visits, again.Visits);
        Assert.Equal("BK018", (await book.Accept(other, "K")).Refusal?.Code);
        Assert.Equal(once.Visits, (await book.Rows<long>("select count(*) from booking")).Single());
    }

    [Fact]
    public async Task Two_who_were_shown_the_same_places_do_not_both_get_them()
    {
        await using var book = await (await NewBook()).WithClinic();
        var first = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        var second = Done(await book.Propose(await book.Enrol("P-002"), January)).Proposals[0];
        Assert.Equal(first.Calendar.Visits.Select(v => v.Start), second.Calendar.Visits.Select(v => v.Start));

        _ = Done(await book.Accept(first.Proposal, "1"));
        var late = (await book.Accept(second.Proposal, "2")).Refusal;

        Assert.Equal(("BK001", RefusalKind.Outdated), (late?.Code, late!.Kind));
        Assert.NotEmpty(late.Details);
        Assert.Equal(1, (await book.Rows<long>("select count(distinct enrolment) from booking")).Single());

        // Asked again, there are other places.
        _ = await book.Book("E-2", January);
        Assert.Equal(2, (await book.Rows<long>("select count(distinct enrolment) from booking")).Single());
    }

    [Fact]
    public async Task A_missed_visit_frees_its_place_and_the_rest_moves_only_when_that_is_accepted()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var infusion = calendar.Visits.First(v => v.Id.ToString() == "infusion[1]");
        await Happens(book, course, calendar, infusion.Start);

        book.Clock.Now = Later(infusion.End);
        var told = Done(await book.App.Send(new Tell(course, new CourseEvent.Missed(infusion.End, infusion.Id), "did not come") { As = "root", Clinic = Clinic }));
        Assert.Contains("infusion[1]", told.ToBePlaced);
        Assert.Equal(0, (await book.Rows<long>("select count(*) from resource_use u join booking b on b.key = u.booking where b.visit = 'infusion[1]'")).Single());
        var before = await book.Rows<string>("select visit || starts from booking where status = 'booked' order by visit");

        var proposal = Done(await book.Propose(course, deviations: DeviationLimit.Minor)).Proposals[0];
        Assert.Equal(before, await book.Rows<string>("select visit || starts from booking where status = 'booked' order by visit"));

        _ = Done(await book.Accept(proposal.Proposal, "repair"));
        var rows = await book.Rows<string>("select visit || ' ' || starts from booking where status = 'booked' order by visit");
        Assert.Equal(proposal.Calendar.Visits.Where(v => v.Start > infusion.End).Select(v => $"{v.Id} {Storage.Times.Of(v.Start)}").Order(StringComparer.Ordinal), rows);
    }

    [Fact]
    public async Task A_proposal_for_a_course_in_which_something_has_happened_since_is_not_booked()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var proposal = Done(await book.Propose(course, deviations: DeviationLimit.Minor)).Proposals[0];

        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Confirmed(Local(book), calendar.Visits[0].Id), "") { As = "root", Clinic = Clinic }));

        Assert.Equal("BK017", (await book.Accept(proposal.Proposal, "late")).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_reserved_is_free_again_when_its_time_is_over()
    {
        await using var book = await (await NewBook()).WithClinic();
        var mine = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        var others = Done(await book.Propose(await book.Enrol("P-002"), January)).Proposals[0];

        _ = Done(await book.App.Send(new Reserve(mine.Proposal, 10) { As = "root", Clinic = Clinic }));
        Assert.Equal("BK001", (await book.Accept(others.Proposal, "too early")).Refusal?.Code);

        book.Clock.Now += Duration.FromMinutes(10);
        _ = Done(await book.Accept(others.Proposal, "late enough"));
        Assert.Equal("BK001", (await book.Accept(mine.Proposal, "too late")).Refusal?.Code);
    }

    [Fact]
    public async Task What_was_reserved_is_proposed_to_others_and_to_the_patient_once_its_time_is_over()
    {
        await using var book = await (await NewBook()).WithClinic();
        var mine = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        _ = Done(await book.App.Send(new Reserve(mine.Proposal, 10) { As = "root", Clinic = Clinic }));
        string[] others = [await book.Enrol("P-002"), await book.Enrol("P-001")];
        async Task<IEnumerable<LocalDateTime>> Starts(string course) => Done(await book.Propose(course, January)).Proposals[0].Calendar.Visits.Select(v => v.Start);
        foreach (var other in others)
        {
            Assert.NotEqual(mine.Calendar.Visits.Select(v => v.Start), await Starts(other));
        }

        book.Clock.Now += Duration.FromMinutes(10);

        foreach (var other in others)
        {
            Assert.Equal(mine.Calendar.Visits.Select(v => v.Start), await Starts(other));
        }
    }

    [Fact]
    public async Task A_reservation_becomes_a_booking()
    {
        await using var book = await (await NewBook()).WithClinic();
        var mine = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        _ = Done(await book.App.Send(new Reserve(mine.Proposal, 10) { As = "root", Clinic = Clinic }));

        var booked = Done(await book.Accept(mine.Proposal, "K"));

        Assert.Equal(booked.Visits, (await book.Rows<long>("select count(*) from booking where proposal is null")).Single());
        Assert.Equal(booked.Visits, (await book.Rows<long>("select count(*) from booking")).Single());
    }

    [Fact]
    public async Task Whoever_has_no_role_is_refused_and_nothing_is_noted()
    {
        await using var book = await (await NewBook()).WithClinic();

        var refusal = (await book.App.Send(new Propose("E-1", null, 28, DeviationLimit.None, 1) { As = "stranger", Clinic = Clinic })).Refusal;

        Assert.Equal(("BK002", RefusalKind.Forbidden), (refusal?.Code, refusal!.Kind));
        Assert.Empty(await book.Rows<string>("select actor from audit where actor = 'stranger'"));
    }

    [Fact]
    public async Task A_role_that_is_taken_away_is_gone_at_once()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        _ = Done(await book.App.Send(new GrantRoles("sam", null, [Role.Scheduler]) { As = "root", Clinic = Clinic }));
        var ask = new Propose(course, January, 28, DeviationLimit.None, 1) { As = "sam", Clinic = Clinic };
        _ = Done(await book.App.Send(ask));

        _ = Done(await book.App.Send(new GrantRoles("sam", null, []) { As = "root", Clinic = Clinic }));

        Assert.Equal("BK002", (await book.App.Send(ask)).Refusal?.Code);
    }

    [Fact]
    public async Task The_audit_tells_who_did_what_and_its_chain_holds()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);

        var chain = await book.Store.Read(b => b.Chain(Clinic));

        Assert.Equal(["import clinic", "import protocol", "activate protocol", "register patient", "enrol", "propose", "book"], chain.Select(l => l.Entry.Act));
        Assert.Null(AuditChain.FirstBroken(chain));
        Assert.DoesNotContain(chain, l => $"{l.Entry.Before}{l.Entry.After}".Contains("Name of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_changes_or_empties_the_audit()
    {
        await using var book = await (await NewBook()).WithClinic();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => book.Do("update audit set actor = 'nobody'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => book.Do("delete from audit"));
    }

    [Fact]
    public async Task Making_the_tables_twice_changes_nothing()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Enrol("P-001");

        await book.Store.Migrate();

        Assert.Equal(1, (await book.Rows<long>("select count(*) from enrolment")).Single());
    }

    [Fact]
    public async Task A_book_of_a_newer_version_is_left_alone()
    {
        await using var book = await (await NewBook()).WithClinic();
        await book.Do("insert into migration (name, at) values ('9999-later.sql', 0)");

        var refused = await Assert.ThrowsAsync<Storage.BookIsNewerException>(() => book.Store.Migrate());
        Assert.Contains("9999-later.sql", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>All visits before a time are held as they are booked.</summary>
    private static async Task Happens(TestBook book, string course, TreatmentCalendar calendar, LocalDateTime until)
    {
        foreach (var visit in calendar.Visits.Where(v => v.End <= until).OrderBy(v => v.End))
        {
            book.Clock.Now = Later(visit.End);
            _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Completed(visit.End, visit.Id), "") { As = "root", Clinic = Clinic }));
        }
    }

    private static LocalDateTime Local(TestBook book) => book.Clock.Now.InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime;

    private static Instant Later(LocalDateTime time) => time.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
}
