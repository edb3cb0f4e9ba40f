using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Audit;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
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
    public async Task Proposals_go_when_something_happens_in_their_course_and_not_when_others_are_made()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var first = Done(await book.Propose(course, January)).Proposals[0];
        _ = Done(await book.Propose(course, January));
        _ = Done(await book.Accept(first.Proposal, "the first"));

        var before = Done(await book.Propose(course, deviations: DeviationLimit.Minor)).Proposals[0];
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Confirmed(Local(book), first.Calendar.Visits[0].Id), "") { As = "root", Clinic = Clinic }));
        var after = Done(await book.Propose(course, deviations: DeviationLimit.Minor)).Proposals[0];

        Assert.NotEqual(before.Proposal, after.Proposal);
        Assert.Equal([after.Proposal], (await book.Rows<long>("select key from proposal")).Select(EnrolmentId.OfProposal));
    }

    [Fact]
    public async Task Accepting_what_changes_nothing_is_noted_and_is_no_event_of_the_course()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        _ = await book.Book(course, January);
        var same = Done(await book.Propose(course, deviations: DeviationLimit.Minor));

        Assert.Equal(0, Done(await book.Accept(same.Proposals[0].Proposal, "the same")).Visits);

        Assert.Equal(same.Version, (await book.Rows<long>("select version from enrolment")).Single());
        Assert.Equal(["Booked"], await book.Rows<string>("select kind from course_event"));
        Assert.Equal(2, (await book.Rows<long>("select count(*) from audit where act = 'book'")).Single());
    }

    /// <summary>As on two machines whose clocks differ.</summary>
    [Fact]
    public async Task A_clock_that_is_behind_what_was_told_holds_nothing_up()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var visit = (await book.Book(course, January)).Visits[^1].Id;
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(Local(book), visit, Party.Patient), "") { As = "root", Clinic = Clinic }));
        book.Clock.Now -= Duration.FromMinutes(2);

        var proposal = Done(await book.Propose(course, deviations: DeviationLimit.Minor)).Proposals[0];

        Assert.Equal(1, Done(await book.Accept(proposal.Proposal, "a little earlier")).Visits);
    }

    [Fact]
    public async Task What_is_of_another_clinic_is_not_there()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var proposal = Done(await book.Propose(course, January)).Proposals[0].Proposal;
        const string Other = "clinic-busy";
        _ = Done(await book.App.Send(new ImportClinic("busy.yaml", Text($"protocols/samples/{Other}.yaml")) { As = "root", Clinic = Other }));

        Assert.Equal("BK015", (await book.App.Send(new Propose(course, January, 28, DeviationLimit.None, 1) { As = "root", Clinic = Other })).Refusal?.Code);
        Assert.Equal("BK015", (await book.App.Send(new ShowCourse(course) { As = "root", Clinic = Other })).Refusal?.Code);
        Assert.Equal("BK016", (await book.App.Send(new Accept(proposal, "K") { As = "root", Clinic = Other })).Refusal?.Code);
        Assert.Equal("BK016", (await book.App.Send(new Reserve(proposal, 10) { As = "root", Clinic = Other })).Refusal?.Code);
        Assert.Equal("BK016", (await book.App.Send(new GiveBack(proposal) { As = "root", Clinic = Other })).Refusal?.Code);

        foreach (var clinic in (string[])[Clinic, Other])
        {
            Assert.Null(AuditChain.FirstBroken(await book.Store.Read(b => b.Chain(clinic))));
        }
    }

    [Fact]
    public async Task A_key_is_its_clinics_own()
    {
        await using var book = await (await NewBook()).WithClinic();
        async Task<string?> Asked(string clinic, string digest)
        {
            string? before = null;
            _ = Done(await book.Store.Write<string>(async work =>
            {
                before = (await work.AskOnce(clinic, "K", digest, 0))?.Digest;
                return "";
            }));
            return before;
        }

        Assert.Null(await Asked("one", "1"));
        Assert.Null(await Asked("two", "2"));
        Assert.Equal(("1", "2"), (await Asked("one", "3"), await Asked("two", "3")));
    }

    [Fact]
    public async Task A_place_at_which_the_patient_is_on_another_course_meanwhile_is_taken()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        var first = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        var second = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];
        Assert.Equal(first.Calendar.Visits.Select(v => v.Start), second.Calendar.Visits.Select(v => v.Start));
        _ = Done(await book.Accept(first.Proposal, "1"));

        var late = (await book.Accept(second.Proposal, "2")).Refusal;

        Assert.Equal("BK001", late?.Code);
        Assert.NotEmpty(late!.Details);
    }

    [Fact]
    public async Task Only_the_patient_and_visits_that_may_not_be_needed_share_a_place_with_others_of_their_course()
    {
        await using var book = await (await NewBook()).WithClinic("protocols/samples/clinic-busy.yaml");
        var protocol = Done(await book.App.Send(new ImportProtocol("trial.yaml", Text("protocols/feder-2021-repeated-ketamine.yaml")) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol(protocol.Protocol, protocol.Version) { As = "root", Clinic = book.Id }));
        _ = await book.Enrol("P-001");
        var course = Done(await book.App.Send(new Enrol("P-001", protocol.Protocol, null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id })).Enrolment;
        _ = await book.Book(course, January);
        var types = await book.Store.Read(async b => (await b.Enrolment(new Library(), book.Id, course))!.State.Protocol);

        var uses = await book.Rows<(string Visit, string Need, long Apart, long Own)>("select b.visit, u.need, u.apart, u.booking * 1000 + u.number from resource_use u join booking b on b.key = u.booking");

        Assert.All(uses, u => Assert.Equal(u.Need == "patient" || types.TypeOf(EventText.Id(u.Visit)).OnlyIf is not null ? -EnrolmentId.Key(course)!.Value : u.Own, u.Apart));
        Assert.Equal([false, true], uses.Where(u => u.Need != "patient").Select(u => u.Apart < 0).Distinct().Order());

        // A visit at which nobody is takes nobody, and every other one its patient.
        var alone = (await book.Rows<string>("select visit from booking where key not in (select booking from resource_use where need = 'patient')")).Select(v => types.TypeOf(EventText.Id(v)).Mode).Distinct();
        Assert.Equal([Mode.SelfReport], alone);
        Assert.DoesNotContain(uses, u => u.Need == "patient" && types.TypeOf(EventText.Id(u.Visit)).Mode == Mode.SelfReport);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "BK022")]
    public async Task What_would_begin_in_the_past_is_not_booked(int minutes, string? code)
    {
        await using var book = await (await NewBook()).WithClinic();
        var proposal = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0];

        book.Clock.Now = Later(proposal.Calendar.Visits.Min(v => v.Start)) + Duration.FromMinutes(minutes);

        Assert.Equal(code, (await book.App.Send(new Reserve(proposal.Proposal, 10) { As = "root", Clinic = Clinic })).Refusal?.Code);
        Assert.Equal(code, (await book.Accept(proposal.Proposal, "K")).Refusal?.Code);
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
    public async Task Another_reservation_of_a_course_takes_the_place_of_the_first()
    {
        await using var book = await (await NewBook()).WithClinic();
        var proposals = Done(await book.Propose(await book.Enrol("P-001"), January, count: 2)).Proposals;
        _ = Done(await book.App.Send(new Reserve(proposals[0].Proposal, 10) { As = "root", Clinic = Clinic }));

        _ = Done(await book.App.Send(new Reserve(proposals[1].Proposal, 10) { As = "root", Clinic = Clinic }));

        var rows = await book.Rows<string>("select visit || ' ' || starts from booking order by visit");
        Assert.Equal(proposals[1].Calendar.Visits.Select(v => $"{v.Id} {Storage.Times.Of(v.Start)}").Order(StringComparer.Ordinal), rows);
        Assert.Equal("BK095", (await book.App.Send(new GiveBack(proposals[0].Proposal) { As = "root", Clinic = Clinic })).Refusal?.Code);
        _ = Done(await book.App.Send(new GiveBack(proposals[1].Proposal) { As = "root", Clinic = Clinic }));
    }

    [Theory]
    [InlineData(0, "BK025")]
    [InlineData(1, null)]
    [InlineData(120, null)]
    [InlineData(121, "BK025")]
    public async Task Places_are_reserved_for_a_minute_to_two_hours_and_given_back_until_then(int minutes, string? code)
    {
        await using var book = await (await NewBook()).WithClinic();
        var proposal = Done(await book.Propose(await book.Enrol("P-001"), January)).Proposals[0].Proposal;
        Task<Answer<GivenBack>> GiveBack() => book.App.Send(new GiveBack(proposal) { As = "root", Clinic = Clinic });
        async Task<IEnumerable<string>> Noted() => (await book.Store.Read(b => b.Chain(Clinic))).Select(l => l.Entry.Act).Where(a => a is "reserve" or "give back");

        Assert.Equal(code, (await book.App.Send(new Reserve(proposal, minutes) { As = "root", Clinic = Clinic })).Refusal?.Code);
        if (code is null)
        {
            var now = book.Clock.Now;
            book.Clock.Now = now + Duration.FromMinutes(minutes);
            Assert.Equal("BK095", (await GiveBack()).Refusal?.Code);
            Assert.Equal(["reserve"], await Noted());
            book.Clock.Now -= Duration.FromSeconds(1);
            _ = Done(await GiveBack());
            Assert.Equal(["reserve", "give back"], await Noted());
        }
    }

    [Fact]
    public async Task What_is_taken_booked_or_outdated_is_not_reserved()
    {
        await using var book = await (await NewBook()).WithClinic();
        string[] courses = [await book.Enrol("P-001"), await book.Enrol("P-002"), await book.Enrol("P-003")];
        var proposals = new List<string>();
        foreach (var course in courses)
        {
            proposals.Add(Done(await book.Propose(course, January)).Proposals[0].Proposal);
        }

        Task<Answer<Reserved>> Reserve(string proposal) => book.App.Send(new Reserve(proposal, 10) { As = "root", Clinic = Clinic });
        _ = Done(await Reserve(proposals[0]));
        var taken = (await Reserve(proposals[1])).Refusal!;
        Assert.Equal("BK001", taken.Code);
        Assert.NotEmpty(taken.Details);

        // What was reserved until now is free.
        book.Clock.Now += Duration.FromMinutes(10);
        _ = Done(await Reserve(proposals[1]));
        _ = Done(await book.Accept(proposals[1], "K"));
        Assert.Equal("BK024", (await Reserve(Done(await book.Propose(courses[1], deviations: DeviationLimit.Minor)).Proposals[0].Proposal)).Refusal?.Code);

        _ = Done(await book.App.Send(new Tell(courses[2], new CourseEvent.Withdrawn(Local(book)), "") { As = "root", Clinic = Clinic }));
        Assert.Equal("BK017", (await Reserve(proposals[2])).Refusal?.Code);
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
    public async Task Many_who_make_the_tables_at_once_make_them_once()
    {
        await using var book = await NewBook();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => book.Store.Migrate())));

        Assert.Empty(await book.Rows<long>("select key from enrolment"));
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
