using System.Collections.Concurrent;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Enrolments;
using Scheduler.App.Patients;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage.Tables;
using Scheduler.App.Tests.Books;
using Scheduler.Core.Courses;
using static Scheduler.App.Tests.Books.TestBook;

namespace Scheduler.App.Tests.Reminders;

/// <summary>Reminders are made of what is booked, and each goes out once, on either store.</summary>
public abstract class ReminderConformance
{
    private static readonly LocalDate January = new(2027, 1, 4);

    internal abstract Task<TestBook> NewBook();

    [Fact]
    public async Task Each_booked_visit_has_its_reminders_and_following_again_makes_no_more()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);

        Assert.Equal(new Followed(1, 0), await Following(book).All());
        var made = await Rows(book);
        Assert.Equal(new Followed(0, 0), await Following(book).All());
        await book.Do("update enrolment set reminded = 0");
        Assert.Equal(new Followed(1, 0), await Following(book).All());

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

        Assert.Equal(["Your appointment does not take place: Hillside Practice", "Your appointment has been moved: Hillside Practice"], after.All.Select(e => e.Subject).Order());
        Assert.All((await Rows(book)).Where(r => r.Visit == "wet[2]" && r.Version == 1), r => Assert.Contains(r.State, (string[])["sent", "dead"]));
        Assert.Contains(await Rows(book), r => r is { Visit: "wet[2]", Version: 2, Kind: "evening-before", State: "waiting" });
        Assert.DoesNotContain(await Rows(book), r => r is { Visit: "wet[3]", State: "waiting" });
    }

    [Fact]
    public async Task A_visit_that_moves_before_anybody_was_told_of_it_is_told_as_booked()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var first = (await book.Book(course, January)).Visits.First(v => v.Id.ToString() == "wet[2]");
        _ = await Following(book).All();
        await Move(book, course, "wet[2]", first.Start.Hour < 12 ? first.Date.At(new(14, 0)) : first.Date.At(new(10, 0)));
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        var sent = new Outbox();
        _ = await Deliver(book, sent);

        Assert.Contains(await Rows(book), r => r is { Visit: "wet[2]", Version: 2, Kind: "booked", State: "sent" });
        Assert.DoesNotContain(sent.All, e => e.Subject.Contains("moved", StringComparison.Ordinal));
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
        Assert.Equal("Hello Name of P-001,\n\nyour appointment is on Monday, 4 January 2027 at 9:00 AM.\n\nIf you have a question or cannot come, please call +1 202 555 0110.\n\nHillside Practice", message.Text);
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
        var paused = Parts(book, still, "paused", new ClockThatJumps(book.Clock, Delivery.Lease)).Delivery;
        Assert.Equal(Delivered.LeftToOthers, await paused.One(keys[0]));
        book.Clock.Now += Delivery.Lease + Duration.FromSeconds(1);
        var (one, other) = (new Outbox(), new Outbox());
        _ = await Task.WhenAll(Deliver(book, one, "one"), Deliver(book, other, "other"));

        Assert.Empty(still.All);
        Assert.Equal(calendar.Visits.Length, one.All.Count + other.All.Count);
        Assert.Equal(calendar.Visits.Length, one.All.Concat(other.All).Select(e => e.MessageId).Distinct().Count());
    }

    /// <summary>A server that takes 25 seconds for each: a claim of two minutes bears four of them, and what it does not bear is nobody's at once.</summary>
    [Fact]
    public async Task What_a_claim_does_not_bear_is_given_back_untried()
    {
        await using var book = await (await NewBook()).WithClinic();
        var keys = await Due(book);
        var slow = new Outbox(_ =>
        {
            book.Clock.Now += Duration.FromSeconds(25);
            return new Handover.Accepted();
        });

        await Parts(book, slow).Delivery.Some(keys, Instant.MaxValue);

        Assert.Equal(4, slow.All.Count);
        Assert.Equal([("sent", 1, null), ("waiting", 0, null)], await Claims(book, keys));
    }

    [Fact]
    public async Task Who_ends_between_two_gives_back_the_rest()
    {
        await using var book = await (await NewBook()).WithClinic();
        var keys = await Due(book);
        using var ending = new CancellationTokenSource();
        var sent = new Outbox(_ =>
        {
            ending.Cancel();
            return new Handover.Accepted();
        });

        await Parts(book, sent).Delivery.Some(keys, Instant.MaxValue, ending.Token);

        _ = Assert.Single(sent.All);
        Assert.Equal([("sent", 1, null), ("waiting", 0, null)], await Claims(book, keys));
    }

    [Fact]
    public async Task Where_sending_breaks_the_rest_is_given_back_and_the_one_that_broke_waits_for_its_claim_to_run_out()
    {
        await using var book = await (await NewBook()).WithClinic();
        var keys = await Due(book);
        var broken = new Outbox(_ => throw new InvalidOperationException("broken"));

        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => Parts(book, broken, "one").Delivery.Some(keys, Instant.MaxValue));

        Assert.Equal([("claimed", 1, "one/1"), ("waiting", 0, null)], await Claims(book, keys));
    }

    /// <summary>All of them are claimed as the first goes out; what the patient wants from then on goes the new way, and nothing is lost on the old one.</summary>
    [Fact]
    public async Task Who_wants_another_channel_while_their_messages_are_claimed_gets_each_once()
    {
        await using var book = await (await NewBook()).WithClinic();
        var keys = await Due(book);
        var changes = 0;
        var mail = new Outbox(_ =>
        {
            if (changes++ == 0)
            {
                Meanwhile(book, new RegisterPatient("P-001", "A", "+1 202 555 0111", "sms", null, null, true) { As = "root", Clinic = book.Id });
            }

            return new Handover.Accepted();
        });
        await Parts(book, mail).Delivery.Some(keys, Instant.MaxValue);
        _ = await Following(book).All();
        var texts = new Outbox(carries: "sms");
        _ = await Deliver(book, texts);

        _ = Assert.Single(mail.All);
        var told = await book.Rows<string>("select subject || ' ' || kind from reminder where state = 'sent'");
        Assert.Equal(await book.Rows<long>("select count(*) from booking"), [told.Count]);
        Assert.Equal(told.Count, told.Distinct().Count());
    }

    /// <summary>The message that the visit is booked is claimed, and not begun, as the visit is cancelled: its patient has never heard of it.</summary>
    [Fact]
    public async Task What_is_off_before_its_claimed_message_was_begun_is_not_called_off()
    {
        await using var book = await (await NewBook()).WithClinic();
        var keys = await Due(book);
        var course = Storage.Tables.EnrolmentId.Of((await book.Rows<long>("select key from enrolment")).Single());
        var visit = (await book.Rows<string>("select subject from reminder where key = @key", new { key = keys[^1] })).Single();
        var changes = 0;
        var mail = new Outbox(_ =>
        {
            if (changes++ == 0)
            {
                Meanwhile(book, new Tell(course, new CourseEvent.Cancelled(book.Wall, Core.Protocols.VisitId.Parse(visit), Party.Patient), "") { As = "root", Clinic = book.Id });
            }

            return new Handover.Accepted();
        });
        await Parts(book, mail).Delivery.Some(keys, Instant.MaxValue);
        _ = await Following(book).All();
        _ = await Deliver(book, mail);

        Assert.Empty(await book.Rows<string>("select kind from reminder where subject = @visit and state in ('sent', 'waiting', 'queued', 'claimed')", new { visit }));
    }

    [Fact]
    public async Task Who_stood_still_in_the_middle_takes_nothing_from_whoever_claimed_the_rest()
    {
        await using var book = await (await NewBook()).WithClinic();
        var keys = await Due(book);
        var still = new Outbox(_ =>
        {
            // Beyond its lease somebody else sweeps, and claims the others.
            book.Clock.Now += Delivery.Lease + Duration.FromSeconds(1);
            var (now, until) = (book.Clock.Now.ToUnixTimeSeconds(), (book.Clock.Now + Delivery.Lease).ToUnixTimeSeconds());
            Assert.Equal(keys.Count - 1, Done(book.Store.Write<List<long>>(async b => await b.Sweep(now) == 0 ? [] : await b.Claim(keys.Skip(1), "other", now, until)).GetAwaiter().GetResult()).Count);
            return new Handover.Accepted();
        });

        await Parts(book, still).Delivery.Some(keys, Instant.MaxValue);

        // The first went out and nobody could say so: it waits to go out again, under the same name.
        _ = Assert.Single(still.All);
        Assert.Equal([("claimed", 2, "other"), ("waiting", 1, null)], await Claims(book, keys));
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

        Assert.Contains(sent.All, e => e.Text == "Hillside Practice: your appointment is on Monday, 4 January 2027 at 9:00 AM. +1 202 555 0110");
        Assert.All(sent.All, e => Assert.Equal((null, null), (e.Html, e.Calendar)));
    }

    [Fact]
    public async Task Who_gives_their_consent_anew_is_reminded_anew_and_told_once()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await Deliver(book, new Outbox());
        foreach (var consents in new[] { false, true })
        {
            _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "p@example.org", "mail", null, null, consents) { As = "root", Clinic = book.Id }));
            _ = await Following(book).All();
        }

        Assert.All(calendar.Visits, v => Assert.Contains(Rows(book).Result, r => r.Visit == v.Id.ToString() && r is { Kind: "evening-before", State: "waiting" }));
        var again = new Outbox();
        _ = await Deliver(book, again);
        Assert.Empty(again.All);
    }

    [Fact]
    public async Task A_restored_book_sends_nothing_again_and_goes_on_with_what_is_still_to_come()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        using var kept = new MemoryStream();
        _ = await book.Store.Backup(kept);
        _ = await Deliver(book, new Outbox());

        kept.Position = 0;
        _ = await book.Store.Restore(kept, "root");
        var again = new Outbox();
        _ = await Following(book).All();
        _ = await Deliver(book, again);

        Assert.Empty(again.All);
        Assert.Equal(calendar.Visits.Length, (await Rows(book)).Count(r => r is { State: "failed", Problem: "the book was restored, and it may have gone out before" }));
        book.Clock.Now = January.PlusDays(-1).At(new(18, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();
        _ = await Deliver(book, again);
        Assert.NotEmpty(again.All);
    }

    /// <summary>Within quiet hours too, in which what was sent hours ago would seem to wait for the morning.</summary>
    [Theory]
    [InlineData(18)]
    [InlineData(21)]
    public async Task What_a_backup_knows_and_nobody_had_followed_when_it_was_made_is_not_told_again_by_the_restored_book(int restoredAt)
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        At(book, January.PlusDays(-1).At(new(18, 0)));
        using var kept = new MemoryStream();
        _ = await book.Store.Backup(kept);
        var sent = new Outbox();
        await All(sent);
        Assert.Contains(sent.All, e => e.Subject.StartsWith("Your list", StringComparison.Ordinal));

        kept.Position = 0;
        At(book, January.PlusDays(-1).At(new(restoredAt, 0)));
        _ = Done(await book.App.Send(new App.Backups.Restore(kept) { As = "root", Clinic = "" }));
        var again = new Outbox();
        await All(again);
        At(book, January.At(new(8, 0)));
        await All(again);

        // But the office is told that they were kept back.
        Assert.Equal(["To look at: Hillside Practice"], again.All.Select(e => e.Subject));
        Assert.True((await Rows(book)).Count(r => r is { State: "failed", Problem: "the book was restored, and it may have gone out before" }) > calendar.Visits.Length);

        async Task All(Outbox outbox)
        {
            var parts = Parts(book, outbox);
            _ = await parts.Following.All();
            _ = await parts.Staff.All();
            _ = await parts.Delivery.Due(1_000, 4);
        }
    }

    [Fact]
    public async Task What_an_engine_lost_is_handed_over_again_when_its_time_has_run_out_and_what_it_brings_twice_goes_out_once()
    {
        await using var book = await (await NewBook()).WithClinic();
        var calendar = await book.Book(await book.Enrol("P-001"), January);
        var engine = new HandedOver();
        var promotion = new Promotion(book.Store, book.Clock, Following(book), engine);
        _ = await promotion.Round();
        book.Clock.Now += Duration.FromMinutes(1);
        var first = await promotion.Round();
        Assert.Equal(calendar.Visits.Length, engine.Keys.Count);
        Assert.Equal(0, await promotion.Round());
        book.Clock.Now += Promotion.Patience + Duration.FromSeconds(1);
        Assert.Equal(calendar.Visits.Length, await promotion.Round());

        var sent = new Outbox();
        var delivery = Parts(book, sent).Delivery;
        await delivery.Some(engine.Keys, book.Clock.Now);
        Assert.Empty(sent.All);
        await delivery.Some(engine.Keys, book.Clock.Now + Promotion.Patience);

        Assert.Equal(calendar.Visits.Length, sent.All.Select(e => e.MessageId).Distinct().Count());
        Assert.Equal(calendar.Visits.Length, sent.All.Count);
    }

    [Fact]
    public async Task An_engine_has_only_so_many_of_a_channel_and_another_channel_has_its_own()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        await book.Do("update reminder set channel = 'sms' where subject in ('wet[1]', 'wet[2]')");
        var now = book.Clock.Now.ToUnixTimeSeconds();

        async Task<int> Queued(string channel, int most) => (await book.Store.Write<Many>(async work => new Many((await work.Queue(channel, now, now + 300, take: 4, most)).Count))).Value!.Count;

        Assert.Equal((3, 2, 0, 4, 2), (await Queued("mail", 3), await Queued("mail", 5), await Queued("mail", 5), await Queued("mail", 99), await Queued("sms", 5)));
    }

    [Fact]
    public async Task From_outside_it_is_seen_how_many_there_are_and_for_how_long_one_has_been_late()
    {
        await using var book = await (await NewBook()).WithClinic();
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits.Length;
        _ = await Following(book).All();
        Assert.Equal((Duration.Zero, false), await Late());

        // A gateway that fails again and again is late too, though no try is due just now.
        book.Clock.Now += Watching.Late;
        Assert.False(await Parts(book).Watching.IsLate());
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await Deliver(book, new Outbox(_ => new Handover.Failed("busy")));
        Assert.Equal((Watching.Late + Duration.FromMinutes(1), true), await Late());

        book.Clock.Now += Duration.FromMinutes(6);
        var failed = 0;
        _ = await Deliver(book, new Outbox(_ => Interlocked.Increment(ref failed) == 1 ? new Handover.Failed("busy") : new Handover.Accepted()));
        Assert.Equal((Watching.Late + Duration.FromMinutes(7), true), await Late());
        var seen = await Parts(book).Watching.Look();
        Assert.Equal((visits - 1, 0), (seen.ByState["sent"], seen.ByState.GetValueOrDefault("queued")));
        Assert.Equal((await Rows(book)).Count(r => r.State == "waiting"), seen.ByState["waiting"]);

        // The one that failed is tried next at night: it is put off until quiet hours end, and is late no more.
        At(book, new LocalDate(2026, 11, 24).At(new(23, 0)));
        Assert.True(await Parts(book).Watching.IsLate());
        Assert.Equal(1, (await Deliver(book, new Outbox()))[Delivered.PutOff]);
        Assert.Equal((null, false), await Late());

        // What is tried again by hand is due from then on.
        At(book, new LocalDate(2026, 11, 25).At(new(12, 0)));
        await book.Do("update reminder set state = 'failed', problem = 'refused' where state = 'waiting' and kind = 'booked'");
        var key = (await book.Rows<long>("select key from reminder where state = 'failed'")).Single();
        _ = Done(await book.App.Send(new RetryReminder(key) { As = "root", Clinic = book.Id }));
        Assert.Equal((Duration.Zero, false), await Late());

        async Task<(Duration?, bool)> Late() => ((await Parts(book).Watching.Look()).OldestDue, await Parts(book).Watching.IsLate());
    }

    /// <summary>Mail is down for a day, looked at every minute: each is tried a few dozen times, and then goes out once or expires; not all at one moment.</summary>
    [Fact]
    public async Task After_a_day_without_mail_what_is_still_of_use_goes_out_once_the_rest_expires_and_nothing_floods()
    {
        await using var book = await (await NewBook()).WithClinic();
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits;

        // The day before the first visit, so that some of it is of no use a day later.
        At(book, January.PlusDays(-1).At(new(9, 0)));
        var promotion = new Promotion(book.Store, book.Clock, Following(book), new HandedOver());
        var tries = new ConcurrentBag<(string Id, Instant At)>();
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            foreach (var one in await Round(new Outbox(e =>
            {
                tries.Add((e.MessageId, book.Clock.Now));
                return new Handover.Failed("down");
            })))
            {
                Assert.NotEqual(Delivered.Sent, one.Key);
            }
        }

        Assert.All(tries.GroupBy(t => t.Id), t => Assert.InRange(t.Count(), 1, 60));
        var back = new ConcurrentBag<(string Id, Instant At)>();
        for (var minute = 0; minute < 3 * 60; minute++)
        {
            _ = await Round(new Outbox(e =>
            {
                back.Add((e.MessageId, book.Clock.Now));
                return new Handover.Accepted();
            }));
        }

        var ends = (await book.Rows<(string, long, long)>("select state, due_at, useful_until from reminder")).Where(r => r.Item2 <= January.At(new(9, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant().ToUnixTimeSeconds()).ToList();
        Assert.Equal(back.Count, back.Select(b => b.Id).Distinct().Count());
        Assert.All(ends, e => Assert.Contains(e.Item1, (string[])["sent", "expired"]));
        Assert.Contains(ends, e => e.Item1 == "expired");
        Assert.True(ends.Count(e => e.Item1 == "sent") >= visits.Length - 2);
        Assert.True(back.GroupBy(b => b.At).Max(g => g.Count()) <= visits.Length / 2, "all came back at one moment");

        async Task<IReadOnlyDictionary<Delivered, int>> Round(Outbox outbox)
        {
            book.Clock.Now += Duration.FromMinutes(1);
            _ = await promotion.Round();
            await book.Do("update reminder set state = 'waiting' where state = 'queued'");
            return await Deliver(book, outbox);
        }
    }

    [Fact]
    public async Task How_deliveries_end_is_counted_by_channel()
    {
        await using var book = await (await NewBook()).WithClinic();
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits.Length;
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        using var meter = new System.Diagnostics.Metrics.Meter("test");
        using var listener = new System.Diagnostics.Metrics.MeterListener();
        var counted = new ConcurrentBag<(long, string)>();
        listener.InstrumentPublished = (instrument, of) =>
        {
            if (instrument.Meter == meter)
            {
                of.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Add((value, $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}")));
        listener.Start();
        var (taken, answers) = (0, new Handover[] { new Handover.Refused("no such address"), new Handover.Failed("busy") });
        var outbox = new Outbox(_ => Interlocked.Increment(ref taken) is var which && which <= 2 ? answers[which - 1] : new Handover.Accepted());
        _ = await ReminderParts.Of(book.Store, new Library(), book.Clock, new CountedSecrets(), new([outbox], null, "node") { Meter = new(meter) }).Delivery.Due(1_000, 1);

        Assert.All(counted, c => Assert.Equal(1, c.Item1));
        Assert.Equal(
            [("scheduler.reminders.ended channel=mail end=not-taken", 1), ("scheduler.reminders.ended channel=mail end=refused", 1), ("scheduler.reminders.ended channel=mail end=sent", visits - 2)],
            counted.GroupBy(c => c.Item2).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task When_the_zone_data_changes_reminders_follow_the_moment()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        var made = await Rows(book);

        // As if all had been worked out with other data: an hour later.
        await book.Do("update announcement set from_instant = from_instant + 3600");
        await book.Do("update reminder set due_at = due_at + 3600, next_try = next_try + 3600 where kind = 'evening-before'");
        var other = new Application(book.Store, book.Clock, new CountedSecrets(), new OtherZones("America/New_York", "America/Chicago"));
        _ = Done(await other.Send(new App.Clinics.CheckTimeZones { As = "root", Clinic = book.Id }));
        Assert.Equal(new Followed(1, 0), await Following(book).All());

        Assert.Equal(made, await Rows(book));
    }

    [Fact]
    public async Task A_course_that_cannot_be_followed_holds_up_no_other()
    {
        const string Talk = """
            protocol: talk
            version: 1.0.0
            title: One talk
            visits:
              talk: {purpose: treatment, duration: 15 min, people: {nurse: {exclusive: whole visit}}, assumed: All of it.}
            """;
        await using var book = await (await NewBook()).WithClinic();
        var other = await book.Enrol("P-001");
        _ = Done(await book.App.Send(new ImportProtocol("talk.yaml", Talk) { As = "root", Clinic = book.Id }));
        _ = Done(await book.App.Send(new ActivateProtocol("talk", "1.0.0") { As = "root", Clinic = book.Id }));
        _ = await book.Book(Done(await book.App.Send(new Enrol("P-001", "talk", null, new(2026, 11, 23), new Dictionary<string, string>(), [], null) { As = "root", Clinic = book.Id })).Enrolment, January);
        _ = await book.Book(other, January.PlusDays(7));
        _ = await book.Do("update protocol_version set yaml = 'protocol: [' where protocol = 'talk'");
        var engine = new HandedOver();

        Assert.Equal(new Followed(1, 1), await Following(book).All());
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await Assert.ThrowsAsync<InvalidOperationException>(() => new Promotion(book.Store, book.Clock, Following(book), engine).Round());
        Assert.NotEmpty(engine.Keys);
    }

    [Fact]
    public async Task Who_may_have_been_told_is_told_that_it_is_off()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var session = (await book.Book(course, January)).Visits.First(v => v.Id.ToString() == "wet[2]");
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);

        // The server was asked, and whether it took it over nobody knows.
        _ = await Deliver(book, new Outbox(_ => new Handover.Failed("it took too long")));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, session.Id, Party.Patient), "") { As = "root", Clinic = book.Id }));
        _ = await Following(book).All();

        Assert.Contains(await Rows(book), r => r is { Visit: "wet[2]", Kind: "off!", State: "waiting" });
    }

    [Fact]
    public async Task What_comes_late_keeps_quiet_hours_too()
    {
        await using var book = await (await NewBook()).WithClinic();
        var visits = (await book.Book(await book.Enrol("P-001"), January)).Visits.Length;
        _ = await Following(book).All();
        var day = book.Wall.Date;
        At(book, day.PlusDays(1).At(new(2, 0)));
        var sent = new Outbox();

        Assert.Equal(visits, (await Deliver(book, sent))[Delivered.PutOff]);
        Assert.Empty(sent.All);
        At(book, day.PlusDays(1).At(new(8, 0)));
        Assert.Equal(visits, (await Deliver(book, sent))[Delivered.Sent]);
    }

    [Fact]
    public async Task That_an_early_visit_is_off_is_told_in_the_evening_since_in_the_morning_it_is_too_late()
    {
        await using var book = await (await NewBook()).WithClinic();
        var course = await book.Enrol("P-001");
        var early = (await book.Book(course, January)).Visits.OrderBy(v => v.Start).First(v => v.Start.TimeOfDay == new LocalTime(8, 0) && v.Date > January.PlusDays(1));
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await Deliver(book, new Outbox());
        At(book, early.Date.PlusDays(-1).At(new(21, 0)));
        _ = Done(await book.App.Send(new Tell(course, new CourseEvent.Cancelled(book.Wall, early.Id, Party.Clinic), "") { As = "root", Clinic = book.Id }));
        _ = await Following(book).All();
        var sent = new Outbox();
        _ = await Deliver(book, sent);

        Assert.Contains(sent.All, e => e.Subject.StartsWith("Your appointment does not take place", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_is_reached_otherwise_now_is_not_told_again_what_they_know()
    {
        await using var book = await (await NewBook()).WithClinic();
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        _ = await Deliver(book, new Outbox());
        _ = Done(await book.App.Send(new RegisterPatient("P-001", "A", "+1 202 555 0111", "sms", null, null, true) { As = "root", Clinic = book.Id }));
        _ = await Following(book).All();

        Assert.DoesNotContain(await Rows(book), r => r is { Kind: "booked", Channel: "sms" });
        Assert.Contains(await Rows(book), r => r is { Kind: "evening-before", Channel: "sms", State: "waiting" });
    }

    private static void At(TestBook book, LocalDateTime wall) => book.Clock.Now = wall.InZoneStrictly(DateTimeZoneProviders.Tzdb["America/New_York"]).ToInstant();

    /// <summary>Asks for something, which is followed, in the middle of something else.</summary>
    private static void Meanwhile<T>(TestBook book, Ask<T> asked)
        where T : class
    {
        _ = Done(book.App.Send(asked).GetAwaiter().GetResult());
        _ = Following(book).All().GetAwaiter().GetResult();
    }

    /// <summary>The keys of a few reminders that are due.</summary>
    private static async Task<List<long>> Due(TestBook book)
    {
        _ = await book.Book(await book.Enrol("P-001"), January);
        _ = await Following(book).All();
        book.Clock.Now += Duration.FromMinutes(1);
        return await book.Rows<long>("select key from reminder where kind = 'booked' order by key limit 6");
    }

    /// <summary>In which states reminders are, how often they were tried, and who has them.</summary>
    private static async Task<IEnumerable<(string State, long Tries, string? By)>> Claims(TestBook book, IEnumerable<long> keys) =>
        (await book.Rows<Claimed>("select key, state, tries, claimed_by as by from reminder")).Where(r => keys.Contains(r.Key)).Select(r => (r.State, r.Tries, r.By)).Distinct().Order();

    private sealed record Claimed(long Key, string State, long Tries, string? By);

    private static Following Following(TestBook book) => Parts(book).Following;

    private static Task<IReadOnlyDictionary<Delivered, int>> Deliver(TestBook book, Outbox outbox, string node = "node") => Parts(book, outbox, node).Delivery.Due(1_000, 4);

    private static ReminderParts Parts(TestBook book, IChannel? channel = null, string node = "node", IClock? clock = null) =>
        ReminderParts.Of(book.Store, new Library(), clock ?? book.Clock, new CountedSecrets(), new(channel is null ? [] : [channel], null, node));

    private static async Task<List<Seen>> Rows(TestBook book) => await book.Rows<Seen>("select subject as visit, version, kind, channel, state, due_at, problem from reminder order by key");

    private static async Task Move(TestBook book, string course, string visit, LocalDateTime to)
    {
        var proposal = Done(await book.App.Send(new Move(course, visit, to, "asked for it") { As = "root", Clinic = book.Id })).Proposals.Single();
        _ = Done(await book.Accept(proposal.Proposal, $"{visit} to {to}"));
    }

    private sealed record Many(int Count);

    private sealed record Seen(string Visit, long Version, string Kind, string Channel, string State, long Due_At, string? Problem);

    /// <summary>An engine that runs nothing.</summary>
    private sealed class HandedOver : IDeliveryEngine
    {
        public List<long> Keys { get; } = [];

        public Task Hand(Handed handed, CancellationToken cancel)
        {
            Keys.AddRange(handed.Keys);
            return Task.CompletedTask;
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
