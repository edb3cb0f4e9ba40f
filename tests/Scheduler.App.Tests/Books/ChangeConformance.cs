using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Reports;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Books;

/// <summary>What a clinic changes of itself, its library and its people, on either store.</summary>
public abstract class ChangeConformance
{
    private const string Feder = "feder-2025-ketamine-wet";

    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Other_hours_hold_on_their_days_hit_what_lies_outside_them_and_are_taken_back()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var session = (await book.Book(course, January)).Visits.First(v => v.Uses.Any(u => u.Resource == "therapist-mora"));
        async Task<string> There(LocalDate day) => string.Join(", ", (await Week(book, day, "therapist-mora")).There);
        var (before, next) = (await There(session.Date), await There(session.Date.PlusDays(7)));
        var after = session.Start.Hour < 12 ? new Hours(13 * 60, 14 * 60) : new Hours(9 * 60, 10 * 60);

        var elsewhere = Done(await book.App.Send(Change(book, session.Date, session.Date.PlusDays(6), [session.Date.PlusDays(1).DayOfWeek], [after])));
        Assert.DoesNotContain(course, elsewhere.Hit);
        Assert.Equal(before, await There(session.Date));

        var absent = Done(await book.App.Send(Change(book, session.Date, session.Date.PlusDays(6), [session.Date.DayOfWeek], [after])));
        Assert.Equal([course], absent.Hit);
        Assert.Equal($"{after}", await There(session.Date));
        Assert.Equal(next, await There(session.Date.PlusDays(7)));

