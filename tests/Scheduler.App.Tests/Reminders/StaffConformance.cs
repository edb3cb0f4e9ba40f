using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Tests.Books;
using Scheduler.Core.Courses;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Staff get their list of the next day in the evening, and what changes of it at once; what nobody tells is missed where a clinic wants that. On either store.</summary>
public abstract class StaffConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Everybody_gets_their_list_in_the_evening_and_nothing_of_what_it_is_for()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        var session = calendar.Visits.First(v => v.Id.ToString() == "wet[1]");
        var eve = session.Date.PlusDays(-1);

        // The file of the clinic says 17:30.
        At(book, eve.At(new(17, 29)));
        Assert.Empty(await Sent(book));
        At(book, eve.At(new(17, 30)));
        var lists = await Sent(book);
        Assert.Empty(await Sent(book));

        var therapist = session.Uses.First(u => u.Need == "therapist").Resource;
        var mail = Assert.Single(lists, m => m.To == $"{therapist}@example.org");
        Assert.StartsWith("Your list for ", mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"{session.Start:HH:mm} to ", mail.Text, StringComparison.Ordinal);
        Assert.Contains("P-001", mail.Text, StringComparison.Ordinal);
        Assert.All(lists, m => Assert.DoesNotContain((string[])["infusion", "ketamine", "wet", "caps", "Name of"], w => $"{m.Subject} {m.Text}".Contains(w, StringComparison.OrdinalIgnoreCase)));
        Assert.All(lists, m => Assert.Null(m.Calendar));
    }

    [Fact]
    public async Task What_changes_after_the_evening_is_told_at_once_and_only_to_whom_it_concerns()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var session = (await book.Book(course, January)).Visits.First(v => v.Id.ToString() == "wet[2]");
        At(book, session.Date.PlusDays(-1).At(new(18, 0)));
        Assert.NotEmpty(await Sent(book));

        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, session.Id, Party.Patient), "") { As = "root", Clinic = book.Id }));
        var changed = await Sent(book);

        var mail = Assert.Single(changed);
        Assert.Equal($"{session.Uses.First(u => u.Need == "therapist").Resource}@example.org", mail.To);
        Assert.StartsWith("Changed: your list for ", mail.Subject, StringComparison.Ordinal);
        Assert.Equal("Nothing is booked for you any more.", mail.Text);
    }

    [Fact]
    public async Task A_list_that_changed_before_it_went_out_is_not_sent()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var session = (await book.Book(course, January)).Visits.First(v => v.Id.ToString() == "wet[2]");
        At(book, session.Date.PlusDays(-1).At(new(18, 0)));
        var parts = Parts(book, new Outbox());
        _ = await parts.Staff.All();
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, session.Id, Party.Patient), "") { As = "root", Clinic = book.Id }));

        var sent = await Sent(book);

        Assert.DoesNotContain(sent, m => m.Text.Contains("P-001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_rates_blindly_is_told_of_no_visit_that_tells_an_arm()
    {
        const string Trial = """
            protocol: trial
            version: 1.0.0
            title: Trial
            arms:
              talk: {title: Talk}
              drug: {title: Drug}
            visits:
              lesson: {purpose: treatment, duration: 30 min, arm: talk, people: {rater: {exclusive: whole visit}}, assumed: All of it.}
            """;
        await using var book = await (await NewBook()).WithClinic();
        _ = Done(await book.App.Send(new ImportProtocol("trial.yaml", Trial) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol("trial", "1.0.0") { As = "root", Clinic = book.Id }));
        _ = await book.Enrol("P-001");
        var course = Done(await book.App.Send(new Enrol("P-001", "trial", null, new(2026, 11, 23), new Dictionary<string, string>(), [], "talk") { As = "root", Clinic = book.Id })).Enrolment;
        var lesson = (await book.Book(course, January)).Visits.Single();
        var rater = lesson.Uses.Single().Resource;
        _ = Done(await book.App.Send(new GrantRoles("rater", rater, [Role.BlindedRater]) { As = "root", Clinic = book.Id }));
        At(book, lesson.Date.PlusDays(-1).At(new(18, 0)));

        Assert.DoesNotContain(await Sent(book), m => m.To == $"{rater}@example.org");
        _ = Done(await book.App.Send(new GrantRoles("rater", rater, [Role.Clinician]) { As = "root", Clinic = book.Id }));
        Assert.Contains(await Sent(book), m => m.To == $"{rater}@example.org");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_nobody_has_told_anything_of_is_missed_where_the_clinic_wants_that(bool wants)
    {
        await using var book = await (await NewBook()).WithClinic();
        if (wants)
        {
            var text = Text("protocols/samples/clinic-small.yaml").Replace("\nmessages:\n", "\nmessages:\n  no-show after: 60 min\n", StringComparison.Ordinal);
            _ = Done(await book.App.Send(new ImportClinic("clinic.yaml", text) { As = "root", Clinic = book.Id }));
        }

        var course = await book.Enrol("P-001");
        var first = (await book.Book(course, January)).Visits.MinBy(v => v.Start)!;
        var missed = new MissedVisits(book.Store, new Library(), book.Clock);
        At(book, first.Start.PlusMinutes(59));
        Assert.Equal(0, await missed.All());
        At(book, first.Start.PlusMinutes(60));
        Assert.Equal(wants ? 1 : 0, await missed.All());
        Assert.Equal(0, await missed.All());

        var shown = Done(await book.App.Send(new ShowCourse(course) { As = "root", Clinic = book.Id })).Visits.Single(v => v.Visit == first.Id.ToString());
        Assert.Equal(wants ? "missed" : "booked", shown.Status);
        Assert.Equal(wants ? 1 : 0, (await book.Rows<string>("select act from audit where actor = '(clock)'")).Count);
    }

    [Fact]
    public async Task The_office_is_told_what_is_new_to_look_at_and_not_again_what_it_knows()
    {
        await using var book = await (await NewBook()).WithClinic();
        var text = Text("protocols/samples/clinic-small.yaml").Replace("\nmessages:\n", "\nmessages:\n  confirm by: 1 day before at 12:00\n", StringComparison.Ordinal);
        _ = Done(await book.App.Send(new ImportClinic("clinic.yaml", text) { As = "root", Clinic = book.Id }));
        var course = await book.Enrol("P-001");
        var visits = (await book.Book(course, January)).Visits;
        var first = visits.MinBy(v => v.Start)!;
        var day = visits.Where(v => v.Date == first.Date).OrderBy(v => v.Start).ToList();
        var parts = Parts(book, new Outbox());
        _ = await parts.Following.All();

        At(book, first.Date.PlusDays(-1).At(new(11, 59)));
        Assert.Empty(await ToOffice(book));
        At(book, first.Date.PlusDays(-1).At(new(12, 0)));
        var asked = Assert.Single(await ToOffice(book));
        Assert.Equal("To look at: Hillside Practice", asked.Subject);
        Assert.Equal(day.Select(v => $"P-001 has not confirmed {v.Start.ToString("ddd d MMM uuuu, HH:mm", System.Globalization.CultureInfo.InvariantCulture)}"), asked.Text.Split('\n'));
        Assert.Empty(await ToOffice(book));
        var open = Done(await book.App.Send(new ShowOpen { As = "root", Clinic = book.Id }));
        Assert.Equal(day.Select(v => ("P-001", course, v.Id.ToString())), open.Unconfirmed.Select(u => (u.Patient, u.Enrolment, u.Visit)));

        // What is new comes with what is left; what is done goes without a word.
        await book.Do("update reminder set state = 'failed', problem = 'the address was refused' where person is null and subject = 'wet[1]' and kind = 'booked'");
        Assert.Empty(await ToOffice(book));
        book.Clock.Now += Duration.FromMinutes(15);
        var both = Assert.Single(await ToOffice(book));
        Assert.StartsWith(asked.Text, both.Text, StringComparison.Ordinal);
        Assert.Matches("^P-001: message [0-9]+ by mail has not gone out: the address was refused$", both.Text.Split('\n')[^1]);
        foreach (var visit in day)
        {
            _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Confirmed(book.Wall, visit.Id), "") { As = "root", Clinic = book.Id }));
        }

        Assert.Empty(await ToOffice(book));
        Assert.Empty(Done(await book.App.Send(new ShowOpen { As = "root", Clinic = book.Id })).Unconfirmed);
        Assert.DoesNotContain("confirmed", (await book.Rows<string>("select list from told_day where person = '(office)' and day = 'open'")).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_office_is_told_once_which_windows_close_without_a_place()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var visits = (await book.Book(course, January)).Visits;
        Assert.Empty(await ToOffice(book));
        var last = visits.First(v => v.Id.ToString() == "caps5-week12[1]");
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, last.Id, Party.Patient), "") { As = "root", Clinic = book.Id }));
        At(book, last.Start.PlusDays(7));

        var mail = Assert.Single(await ToOffice(book), m => m.Subject == "Visits without a place: Hillside Practice");
        Assert.Contains("P-001 has a visit without a place whose window closes on", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("caps", mail.Text, StringComparison.OrdinalIgnoreCase);
        book.Clock.Now += Duration.FromHours(2);
        Assert.Empty(await ToOffice(book));
    }

    private static async Task<List<App.Reminders.Channels.Envelope>> ToOffice(TestBook book) => [.. (await Sent(book)).Where(m => m.To == "office@example.org")];

    private static void At(TestBook book, LocalDateTime wall) => book.Clock.Now = wall.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();

    /// <summary>What staff are sent now.</summary>
    private static async Task<List<App.Reminders.Channels.Envelope>> Sent(TestBook book)
    {
        var outbox = new Outbox();
        var parts = Parts(book, outbox);
        _ = await parts.Staff.All();
        _ = await parts.Delivery.Due(1_000, 4);
        return [.. outbox.All];
    }

    private static ReminderParts Parts(TestBook book, Outbox outbox) => ReminderParts.Of(book.Store, new Library(), book.Clock, new CountedSecrets(), new([outbox], null, "node"));
}

public sealed class SqliteStaffTests : StaffConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(Servers.PostgresCollection.Name)]
public sealed class PostgresStaffTests(Servers.SharedPostgres postgres) : StaffConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
