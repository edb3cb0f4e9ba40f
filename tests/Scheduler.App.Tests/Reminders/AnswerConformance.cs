using NodaTime;
using Scheduler.App.Clinics;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Tests.Books;
using Scheduler.Core.Planning;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Patients answer by the links of their messages, each link once, and the clinic sees what is left to be done, on either store.</summary>
public abstract class AnswerConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Looking_changes_nothing_and_shows_when_and_where_to_call()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, calendar, links) = await Booked(book);
        var (visit, token) = (calendar.Visits[0], links[calendar.Visits[0].Id.ToString()]);

        var asked = Done(await Answering(book).Show(token));
        _ = Done(await Answering(book).Show(token));

        Assert.Equal(("Hillside Practice", "+1 202 555 0110"), (asked.Clinic, asked.Phone));
        Assert.StartsWith("Monday, 4 January 2027 at ", asked.When, StringComparison.Ordinal);
        Assert.Null(asked.Said);
        Assert.Equal([Reply.Confirm, Reply.Decline, Reply.CallMe], asked.MaySay.ToArray());
        Assert.Equal("booked", await Status(book, course, visit.Id.ToString()));
        Assert.Empty(await book.Rows<string>("select said from reply"));
    }

    [Fact]
    public async Task Who_confirms_is_confirmed_once_and_nobody_has_to_look()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, calendar, links) = await Booked(book);
        var token = links[calendar.Visits[0].Id.ToString()];

        Assert.Equal(Reply.Confirm, Done(await Answering(book).Say(token, Reply.Confirm)).Said);
        Assert.Empty(Done(await Answering(book).Say(token, Reply.Confirm)).MaySay);

        Assert.Equal("confirmed", await Status(book, course, calendar.Visits[0].Id.ToString()));
        Assert.Equal("BK047", (await Answering(book).Say(token, Reply.Decline)).Refusal?.Code);
        Assert.Equal(Reply.Confirm, Done(await Answering(book).Show(token)).Said);
        Assert.Empty(Done(await book.App.Send(new ShowOpen { As = "root", Clinic = book.Id })).Replies);
        Assert.Single(await book.Rows<string>("select act from audit where act = 'answer'"));
    }

    [Fact]
    public async Task Who_cancels_frees_the_place_and_the_clinic_is_told_until_somebody_has_looked()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, calendar, links) = await Booked(book);
        var (visit, token) = (calendar.Visits.Single(v => v.Id.ToString() == "wet[2]"), links["wet[2]"]);

        Assert.Equal(Reply.Decline, Done(await Answering(book).Say(token, Reply.Decline)).Said);

        Assert.DoesNotContain("wet[2]", await book.Rows<string>("select b.visit from booking b join resource_use u on u.booking = b.key"));
        var shown = Done(await book.App.Send(new ShowCourse(course) { As = "root", Clinic = book.Id })).Visits.Single(v => v.Visit == "wet[2]");
        Assert.Equal(("cancelled", true), (shown.Status, shown.IsToBePlaced));
        var open = Assert.Single(Done(await book.App.Send(new ShowOpen { As = "root", Clinic = book.Id })).Replies);
        Assert.Equal(("P-001", course, "wet[2]", false), (open.Patient, open.Enrolment, open.Visit, open.WantsCall));
        Assert.Equal(Reply.Decline, Done(await Answering(book).Show(token)).Said);

        Assert.Equal("BK099", (await book.App.Send(new SeeReply(open.Number) { As = "root", Clinic = "elsewhere" })).Refusal?.Code);
        _ = Done(await book.App.Send(new SeeReply(open.Number) { As = "root", Clinic = book.Id }));
        Assert.Empty(Done(await book.App.Send(new ShowOpen { As = "root", Clinic = book.Id })).Replies);
        Assert.Equal("BK099", (await book.App.Send(new SeeReply(open.Number) { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task Who_wants_to_be_called_changes_nothing_but_that_the_clinic_knows()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, calendar, links) = await Booked(book);

        Assert.Equal(Reply.CallMe, Done(await Answering(book).Say(links["wet[2]"], Reply.CallMe)).Said);

        Assert.Equal("booked", await Status(book, course, "wet[2]"));
        Assert.True(Assert.Single(Done(await book.App.Send(new ShowOpen { As = "root", Clinic = book.Id })).Replies).WantsCall);
    }

    [Fact]
    public async Task The_page_is_read_in_the_patient_s_language_and_by_nobody_whose_link_was_made_up()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (_, _, links) = await Booked(book);
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "p@example.org", "mail", null, null, true, "es") { As = "root", Clinic = book.Id }));

        var reader = await Answering(book).Reader(links["wet[2]"]);

        Assert.Equal(("es", "Voy a ir", "+1 202 555 0110"), (reader?.Language, reader?.Words.Confirm, reader?.Phone));
        Assert.Contains(" de enero de 2027 a las ", Done(await Answering(book).Show(links["wet[2]"])).When, StringComparison.Ordinal);
        Assert.Null(await Answering(book).Reader("made-up"));
    }

    /// <summary>All of it: a page in two languages is read aloud wrongly.</summary>
    [Fact]
    public async Task The_page_is_English_where_the_clinic_has_no_words_of_it_in_the_patient_s_language()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (_, _, links) = await Booked(book);
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "p@example.org", "mail", null, null, true, "es") { As = "root", Clinic = book.Id }));
        var before = Done(await Answering(book).Show(links["wet[2]"])).When;
        var without = Text("protocols/samples/clinic-small.yaml").Split("\nbookings:")[0].Split("      answer page:\n") is [var start, var rest] ? start + string.Join('\n', rest.Split('\n').SkipWhile(l => l.StartsWith("        ", StringComparison.Ordinal))) : "";
        _ = Done(await book.App.Send(new ImportClinic("clinic-small.yaml", without + "\n") { As = "root", Clinic = book.Id }));

        var reader = await Answering(book).Reader(links["wet[2]"]);

        Assert.Equal(("en", "I will come"), (reader?.Language, reader?.Words.Confirm));
        Assert.Contains("day, ", Done(await Answering(book).Show(links["wet[2]"])).When, StringComparison.Ordinal);
        Assert.DoesNotContain("day, ", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_clicks_at_once_are_one_answer()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (_, _, links) = await Booked(book);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Answering(book).Say(links["wet[2]"], i % 2 == 0 ? Reply.Decline : Reply.CallMe))));

        var said = Assert.Single(await book.Rows<string>("select said from reply"));
        Assert.Equal(4, answers.Count(a => a.IsDone));
        Assert.All(answers.Where(a => a.IsDone), a => Assert.Equal(said, a.Value!.Said == Reply.Decline ? "decline" : "call"));
        Assert.All(answers.Where(a => !a.IsDone), a => Assert.Equal("BK047", a.Refusal!.Code));
    }

    [Fact]
    public async Task A_link_that_was_made_up_or_changed_is_none()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (_, _, links) = await Booked(book);
        var token = links["wet[2]"];
        string[] wrong =
        [
            "", "a", token[..^1], token + "A", new('A', token.Length), new('~', token.Length), "ä" + token[1..],
            .. Enumerable.Range(0, token.Length).Select(i => token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..]),
        ];

        foreach (var made in wrong)
        {
            Assert.Equal("BK045", (await Answering(book).Show(made)).Refusal?.Code);
            Assert.Equal("BK045", (await Answering(book).Say(made, Reply.Decline)).Refusal?.Code);
        }

        Assert.Empty(await book.Rows<string>("select said from reply"));
    }

    [Fact]
    public async Task A_link_of_an_appointment_that_was_moved_or_is_past_acts_no_more()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, calendar, links) = await Booked(book);
        var session = calendar.Visits.Single(v => v.Id.ToString() == "wet[2]");
        var to = session.Start.Hour < 12 ? session.Date.At(new(14, 0)) : session.Date.At(new(10, 0));
        _ = Done(await book.Accept(Done(await book.App.Send(new Move(course, "wet[2]", to, "asked") { As = "root", Clinic = book.Id })).Proposals.Single().Proposal, "moved"));

        // Not even before anything has followed the move.
        Assert.Equal("BK046", (await Answering(book).Say(links["wet[2]"], Reply.Confirm)).Refusal?.Code);
        _ = await Parts(book, null).Following.All();
        Assert.Equal("BK046", (await Answering(book).Say(links["wet[2]"], Reply.Confirm)).Refusal?.Code);
        Assert.Contains("+1 202 555 0110", (await Answering(book).Show(links["wet[2]"])).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(("en", "+1 202 555 0110"), (await Answering(book).Reader(links["wet[2]"])) is { } reader ? (reader.Language, reader.Phone) : default);

        book.Clock.Now = calendar.Visits[0].Start.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        Assert.Equal("BK046", (await Answering(book).Say(links[calendar.Visits[0].Id.ToString()], Reply.Decline)).Refusal?.Code);
    }

    [Fact]
    public async Task What_failed_is_listed_with_its_reason_and_goes_out_when_it_is_tried_again()
    {
        await using var book = await (await NewBook()).WithClinic();
        var (course, calendar, _) = await Booked(book, _ => new Handover.Refused("no such box"));

        var open = Done(await book.App.Send(new ShowOpen { As = "root", Clinic = book.Id })).Undelivered;
        Assert.Equal(calendar.Visits.Length, open.Length);
        Assert.All(open, o => Assert.Equal(("P-001", course, "no such box"), (o.Patient, o.Enrolment, o.Problem)));
        var failed = Done(await book.App.Send(new ListReminders("failed", course, 1_000) { As = "root", Clinic = book.Id })).All;
        Assert.Equal(open.Select(o => o.Number).Order(), failed.Select(f => f.Number).Order());

        _ = Done(await book.App.Send(new RetryReminder(open[0].Number) { As = "root", Clinic = book.Id }));
        var sent = new Outbox();
        _ = await Parts(book, sent).Delivery.Due(100, 4);
        Assert.Single(sent.All);
        Assert.Equal("BK049", (await book.App.Send(new RetryReminder(open[0].Number) { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK048", (await book.App.Send(new RetryReminder(999_999) { As = "root", Clinic = book.Id })).Refusal?.Code);
        var waiting = Done(await book.App.Send(new ListReminders("waiting", null, 1) { As = "root", Clinic = book.Id })).All.Single();
        Assert.Equal("BK049", (await book.App.Send(new RetryReminder(waiting.Number) { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK097", (await book.App.Send(new ListReminders("wating", null, 1) { As = "root", Clinic = book.Id })).Refusal?.Code);
        Assert.Equal("BK098", (await book.App.Send(new ListReminders(null, null, 0) { As = "root", Clinic = book.Id })).Refusal?.Code);
    }

    [Fact]
    public async Task A_preview_shows_what_would_go_out_and_makes_nothing()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        _ = await book.Book(course, January);
        var app = book.App;

        var shown = Done(await app.Send(new PreviewReminders(course) { As = "root", Clinic = book.Id }));

        Assert.Empty(await book.Rows<long>("select key from reminder"));
        _ = await app.Reminders.Following.All();
        var made = await book.Rows<string>("select subject || ' ' || kind from reminder");
        Assert.Equal(made.Order(), shown.Messages.Select(m => $"{m.Visit} {m.Kind}").Order());
        Assert.All(shown.Messages, m => Assert.Contains("+1 202 555 0110", m.Text, StringComparison.Ordinal));
        Assert.Equal(shown.Messages.Select(m => m.Due.ToInstant()), shown.Messages.Select(m => m.Due.ToInstant()).Order());

        // What went out is not shown again.
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await Parts(book, new Outbox()).Delivery.Due(100, 4);
        Assert.DoesNotContain(Done(await app.Send(new PreviewReminders(course) { As = "root", Clinic = book.Id })).Messages, m => m.Kind == "booked");
var silent = Text("protocols/samples/clinic-small.yaml").Split("\nmessages:")[0] + "\n";
        _ = Done(await book.App.Send(new ImportClinic("silent.yaml", silent) { As = "root", Clinic = book.Id }));
        Assert.StartsWith("The clinic's file has no 'messages'", Done(await book.App.Send(new PreviewReminders(course) { As = "root", Clinic = book.Id })).Why, StringComparison.Ordinal);
    }

    /// <summary>A course of which the first messages went out; the ends of their links by visit.</summary>
    private static async Task<(string Course, TreatmentCalendar Calendar, Dictionary<string, string> Links)> Booked(TestBook book, Func<Envelope, Handover>? answer = null)
    {
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var sent = new Outbox(answer);
        var parts = Parts(book, sent);
        _ = await parts.Following.All();
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await parts.Delivery.Due(1_000, 4);
        var subjects = (await book.Rows<Named>("select subject, message_id from reminder")).ToDictionary(r => r.Message_Id, r => r.Subject);
        return (course, calendar, sent.All.ToDictionary(e => subjects[e.MessageId], e => e.Text.Split("https://lakeside.example/a/")[1].Split('\n')[0]));
    }

    private static Answering Answering(TestBook book) => Parts(book, null).Answering;

    private static ReminderParts Parts(TestBook book, IChannel? channel) =>
        ReminderParts.Of(book.Store, new Library(), book.Clock, new CountedSecrets(), new(channel is null ? [] : [channel], new("https://lakeside.example/"), "node"));

    private static async Task<string> Status(TestBook book, string course, string visit) =>
        Done(await book.App.Send(new ShowCourse(course) { As = "root", Clinic = book.Id })).Visits.Single(v => v.Visit == visit).Status;

    private sealed record Named(string Subject, string Message_Id);
}

public sealed class SqliteAnswerTests : AnswerConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(Servers.PostgresCollection.Name)]
public sealed class PostgresAnswerTests(Servers.SharedPostgres postgres) : AnswerConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
