using System.Collections.Concurrent;
using NodaTime;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Tests.Books;
using Scheduler.Core.Courses;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Reminders are made of what is booked, and each goes out once, on either store.</summary>
public abstract class ReminderConformance
{
    private static readonly ReminderSettings Settings = new("Lakeside Clinic", "+1 202 555 0100", "clinic@lakeside.example");

    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Each_booked_visit_has_its_reminders_and_following_again_makes_no_more()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);

        Assert.Equal(1, await Following(book).All());
        var made = await Rows(book);
        Assert.Equal(0, await Following(book).All());
        await book.Do("update enrolment set reminded = 0");
        Assert.Equal(1, await Following(book).All());

        Assert.Equal(made, await Rows(book));
        Assert.Equal(calendar.Visits.Select(v => v.Id.ToString()).Order(), made.Select(r => r.Visit).Distinct().Order());
        Assert.All(made, r => Assert.Equal(("mail", "waiting", 1), (r.Channel, r.State, r.Version)));
        Assert.All(calendar.Visits, v => Assert.Contains(made, r => r.Visit == v.Id.ToString() && r.Kind == "evening-before"));
    }

    [Fact]
    public async Task Who_does_not_consent_or_cannot_be_reached_gets_nothing_and_what_waits_for_them_dies()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        _ = await book.Book(course, January);
        _ = await Following(book).All();
        Assert.NotEmpty(await Rows(book));

        _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "p@example.org", "mail", null, null, false) { As = "root", Clinic = book.Id }));
        _ = await Following(book).All();

        Assert.All(await Rows(book), r => Assert.Equal("dead", r.State));
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "+1 202 555 0111", "sms", null, null, true) { As = "root", Clinic = book.Id }));
        _ = await Following(book).All();
        Assert.All((await Rows(book)).Where(r => r.State == "waiting"), r => Assert.Equal("sms", r.Channel));
        Assert.Contains(await Rows(book), r => r.State == "waiting");
    }

    [Fact]
    public async Task A_visit_that_moves_kills_its_reminders_and_whoever_was_told_is_told_anew()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var (first, second) = (calendar.Visits.First(v => v.Id.ToString() == "wet[2]"), calendar.Visits.First(v => v.Id.ToString() == "wet[3]"));
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        var sent = new Outbox();
        _ = await Deliver(book, sent);
        Assert.Contains(sent.All, e => e.Text.Contains("your appointment is on", StringComparison.Ordinal));

        await Move(book, course, "wet[2]", first.Start.Hour < 12 ? first.Date.At(new(14, 0)) : first.Date.At(new(10, 0)));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, second.Id, Party.Patient), "") { As = "root", Clinic = book.Id }));
        _ = await Following(book).All();
        var after = new Outbox();
        _ = await Deliver(book, after);

        Assert.Equal(["Your appointment does not take place: Lakeside Clinic", "Your appointment has been moved: Lakeside Clinic"], after.All.Select(e => e.Subject).Order());
        Assert.All((await Rows(book)).Where(r => r.Visit == "wet[2]" && r.Version == 1), r => Assert.Contains(r.State, (string[])["sent", "dead"]));
        Assert.Contains(await Rows(book), r => r is { Visit: "wet[2]", Version: 2, Kind: "evening-before", State: "waiting" });
        Assert.DoesNotContain(await Rows(book), r => r is { Visit: "wet[3]", State: "waiting" });
    }

    [Fact]
    public async Task What_has_changed_since_it_was_made_is_not_sent()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);

        // Called off after the reminders were made, and not followed yet.
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, calendar.Visits[0].Id, Party.Patient), "") { As = "root", Clinic = book.Id }));
        var sent = new Outbox();
        var ends = await Deliver(book, sent);

        Assert.Equal(1, ends[Delivered.Stale]);
        Assert.Equal(calendar.Visits.Length - 1, sent.All.Count);
        Assert.DoesNotContain(await Rows(book), r => r.Visit == calendar.Visits[0].Id.ToString() && r.State == "sent");
    }

    [Fact]
    public async Task A_message_holds_the_clinic_the_time_and_a_number_and_nothing_of_what_it_is_for()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        var sent = new Outbox();
        _ = await Deliver(book, sent);

        var message = sent.All.Single(e => e.Text.Contains("Monday, 4 January 2027 at 9:00 AM", StringComparison.Ordinal));
        Assert.Equal("Hello Name of P-001,\n\nyour appointment is on Monday, 4 January 2027 at 9:00 AM.\n\nIf you have a question or cannot come, please call +1 202 555 0100.\n\nLakeside Clinic", message.Text);
        Assert.All(sent.All, e => Assert.DoesNotContain((string[])["ketamine", "infusion", "exposure", "caps", "ptsd", "wet", "feder"], w => $"{e.Subject} {e.Text}".Contains(w, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task One_that_fails_is_tried_again_under_the_same_name_and_holds_up_no_other()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);

        var names = new ConcurrentBag<string>();
        var failing = new Outbox(e =>
        {
            names.Add(e.MessageId);
            return names.Count <= 2 ? new Handover.Failed("busy") : new Handover.Accepted();
        });
        var first = await Deliver(book, failing);
        Assert.Equal((2, calendar.Visits.Length - 2), (first[Delivered.ToBeTriedAgain], first[Delivered.Sent]));
        Assert.Empty(await Deliver(book, failing));
        book.Clock.Now += Duration.FromMinutes(2);
        var second = await Deliver(book, failing);

        Assert.Equal(2, second[Delivered.Sent]);
        Assert.Equal(calendar.Visits.Length, names.Distinct().Count());
        Assert.Equal(calendar.Visits.Length + 2, names.Count);
    }

    [Fact]
    public async Task One_that_is_refused_is_failed_for_good_and_what_is_of_no_use_expires()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await Deliver(book, new Outbox(_ => new Handover.Refused("no such box")));
        Assert.All((await Rows(book)).Where(r => r.Kind == "booked"), r => Assert.Equal(("failed", "no such box"), (r.State, r.Problem)));

        // The clinic's machine was off until the whole course was over.
        book.Clock.Now += Duration.FromDays(400);
        var sent = new Outbox();
        var ends = await Deliver(book, sent);

        Assert.Empty(sent.All);
        Assert.Equal([Delivered.Expired], ends.Keys);
    }

    [Fact]
    public async Task Two_who_deliver_at_once_send_each_once_and_one_who_stood_still_sends_nothing()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        var keys = await book.Rows<long>("select key from reminder where kind = 'booked'");

        // One claims, and stands still beyond its lease in the middle.
        var still = new Outbox();
        var paused = new Delivery(book.Store, new Library(), new ClockThatJumps(book.Clock, Delivery.Lease), Settings, [still], "paused");
        Assert.Equal(Delivered.LeftToOthers, await paused.One(keys[0]));
        book.Clock.Now += Delivery.Lease + Duration.FromSeconds(1);
        var (one, other) = (new Outbox(), new Outbox());
        _ = await Task.WhenAll(Deliver(book, one, "one"), Deliver(book, other, "other"));

        Assert.Empty(still.All);
        Assert.Equal(calendar.Visits.Length, one.All.Count + other.All.Count);
        Assert.Equal(calendar.Visits.Length, one.All.Concat(other.All).Select(e => e.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task The_patient_s_calendar_follows_a_visit_under_one_name_and_a_later_reminder_leaves_it_alone()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var calendar = await book.Book(course, January);
        var (first, second) = (calendar.Visits.First(v => v.Id.ToString() == "wet[2]"), calendar.Visits.First(v => v.Id.ToString() == "wet[3]"));
        var booked = await Sent();
        await Move(book, course, "wet[2]", first.Start.Hour < 12 ? first.Date.At(new(14, 0)) : first.Date.At(new(10, 0)));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, second.Id, Party.Patient), "") { As = "root", Clinic = book.Id }));
        var changed = await Sent();
        book.Clock.Now = calendar.Visits[^1].Start.InZoneLeniently(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant() - Duration.FromHours(1);
        var later = await Sent();

        var names = booked.Select(e => Property(e, "UID")).ToList();
        Assert.Equal(calendar.Visits.Length, names.Distinct().Count());
        Assert.All(booked, e => Assert.Equal(("REQUEST", "0"), (e.Calendar!.Method, Property(e, "SEQUENCE"))));
        Assert.Equal(["CANCEL", "REQUEST"], changed.Select(e => e.Calendar!.Method).Order());
        Assert.All(changed, e => Assert.Equal(("1", true), (Property(e, "SEQUENCE"), names.Contains(Property(e, "UID")))));
        Assert.NotEmpty(later);
        Assert.All(later, e => Assert.Null(e.Calendar));
        Assert.All(booked.Concat(changed).Concat(later), e => Assert.Contains("<p>Hello Name of P-001,</p>", e.Html, StringComparison.Ordinal));

        static string Property(Envelope envelope, string name) => envelope.Calendar!.Text.Split("\r\n").Single(l => l.StartsWith($"{name}:", StringComparison.Ordinal))[(name.Length + 1)..];

        async Task<List<Envelope>> Sent()
        {
            _ = await Following(book).All();
            book.Clock.Now += Duration.FromMinutes(1);
            var outbox = new Outbox();
            _ = await Deliver(book, outbox);
            return [.. outbox.All];
        }
    }

    [Fact]
    public async Task A_text_message_is_short_and_bears_nothing_else()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "+1 202 555 0111", "sms", null, null, true) { As = "root", Clinic = book.Id }));
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        var sent = new Outbox(carries: "sms");
        _ = await Deliver(book, sent);

        Assert.Contains(sent.All, e => e.Text == "Lakeside Clinic: your appointment is on Monday, 4 January 2027 at 9:00 AM. Questions: +1 202 555 0100");
        Assert.All(sent.All, e => Assert.Equal((null, null), (e.Html, e.Calendar)));
    }

    private static Following Following(TestBook book) => new(book.Store, new Library(), book.Clock, new CountedSecrets(), Settings);

    private static Task<IReadOnlyDictionary<Delivered, int>> Deliver(TestBook book, Outbox outbox, string node = "node") =>
        new Delivery(book.Store, new Library(), book.Clock, Settings, [outbox], node).Due(1_000, 4);

    private static async Task<List<Seen>> Rows(TestBook book) => await book.Rows<Seen>("select visit, version, kind, channel, state, due_at, problem from reminder order by key");

    private static async Task Move(TestBook book, string course, string visit, LocalDateTime to)
    {
        var proposal = Done(await book.App.Send(new Move(course, visit, to, "asked for it") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(proposal.Proposal, $"{visit} to {to}"));
    }

    private sealed record Seen(string Visit, long Version, string Kind, string Channel, string State, long Due_At, string? Problem);

    /// <summary>Keeps what it is given.</summary>
    private sealed class Outbox(Func<Envelope, Handover>? answer = null, string carries = "mail") : IChannel
    {
        public ConcurrentBag<Envelope> All { get; } = [];

        public string Carries => carries;

        public Task<Handover> Send(Envelope envelope, CancellationToken cancel)
        {
            var said = answer?.Invoke(envelope) ?? new Handover.Accepted();
            if (said is Handover.Accepted)
            {
                All.Add(envelope);
            }

            return Task.FromResult(said);
        }
    }

    /// <summary>Stands still before it is asked for the third time: after the claim, before the last look.</summary>
    private sealed class ClockThatJumps(IClock clock, Duration by) : IClock
    {
        private int asked;

        public Instant GetCurrentInstant() => ++asked < 3 ? clock.GetCurrentInstant() : clock.GetCurrentInstant() + by;
    }
}

public sealed class SqliteReminderTests : ReminderConformance, IDisposable
{
    private readonly SqliteBooks books = new();

    public void Dispose() => books.Dispose();

    internal override Task<TestBook> NewBook() => books.NewBook();
}

[Collection(Servers.PostgresCollection.Name)]
public sealed class PostgresReminderTests(Servers.SharedPostgres postgres) : ReminderConformance
{
    internal override Task<TestBook> NewBook() => PostgresBooks.NewBook(postgres);
}