        var noted = Done(await book.App.Send(new ShowClinic { As = "root", Clinic = book.Id })).Absences;
        Assert.Equal(2, noted.Count(a => a.IsInstead));
        Assert.Equal(after, Assert.Single(noted[1].Hours));
        Assert.Equal(session.Date.DayOfWeek, Assert.Single(noted[1].Weekdays));
        Assert.Empty(Done(await book.App.Send(new TakeBackAbsence(noted[1].Number, "") { As = "root", Clinic = book.Id })).Hit);
        Assert.Equal(before, await There(session.Date));
        Assert.Equal("BK078", (await book.App.Send(new TakeBackAbsence(noted[1].Number, "") { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task Who_is_away_hits_what_is_booked_in_these_hours_and_still_to_come()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var session = (await book.Book(course, January)).Visits.First(v => v.Uses.Any(u => u.Role == "therapist"));
        var use = session.Uses.First(u => u.Role == "therapist");
        var (from, to) = (Storage.Times.Minute(use.Start), Storage.Times.Minute(use.End));
        async Task<IReadOnlyList<string>> Hit(int first, int last) =>
            Done(await book.App.Send(new AddAbsence(use.Resource, session.Date, session.Date, new(first, last), "away") { As = "root", Clinic = book.Id })).Hit;

        Assert.Empty(await Hit(0, from));
        Assert.Empty(await Hit(to, Hours.MinutesPerDay));
        Assert.Equal([course], await Hit(from, from + 5));
        Assert.Equal([course], await Hit(to - 5, to));
        book.Clock.Now = session.End.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        _ = Done(await book.App.Send(new Tell(course, new Core.Courses.CourseEvent.Completed(session.End, session.Id), "") { As = "root", Clinic = book.Id }));
        Assert.Empty(await Hit(from, to));

        // What is only reserved hits nobody: it is refused when it is to be booked.
        var other = await book.Enrol("P-002");
        var reserved = Done(await book.Propose(other, January.PlusDays(14))).Proposals[0];
        _ = Done(await book.App.Send(new Reserve(reserved.Proposal, 10) { As = "root", Clinic = book.Id }));
        var closed = new AddAbsence(null, reserved.Calendar.Visits.Min(v => v.Date), reserved.Calendar.Visits.Max(v => v.Date), Hours.WholeDay, "flood") { As = "root", Clinic = book.Id };
        Assert.Equal([course], Done(await book.App.Send(closed)).Hit);
        Assert.Equal("BK033", (await book.Accept(reserved.Proposal, "K")).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_booked_in_hours_that_were_given_is_hit_when_they_are_taken_back()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var session = (await book.Book(course, January)).Visits.First(v => v.Uses.Any(u => u.Resource == "therapist-mora"));
        _ = Done(await book.App.Send(Change(book, session.Date, session.Date, [], [Hours.WholeDay])));
        var number = Done(await book.App.Send(new ShowClinic { As = "root", Clinic = book.Id })).Absences.Single().Number;

        Assert.Equal([course], Done(await book.App.Send(new TakeBackAbsence(number, "") { As = "root", Clinic = book.Id })).Hit);
    }

    [Fact]
    public async Task Of_two_changes_of_the_same_day_the_later_one_counts_and_an_absence_takes_from_it()
    {
        await using var book = await (await NewBook()).WithClinic();
        foreach (var hours in new[] { new Hours(9 * 60, 10 * 60), new Hours(13 * 60, 16 * 60) })
        {
            _ = Done(await book.App.Send(Change(book, January, January, [], [hours])));
        }

        _ = Done(await book.App.Send(new AddAbsence("therapist-mora", January, January, new(14 * 60, 15 * 60), "dentist") { As = "root", Clinic = book.Id }));

        Assert.Equal("13:00 to 14:00, 15:00 to 16:00", string.Join(", ", (await Week(book, January, "therapist-mora")).There));
    }

    [Fact]
    public async Task A_book_that_was_made_before_there_were_other_hours_keeps_its_absences()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new AddAbsence("therapist-mora", January, January, new(9 * 60, 12 * 60), "dentist") { As = "root", Clinic = book.Id }));
        foreach (var before in (string[])["alter table absence drop column instead", "alter table absence drop column weekdays", "delete from migration where name = '0003-hours.sql'"])
        {
            _ = await book.Do(before);
        }

        await book.Store.Migrate();

        Assert.Equal("13:00 to 17:00", string.Join(", ", (await Week(book, January, "therapist-mora")).There));
        _ = Done(await book.App.Send(Change(book, January, January, [], [new(9 * 60, 10 * 60)])));
        Assert.Equal("09:00 to 10:00", string.Join(", ", (await Week(book, January, "therapist-mora")).There));
    }

    [Fact]
    public async Task Hours_that_make_no_sense_and_resources_that_are_not_there_are_refused()
    {
        await using var book = await (await NewBook()).WithClinic();
        async Task<string?> Code(ChangeHours ask) => (await book.App.Send(ask)).Refusal?.Code;

        Assert.Equal("BK008", await Code(Change(book, January, January.PlusDays(-1), [], [])));
        Assert.Equal("BK008", await Code(Change(book, January, January, [], [new(600, 600)])));
        Assert.Equal("BK008", await Code(Change(book, January, January, [], [new(600, 1441)])));
        Assert.Equal("BK007", await Code(Change(book, January, January, [], []) with { Resource = "nobody" }));
        Assert.Equal("BK006", await Code(Change(book, January, January, [], []) with { Clinic = "elsewhere" }));
    }

    [Fact]
    public async Task A_week_shows_each_resource_with_what_is_booked_and_reserved_and_no_more()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        var monday = January.PlusDays(0);
        async Task<List<(string, LocalDate, string?, string)>> Seen() =>
        [
            .. Done(await book.App.Send(new ClinicWeek(monday, null) { As = "root", Clinic = book.Id })).Resources
                .SelectMany(r => r.Days.SelectMany(d => d.Uses.Select(u => (r.Resource, d.Date, u.Visit, u.Status)))).Order(),
        ];
        var booked = calendar.Visits.Where(v => v.Date >= monday && v.Date < monday.PlusDays(7)).SelectMany(v => v.Uses.Select(u => (u.Resource, v.Date, (string?)v.Id.ToString(), "booked"))).Order().ToList();
        Assert.NotEmpty(booked);
        Assert.Equal(booked, await Seen());

        var second = await book.Enrol("P-002");
        var proposal = Done(await book.Propose(second, January)).Proposals[0];
        _ = Done(await book.App.Send(new Reserve(proposal.Proposal, 10) { As = "root", Clinic = book.Id }));
        Assert.Contains(await Seen(), s => s.Item4 == "reserved");
        book.Clock.Now += Duration.FromMinutes(11);
        Assert.Equal(booked, await Seen());
        Assert.Equal("BK007", (await book.App.Send(new ClinicWeek(monday, "nobody") { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task Whoever_rates_blindly_sees_no_week_even_as_a_clinician()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new GrantRoles("both", null, [Role.BlindedRater, Role.Clinician]) { As = "root", Clinic = book.Id }));

        Assert.Equal("BK002", (await book.App.Send(new ClinicWeek(January, null) { As = "both", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task A_course_tells_the_windows_of_its_visits_and_a_blinded_rater_sees_none()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        Assert.DoesNotContain(Done(await book.App.Send(new ShowCourse(course) { As = "root", Clinic = book.Id })).Visits, v => v.Windows.Any(w => w.Rule == "week-12"));
        var calendar = await book.Book(course, January);

        var rating = Done(await book.App.Send(new ShowCourse(course) { As = "root", Clinic = book.Id })).Visits.Single(v => v.Visit == "caps5-week12[1]");
        var window = Assert.Single(rating.Windows);

        // Twelve weeks from the first session: 3 days before and behind as planned, 7 at worst.
        var target = calendar.Visits.First(v => v.Id.ToString() == "wet[1]").Date.PlusWeeks(12);
        Assert.Equal("week-12", window.Rule);
        Assert.Equal(new Core.Formats.WindowStretch.OfDates(target.PlusDays(-3), target.PlusDays(3)), window.Ideal);
        Assert.Equal(new Core.Formats.WindowStretch.OfDates(target.PlusDays(-7), target.PlusDays(7)), window.Allowed);
        _ = Done(await book.App.Send(new GrantRoles("rater", null, [Role.BlindedRater]) { As = "root", Clinic = book.Id }));
        Assert.All(Done(await book.App.Send(new ShowCourse(course) { As = "rater", Clinic = book.Id })).Visits, v => Assert.Empty(v.Windows));
    }

    [Fact]
    public async Task The_same_text_of_a_clinic_again_is_no_new_version()
    {
        await using var book = await (await NewBook()).Begun();
        var text = Text("protocols/samples/clinic-busy.yaml");
        async Task<ImportedClinic> Import(string yaml) => Done(await book.App.Send(new ImportClinic("busy.yaml", yaml) { As = "root", Clinic = "clinic-busy" }));

        Assert.Equal((1, true), await Import(text) is var first ? (first.Version, first.IsNew) : default);
        var entries = await book.Rows<long>("select number from audit where clinic = 'clinic-busy'");

        // Its bookings are in the book already, and are not asked for again.
        Assert.Equal((1, false), await Import(text) is var again ? (again.Version, again.IsNew) : default);
        Assert.Equal(entries, await book.Rows<long>("select number from audit where clinic = 'clinic-busy'"));
        Assert.Equal("BK005", (await book.App.Send(new ImportClinic("busy.yaml", text + "\n") { As = "root", Clinic = "clinic-busy" })).Refusal?.Code);
    }

    [Fact]
    public async Task A_retired_version_takes_nobody_and_keeps_whom_it_has()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");

        var retired = Done(await book.App.Send(new RetireProtocol(Feder, "1.0.0") { As = "root", Clinic = book.Id }));

        Assert.Equal(("retired", true), (retired.State, retired.IsNew));
        Assert.Equal((1, "retired"), Done(await book.App.Send(new ListProtocols { As = "root", Clinic = book.Id })).Versions.Single() is var listed ? (listed.Enrolments, listed.State) : default);
        Assert.Equal("1.0.0", Done(await book.App.Send(new ShowCourse(course) { As = "root", Clinic = book.Id })).ProtocolVersion);
        Assert.Equal("BK010", (await book.App.Send(new Enrol("P-001", Feder, null, January, new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK092", (await book.App.Send(new Enrol("P-001", Feder, "1.0.0", January, new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK010", (await book.App.Send(new RetireProtocol(Feder, "9.0.0") { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Contains("retire protocol", await book.Rows<string>("select act from audit"));
    }

    [Fact]
    public async Task A_folder_is_imported_whole_or_not_at_all_and_a_trial_leaves_nothing()
    {
        await using var book = await (await NewBook()).Begun();
        GivenFile clinic = new("a/clinic.yaml", Text("protocols/samples/clinic-small.yaml")), protocol = new("b/feder.yaml", Text("protocols/feder-2025-ketamine-wet.yaml")), patient = new("p.yaml", Text("protocols/samples/patient-any.yaml"));
        Task<Answer<ImportedFolder>> Import(bool isTrial, params GivenFile[] files) => book.App.Send(new ImportFolder([.. files], isTrial) { As = "root", Clinic = "" });
        async Task<(int, int, int)> Holds() => (
            (await book.Rows<string>("select clinic from clinic_version")).Count, (await book.Rows<string>("select version from protocol_version")).Count, (await book.Rows<string>("select act from audit")).Count);
        var empty = await Holds();

        var tried = Done(await Import(true, clinic, protocol, patient));
        Assert.Equal((1, true, "draft"), (tried.Clinics[0].Version, tried.Clinics[0].IsNew, tried.Protocols[0].State));
        Assert.Equal("p.yaml", Assert.Single(tried.Others));
        Assert.Equal(empty, await Holds());

        var broken = protocol with { Name = "c/broken.yaml", Yaml = protocol.Yaml.Replace("version: 1.0.0", "version: 2.0.0\ncolour: red", StringComparison.Ordinal) };
        var refused = (await Import(false, clinic, protocol, broken)).Refusal!;
        Assert.Equal("BK076", refused.Code);
        Assert.Matches(@"^c/broken\.yaml:\d+:1: [A-Z]{2}\d{3}: .*'colour'", Assert.Single(refused.Details));
        Assert.Equal(empty, await Holds());

        Assert.True(Done(await Import(false, clinic, protocol)).Protocols[0].IsNew);
        var again = Done(await Import(false, clinic, protocol));
        Assert.Equal((false, false), (again.Clinics[0].IsNew, again.Protocols[0].IsNew));
        var full = await Holds();

        // What is changed under its version is refused where its version stands, beside what else is wrong.
        var changed = protocol with { Yaml = protocol.Yaml.Replace("title: ", "title: Other ", StringComparison.Ordinal) };
        var both = (await Import(false, clinic with { Yaml = clinic.Yaml + "\n" }, changed, clinic with { Name = "z.yaml" })).Refusal!;
        Assert.Equal(["BK076", "2"], (string[])[both.Code, $"{both.Details.Length}"]);
        Assert.Matches(@"^z\.yaml:\d+:1: BK079: The clinic clinic-small is in a/clinic\.yaml too", both.Details[0]);
        Assert.Matches(@"^b/feder\.yaml:\d+:1: BK009: b/feder\.yaml differs from version 1\.0\.0", both.Details[1]);
        Assert.Equal(full, await Holds());
    }

    [Fact]
    public async Task A_folder_of_several_clinics_is_no_matter_of_one()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new GrantRoles("local", null, [Role.Administrator]) { As = "root", Clinic = book.Id }));
        var other = new GivenFile("busy.yaml", Text("protocols/samples/clinic-busy.yaml"));

        Assert.Equal("BK002", (await book.App.Send(new ImportFolder([other], false) { As = "local", Clinic = "" })).Refusal?.Code);
        Assert.Contains("BK004", Assert.Single((await book.App.Send(new ImportFolder([other], false) { As = "local", Clinic = book.Id })).Refusal!.Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_stays_one_and_an_account_is_of_a_person_who_is_there()
    {
        await using var book = await (await NewBook()).WithClinic();
        async Task<string?> Grant(string account, string clinic, string? person, params Role[] roles) => (await book.App.Send(new GrantRoles(account, person, roles) { As = "root", Clinic = clinic })).Refusal?.Code;

        Assert.Equal("BK072", await Grant("root", "", null, Role.Scheduler));
        Assert.Equal("BK071", await Grant("mora", book.Id, "therapist-nobody", Role.Clinician));
        Assert.Equal("BK071", await Grant("mora", book.Id, "chair-1", Role.Clinician));
        Assert.Null(await Grant("mora", book.Id, "therapist-mora", Role.Clinician));
        Assert.Equal("BK006", await Grant("singh", "", "rater-singh", Role.Clinician));
        Assert.Equal("BK006", await Grant("mora", "", "therapist-mora", Role.Administrator));
        Assert.Null(await Grant("mora", "", null, Role.Administrator));
        var mora = Done(await book.App.Send(new ListAccounts { As = "root", Clinic = book.Id })).Accounts.Single(a => a.Account == "mora");
        Assert.Equal(("therapist-mora", Role.Clinician, Role.Administrator), (mora.Person, Assert.Single(mora.Roles), Assert.Single(mora.Everywhere)));
        Assert.Null(await Grant("root", "", null, Role.Scheduler));
    }

    [Fact]
    public async Task Who_somebody_is_at_one_clinic_is_not_said_by_another()
    {
        await using var book = await (await NewBook()).WithClinic();
        var other = Text("protocols/samples/clinic-small.yaml").Split("\nbookings:")[0].Replace("clinic: clinic-small", "clinic: other", StringComparison.Ordinal) + "\n";
        _ = Done(await book.App.Send(new ImportClinic("other.yaml", other) { As = "root", Clinic = "other" }));
        _ = await book.Book(await book.Enrol("P-001"), January);
        async Task<Answer<Sessions>> Own(string clinic) => await book.App.Send(new OwnSessions(January, January.PlusDays(60)) { As = "mora", Clinic = clinic });
        foreach (var (by, clinic) in new[] { ("here", book.Id), ("there", "other") })
        {
            _ = Done(await book.App.Send(new GrantRoles(by, null, [Role.Administrator]) { As = "root", Clinic = clinic }));
        }

        _ = Done(await book.App.Send(new GrantRoles("mora", "therapist-mora", [Role.Clinician]) { As = "there", Clinic = "other" }));
        Assert.Equal("BK002", (await Own(book.Id)).Refusal?.Code);
        _ = Done(await book.App.Send(new GrantRoles("mora", null, [Role.Clinician]) { As = "here", Clinic = book.Id }));
        Assert.Equal("BK032", (await Own(book.Id)).Refusal?.Code);
        Assert.Empty(Done(await Own("other")).All);
        _ = Done(await book.App.Send(new GrantRoles("mora", "therapist-mora", [Role.Clinician]) { As = "here", Clinic = book.Id }));
        Assert.NotEmpty(Done(await Own(book.Id)).All);

        // What is said of them there takes nothing away here, and stands in the audit.
        _ = Done(await book.App.Send(new GrantRoles("mora", null, []) { As = "there", Clinic = "other" }));
        Assert.NotEmpty(Done(await Own(book.Id)).All);
        Assert.Equal("""{"roles":["Clinician"],"person":"therapist-mora"}""", (await book.Store.Read(b => b.Chain("other")))[^1].Entry.Before);
    }

    [Fact]
    public async Task A_book_in_which_an_account_was_one_person_everywhere_keeps_it_where_it_is_one()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new ImportClinic("busy.yaml", Text("protocols/samples/clinic-busy.yaml").Replace("therapist-mora", "therapist-more", StringComparison.Ordinal)) { As = "root", Clinic = "clinic-busy" }));
        foreach (var clinic in new[] { book.Id, "clinic-busy" })
        {
            _ = Done(await book.App.Send(new GrantRoles("mora", null, [Role.Clinician]) { As = "root", Clinic = clinic }));
        }

        using var reader = new StreamReader(typeof(Storage.Store).Assembly.GetManifestResourceStream("0007-person-of-clinic.sql")!);
        var step = await reader.ReadToEndAsync();
        _ = await book.Do("drop table account_person; alter table account add column resource text; alter table account add column is_active bigint not null default 1; update account set resource = 'therapist-mora' where name = 'mora'");
        _ = await book.Do(step);

        Assert.Equal([("mora", book.Id, "therapist-mora")], await book.Rows<(string, string, string)>("select account, clinic, person from account_person"));
    }

    [Fact]
    public async Task The_library_is_changed_by_authors_and_by_administrators_of_all_clinics()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new GrantRoles("local", null, [Role.Administrator]) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new GrantRoles("author", null, [Role.Author]) { As = "root", Clinic = book.Id }));
        var text = Text("protocols/ect-acute.yaml");

        Assert.Equal("BK094", (await book.App.Send(new ImportProtocol("ect.yaml", text) { As = "local", Clinic = book.Id })).Refusal?.Code);
        Assert.Contains("BK094", Assert.Single((await book.App.Send(new ImportFolder([new("ect.yaml", text)], false) { As = "local", Clinic = book.Id })).Refusal!.Details), StringComparison.Ordinal);
        _ = Done(await book.App.Send(new ImportProtocol("ect.yaml", text) { As = "author", Clinic = book.Id }));
        Assert.Equal("BK094", (await book.App.Send(new ActivateProtocol("ect-acute", "1.0.0") { As = "local", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK094", (await book.App.Send(new RetireProtocol(Feder, "1.0.0") { As = "local", Clinic = book.Id })).Refusal?.Code);
        _ = Done(await book.App.Send(new ActivateProtocol("ect-acute", "1.0.0") { As = "author", Clinic = book.Id }));
        _ = Done(await book.App.Send(new RetireProtocol("ect-acute", "1.0.0") { As = "root", Clinic = book.Id }));
    }

    private static ChangeHours Change(TestBook book, LocalDate from, LocalDate to, IsoDayOfWeek[] weekdays, Hours[] hours) =>
        new("therapist-mora", from, to, [.. weekdays], [.. hours], "course") { As = "root", Clinic = book.Id };

    private static async Task<DayOfResource> Week(TestBook book, LocalDate day, string resource) =>
        Done(await book.App.Send(new ClinicWeek(day, resource) { As = "root", Clinic = book.Id })).Resources.Single().Days[0];
}
