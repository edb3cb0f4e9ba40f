using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Audit;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Reports;
using Scheduler.Core.Courses;
using Scheduler.Core.Protocols;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>What a book shows, on either store.</summary>
public abstract class ShowingConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task A_course_is_shown_with_its_visits_by_time_and_what_is_to_be_placed()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        Assert.All(Done(await Show(book, course)).Visits, v => Assert.True(v is { Status: "planned", Start: null, IsToBePlaced: true }));

        var calendar = await book.Book(course, January);
        var shown = Done(await Show(book, course));

        Assert.Equal(calendar.Visits.OrderBy(v => v.Start).Select(v => (v.Id.ToString(), v.Start)), shown.Visits.Where(v => v.Start is not null).Select(v => (v.Visit, v.Start!.Value)));
        Assert.All(shown.Visits, v => Assert.Equal(v.Start is null, v.IsToBePlaced));
        Assert.Equal(("P-001", "feder-2025-ketamine-wet", false), (shown.Patient, shown.Protocol, shown.IsOver));

        var first = calendar.Visits.MinBy(v => v.Start)!;
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(Now(book), first.Id, Party.Patient), "") { As = "root", Clinic = Clinic }));
        var called = Done(await Show(book, course)).Visits.Single(v => v.Visit == first.Id.ToString());
        Assert.Equal(("cancelled", first.Start, true), (called.Status, called.Start, called.IsToBePlaced));
    }

    [Fact]
    public async Task A_day_has_what_is_booked_reserved_and_in_the_clinics_file_but_not_what_is_free_again()
    {
        await using var book = await (await NewBook()).WithClinic();
        var booked = await book.Enrol("P-001");
        var calendar = await book.Book(booked, January);
        var other = Done(await book.Propose(await book.Enrol("P-002"), January)).Proposals[0];
        _ = Done(await book.App.Send(new Reserve(other.Proposal, 10) { As = "root", Clinic = Clinic }));
        var days = calendar.Visits.Concat(other.Calendar.Visits).Select(v => v.Date).Distinct();

        foreach (var day in days)
        {
            var shown = Done(await Day(book, day)).Visits;
            Assert.Equal(
                calendar.Visits.Select(v => (Of: booked, v.Date, v.Start, Visit: v.Id.ToString(), Status: "booked"))
                    .Concat(other.Calendar.Visits.Select(v => (Of: "E-2", v.Date, v.Start, Visit: v.Id.ToString(), Status: "reserved")))
                    .Where(v => v.Date == day).Select(v => (v.Start, v.Of, v.Visit, v.Status)).Order(),
                shown.Select(v => (v.Start, v.Enrolment!, v.Visit!, v.Status)).Order());
            Assert.Equal(shown.Select(v => v.Start).Order(), shown.Select(v => v.Start));
            Assert.All(shown, v => Assert.NotEmpty(v.Uses));
        }

        book.Clock.Now += Duration.FromMinutes(10);
        Assert.DoesNotContain(Done(await Day(book, other.Calendar.Visits[0].Date)).Visits, v => v.Status == "reserved");
    }

    [Fact]
    public async Task Patients_are_shown_with_their_enrolments_and_one_that_is_not_there_is_refused()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-002");
        _ = await book.Enrol("P-001");

        var all = Done(await book.App.Send(new ShowPatients(null) { As = "root", Clinic = Clinic })).Patients;
        var one = Done(await book.App.Send(new ShowPatients("P-002") { As = "root", Clinic = Clinic })).Patients;

        Assert.Equal(["P-001", "P-002"], all.Select(p => p.Patient));
        Assert.Equal(("Name of P-002", course), (one.Single().Name, one.Single().Enrolments.Single()));
        Assert.Equal("BK014", (await book.App.Send(new ShowPatients("P-003") { As = "root", Clinic = Clinic })).Refusal?.Code);
    }

    [Fact]
    public async Task A_blinded_rater_is_not_shown_what_one_arm_alone_has()
    {
        await using var book = await (await NewBook()).WithClinic();
        var text = """
            protocol: two-arms
            version: 1.0.0
            title: Two arms
            arms:
              drug: {}
              talk: {}
            visits:
              rating: {purpose: assessment, duration: 30 min, people: {rater: {exclusive: whole visit}}}
              lesson: {purpose: treatment, duration: 30 min, arm: talk, people: {therapist: {exclusive: whole visit}}}
            """;
        var imported = Done(await book.App.Send(new ImportProtocol("two-arms.yaml", text) { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new ActivateProtocol(imported.Protocol, imported.Version) { As = "root", Clinic = Clinic }));
        _ = await book.Enrol("P-001");
        var course = Done(await book.App.Send(
            new Enrol("P-001", "two-arms", null, new(2026, 11, 23), new Dictionary<string, string>(), [], "talk") { As = "root", Clinic = Clinic })).Enrolment;
        var calendar = await book.Book(course, January);
        _ = Done(await book.App.Send(new GrantRoles("rater", null, [Role.BlindedRater]) { As = "root", Clinic = Clinic }));

        var seen = Done(await book.App.Send(new ShowCourse(course) { As = "rater", Clinic = Clinic }));
        Assert.Equal(["rating[1]"], seen.Visits.Select(v => v.Visit));
        Assert.Equal(2, Done(await Show(book, course)).Visits.Length);

        var lesson = calendar.Visits.Single(v => v.Id == new VisitId("lesson", 1)).Date;
        Assert.Contains(Done(await Day(book, lesson)).Visits, v => v.Visit == "lesson[1]");
        Assert.DoesNotContain(Done(await book.App.Send(new ClinicDay(lesson) { As = "rater", Clinic = Clinic })).Visits, v => v.Visit == "lesson[1]");

        // By the version to which the course is amended the rating is what tells the arm, and the lesson is for all.
        var swapped = text.Replace("1.0.0", "2.0.0", StringComparison.Ordinal).Replace("arm: talk, ", "", StringComparison.Ordinal).Replace("people: {rater", "arm: talk, people: {rater", StringComparison.Ordinal);
        _ = Done(await book.App.Send(new ImportProtocol("two-arms.yaml", swapped) { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new ActivateProtocol("two-arms", "2.0.0") { As = "root", Clinic = Clinic }));
        _ = Done(await book.App.Send(new Amend(course, "2.0.0", true, "") { As = "root", Clinic = Clinic }));
        async Task<IEnumerable<string?>> Rated(string visit) =>
            Done(await book.App.Send(new ClinicDay(calendar.Visits.Single(v => v.Id.Type == visit).Date) { As = "rater", Clinic = Clinic })).Visits.Select(v => v.Visit);
        Assert.Contains("lesson[1]", await Rated("lesson"));
        Assert.DoesNotContain("rating[1]", await Rated("rating"));

        // Somebody who books as well has to see what there is to book.
        _ = Done(await book.App.Send(new GrantRoles("rater", null, [Role.BlindedRater, Role.Scheduler]) { As = "root", Clinic = Clinic }));
        Assert.Equal(2, Done(await book.App.Send(new ShowCourse(course) { As = "rater", Clinic = Clinic })).Visits.Length);
    }

    [Fact]
    public async Task The_audit_is_verified_with_a_head_that_was_kept()
    {
        await using var book = await (await NewBook()).WithClinic();
        var head = Done(await book.App.Send(new VerifyAudit(null, null) { As = "root", Clinic = Clinic })).Asked;
        _ = await book.Enrol("P-001");

        var whole = Done(await book.App.Send(new VerifyAudit(head.Entries, head.Head) { As = "root", Clinic = Clinic })).Asked;
        Assert.Equal(head.Entries + 2, whole.Entries);
        Assert.Equal("BK051", (await book.App.Send(new VerifyAudit(whole.Entries + 1, whole.Head) { As = "root", Clinic = Clinic })).Refusal?.Code);
        Assert.Equal("BK051", (await book.App.Send(new VerifyAudit(head.Entries, whole.Head) { As = "root", Clinic = Clinic })).Refusal?.Code);

        var exported = Done(await book.App.Send(new ExportAudit { As = "root", Clinic = Clinic }));
        Assert.Equal((whole.Entries, whole.Head), (exported.Links.Count, exported.Links[^1].Hash));
        Assert.Null(AuditChain.FirstBroken(exported.Links));
    }

    [Fact]
    public async Task A_book_that_has_accounts_takes_no_first_administrator()
    {
        await using var empty = await NewBook();
        await empty.Store.Migrate();
        Assert.Equal([Role.Administrator], Done(await FirstAdministrator.Make(empty.Store, "first")).Roles);
        Assert.Empty(await KnownClinics.Of(empty.Store));

        Assert.Equal("BK050", (await FirstAdministrator.Make(empty.Store, "second")).Refusal?.Code);
        Assert.Equal(["first"], await empty.Rows<string>("select name from account"));
    }

    private static Task<Answer<CourseShown>> Show(TestBook book, string course) => book.App.Send(new ShowCourse(course) { As = "root", Clinic = Clinic });

    private static Task<Answer<DayShown>> Day(TestBook book, LocalDate day) => book.App.Send(new ClinicDay(day) { As = "root", Clinic = Clinic });

    private static LocalDateTime Now(TestBook book) => book.Clock.Now.InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).LocalDateTime;
}
