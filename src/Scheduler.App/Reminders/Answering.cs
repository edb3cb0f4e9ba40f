using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Reminders;

/// <summary>What a patient may say by the link of a message.</summary>
public enum Reply
{
    /// <summary>They come: the visit is confirmed.</summary>
    Confirm,

    /// <summary>They do not come: the visit is called off by the patient, its place is free for others, and it waits to be placed again.</summary>
    Decline,

    /// <summary>They want to be called: nothing changes but that the clinic knows.</summary>
    CallMe,
}

/// <summary>What patients answer by the links of their messages. Whoever has a link may use it, once; so it passes no gate, and shows no more than the message did, without the name.</summary>
/// <param name="store">The book.</param>
/// <param name="library">Protocols and clinics.</param>
/// <param name="clock">The time.</param>
public sealed class Answering(Store store, Library library, IClock clock)
{
    /// <summary>By whom the audit says that it was done.</summary>
    private const string By = "(patient)";

    /// <summary>What is asked. Nothing is changed by looking: programs look at links too.</summary>
    /// <param name="token">The end of the link.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<Answer<Asked>> Show(string token, CancellationToken cancel = default) => store.Read(
        async book => await Message(book, token) is { } message ? Shown(message) : Refusals.NoSuchLink(),
        cancel);

    /// <summary>Who reads the page behind a link, be it open or over; null where nobody here has made it.</summary>
    /// <param name="token">The end of the link.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<PageReader?> Reader(string token, CancellationToken cancel = default) => store.Read(
        async book => await Message(book, token) is { } message ? new PageReader(message.Language.Tag, message.Language.AnswerPage ?? AnswerPage.English, message.Clinic.Phone) : null,
        cancel);

    /// <summary>Takes an answer. The same answer again changes nothing; another one is refused.</summary>
    /// <param name="token">The end of the link.</param>
    /// <param name="reply">What they say.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<Answer<Asked>> Say(string token, Reply reply, CancellationToken cancel = default) => store.Write(book => Save(book, token, reply), cancel);

    private async Task<Answer<Asked>> Save(BookTransaction book, string token, Reply reply)
    {
        // Nobody else writes into the course from here on; what is asked is looked up after that.
        if (await AnswerLink.Reminder(book, token) is not { Enrolment: { } enrolment } row)
        {
            return Refusals.NoSuchLink();
        }

        var locked = await LockedCourse.Of(book, library, row.Clinic, EnrolmentId.Of(enrolment));
        if (!locked.IsDone || await Message(book, token) is not { } message)
        {
            return Refusals.NoSuchLink();
        }

        var shown = Shown(message);
        if (!shown.IsDone || shown.Value.Said == reply)
        {
            return shown;
        }

        if (shown.Value.Said is not null)
        {
            return Refusals.AnsweredAlready();
        }

        var now = clock.GetCurrentInstant();
        _ = await book.AddReply(row, Text(reply), now.ToUnixTimeSeconds(), isSeen: reply == Reply.Confirm);
        var visit = VisitId.Parse(row.Subject);
        var at = PlanningOf.Now(clock, locked.Value.Clinic);
        CourseEvent? told = reply switch
        {
            Reply.Confirm when locked.Value.Course.State.Find(visit).Status == VisitStatus.Booked => new CourseEvent.Confirmed(at, visit),
            Reply.Decline => new CourseEvent.Cancelled(at, visit, Party.Patient),
            _ => null,
        };
        if (told is not null)
        {
            var after = await locked.Value.Tell(book, told);
            if (!after.IsDone)
            {
                return after.Refusal;
            }

            await locked.Value.NoteDeviations(book, after.Value, now, "", By);
        }

        book.Note(new(row.Clinic, By, "answer", locked.Value.Course.Id, "", $$"""{"visit":"{{row.Subject}}","said":"{{Text(reply)}}"}""", ""));
        return shown.Value with { Said = reply, MaySay = [] };
    }

    /// <summary>What stands in the book of the message whose link it is; null for a link that is none, or whose patient is not known any more.</summary>
    private async Task<Sent?> Message(BookTransaction book, string token) =>
        await AnswerLink.Reminder(book, token) is { Enrolment: { } enrolment, Patient: { } who } row && await book.Clinic(library, row.Clinic) is { } clinic && clinic.Messages is { } messages
            && await book.Patient(row.Clinic, who) is { } patient && await book.Announcement(enrolment, row.Subject) is { } told
            && await book.Enrolment(library, row.Clinic, EnrolmentId.Of(enrolment)) is { } course
            ? new(row, told, course, messages, OfPage(messages, patient.Language), patient.Zone is { } own ? DateTimeZoneProviders.Tzdb[own] : clinic.Zone, await book.SaidBy(row.Key))
            : null;

    /// <summary>The language of the page: the patient's, or English where the clinic has no words of a page in theirs.</summary>
    private static Language OfPage(ClinicMessages messages, string? patient) =>
        messages.For(patient) is { AnswerPage: not null } own ? own : messages.Languages.Single(l => l.Tag == Language.English.Tag);

    private Answer<Asked> Shown(Sent message)
    {
        var (row, told, start) = (message.Row, message.Told, Instant.FromUnixTimeSeconds(message.Told.From_Instant));
        var asked = new Asked(message.Clinic.Name, message.Clinic.Phone, new Wording(message.Clinic, message.Language).When(start.InZone(message.Zone).LocalDateTime, told.Mode), message.Said is { } said ? Replies.Single(r => Text(r) == said) : null, []);
        return told.Version == row.Version && Announced.IsAsTold(message.Course.State, told) == true && start > clock.GetCurrentInstant() ? asked with { MaySay = message.Said is null ? Replies : [] }
            : asked is { Said: Reply.Decline } && told.Version <= row.Version + 1 ? asked
            : Refusals.LinkIsOver(message.Clinic.Phone);
    }

    private static readonly ImmutableArray<Reply> Replies = [.. Enum.GetValues<Reply>()];

    private static string Text(Reply reply) => reply switch { Reply.Confirm => "confirm", Reply.Decline => "decline", _ => "call" };

    private sealed record Sent(ReminderRow Row, AnnouncementRow Told, Enrolment Course, ClinicMessages Clinic, Language Language, DateTimeZone Zone, string? Said);
}

/// <summary>Who reads the page behind a link.</summary>
/// <param name="Language">The tag of the language in which they do.</param>
/// <param name="Words">What the page says in it.</param>
/// <param name="Phone">The number that they may call.</param>
public sealed record PageReader(string Language, AnswerPage Words, string Phone);

/// <summary>What the page behind a link shows.</summary>
/// <param name="Clinic">What the clinic is called in messages.</param>
/// <param name="Phone">The number to call.</param>
/// <param name="When">When the appointment is, as the patient's clocks show it, and how if not in person.</param>
/// <param name="Said">What was said by this link; null for nothing.</param>
/// <param name="MaySay">What may be said; nothing any more where something was.</param>
public sealed record Asked(string Clinic, string Phone, string When, Reply? Said, ImmutableArray<Reply> MaySay);
