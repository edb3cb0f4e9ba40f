using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Reminders;

/// <summary>
/// Makes the reminders of courses of which something has happened. It can be stopped anywhere and done again: what is there already stays, what is not wanted any more dies, what is missing is made. Nothing is
/// sent by it.
/// </summary>
/// <param name="store">The book.</param>
/// <param name="library">Protocols and clinics.</param>
/// <param name="clock">The time.</param>
/// <param name="secrets">Where message ids and the names of visits in calendars come from.</param>
public sealed class Following(Store store, Library library, IClock clock, ISecrets secrets)
{
    /// <summary>How many courses one transaction follows.</summary>
    private const int AtOnce = 50;

    /// <summary>For how long it is news that a visit is booked.</summary>
    private static readonly Duration News = Duration.FromDays(2);

    /// <summary>Follows all courses; how many there were. A course that cannot be followed, since its protocol or its clinic's file is not read any more, say, holds up no other: it is left, and tried with the next ones.</summary>
    public async Task<Followed> All(CancellationToken cancel = default)
    {
        for (var (done, last) = (new Followed(0, 0), 0L); ;)
        {
            var some = await store.Read(book => book.Unreminded(last, AtOnce), cancel);
            if (some.Count == 0)
            {
                return done;
            }

            last = some[^1].Key;
            if (await IsFollowed(some, cancel))
            {
                done = done with { Courses = done.Courses + some.Count };
                continue;
            }

            foreach (var one in some)
            {
                done = await IsFollowed([one], cancel) ? done with { Courses = done.Courses + 1 } : done with { Left = done.Left + 1 };
            }
        }
    }

    /// <summary>
    /// Makes, within a transaction, what nobody had made when a backup was, each due as if there were no quiet hours: so what was due at once is seen to have been. The courses are followed again afterwards, which sets
    /// the moments right. A course that cannot be followed is left.
    /// </summary>
    internal async Task Within(BookTransaction book)
    {
        await AnswerLink.MakeKey(book, secrets);
        for (var some = await book.Unreminded(0, AtOnce); some.Count > 0; some = await book.Unreminded(some[^1].Key, AtOnce))
        {
            foreach (var row in some)
            {
                try
                {
                    if (await book.Clinic(library, row.Clinic) is { } clinic && await book.Enrolment(library, row.Clinic, EnrolmentId.Of(row.Key)) is { } course)
                    {
                        await Follow(book, course, clinic, isQuietKept: false);
                    }
                }
                catch (Exception why) when (why is not OperationCanceledException)
                {
                    // Its protocol or its clinic's file is not read any more, say.
                }
            }
        }
    }

    /// <summary>Has wait what a process before this one had queued; only where no other process has the book.</summary>
    internal Task Unqueue(CancellationToken cancel) => store.Write<Followed>(async book => new Followed(await book.Unqueue(), 0), cancel);

    private async Task<bool> IsFollowed(List<UnremindedRow> some, CancellationToken cancel)
    {
        try
        {
            return (await store.Write<Followed>(book => Some(book, some), cancel)).IsDone;
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<Answer<Followed>> Some(BookTransaction book, List<UnremindedRow> some)
    {
        await book.LockEnrolments(some.Select(s => s.Key));
        await AnswerLink.MakeKey(book, secrets);
        foreach (var row in some)
        {
            // It may have gone on before it was locked; then it is followed to where it is now.
            if (await book.Clinic(library, row.Clinic) is { } clinic && await book.Enrolment(library, row.Clinic, EnrolmentId.Of(row.Key)) is { } course)
            {
                await Follow(book, course, clinic, isQuietKept: true);
                await book.SetReminded(course.Key, course.Version);
            }
        }

        return new Followed(some.Count, 0);
    }

    /// <summary>What would be sent of a course that has not gone out, if nothing else happens.</summary>
    internal async Task<Answer<RemindersPreviewed>> Preview(BookTransaction book, string clinicId, string enrolment)
    {
        if (await book.Clinic(library, clinicId) is not { } clinic)
        {
            return Refusals.NoClinic(clinicId);
        }

        if (await book.Enrolment(library, clinicId, enrolment) is not { } course)
        {
            return Refusals.NoEnrolment(enrolment);
        }

        var patient = await book.Patient(clinicId, course.Patient.Id);
        var zone = patient?.Zone is { } own ? DateTimeZoneProviders.Tzdb[own] : clinic.Zone;
        var why = clinic.Messages is null ? "The clinic's file has no 'messages': it sends none."
            : patient is not { Consents_To_Messages: 1 } ? "The patient wants no messages."
            : patient is { Contact: null } or { Channel: null } ? "The patient has no address or number for messages." : null;
        if (clinic.Messages is not { } messages || why is not null)
        {
            return new RemindersPreviewed(why, zone.Id, []);
        }

        var now = clock.GetCurrentInstant();
        var current = Current(course, clinic, await book.Announcements(course.Key), now);
        var there = await book.Reminders(course.Key);
        return new RemindersPreviewed(
            null,
            zone.Id,
            [
                .. from wanted in Wanted(course, messages, current.All, there, patient, zone, now, isQuietKept: true)
                   where !there.Exists(r => KeyOf(r) == (wanted.Visit, wanted.Version, wanted.Kind, wanted.Channel) && r.State is not ("waiting" or "queued" or "dead"))
                   let told = current.All.Single(t => t.Visit == wanted.Visit)
                   let say = MessagesOf(course.State.Protocol, messages, VisitId.Parse(wanted.Visit)).FirstOrDefault(m => m.Id == wanted.Kind)?.Say
                   let start = Instant.FromUnixTimeSeconds(told.From_Instant).InZone(zone).LocalDateTime
                   let wording = new Wording(messages, messages.For(patient!.Language))
                   let letter = wording.Of(wanted.Kind, patient!.Name, start, told.Mode, say, null)
                   orderby wanted.Due.At, told.From_Instant
                   select new PreviewedMessage(wanted.Visit, wanted.Kind, wanted.Channel, wanted.Due.At.InZone(zone).ToOffsetDateTime(), letter.Subject, wanted.Channel == "mail" ? letter.Text : wording.Short(wanted.Kind, start, told.Mode, say, null)),
            ]);
    }

    /// <summary>What is told of a course's visits from now on, and what of it is new.</summary>
    private (ImmutableArray<AnnouncementRow> New, List<AnnouncementRow> All) Current(Enrolment course, Clinic clinic, List<AnnouncementRow> told, Instant now)
    {
        var changes = Announced.Changes(course, clinic.Zone, told, secrets, now);
        return (changes, [.. told.Where(t => changes.All(c => c.Visit != t.Visit)), .. changes]);
    }

    private async Task Follow(BookTransaction book, Enrolment course, Clinic clinic, bool isQuietKept)
    {
        var now = clock.GetCurrentInstant();
        var (changes, current) = Current(course, clinic, await book.Announcements(course.Key), now);
        foreach (var change in changes)
        {
            await book.Announce(change);
        }

        var there = await book.Reminders(course.Key);
        var patient = await book.Patient(clinic.Id, course.Patient.Id);
        var wanted = (clinic.Messages is not { } messages ? [] : Wanted(course, messages, current, there, patient, patient?.Zone is { } zone ? DateTimeZoneProviders.Tzdb[zone] : clinic.Zone, now, isQuietKept))
            .ToDictionary(w => (w.Visit, w.Version, w.Kind, w.Channel));

        var died = await book.LetDie(there.Where(r => r.State is "waiting" or "queued" or "failed" && !wanted.ContainsKey(KeyOf(r))).Select(r => r.Key).ToList(), now.ToUnixTimeSeconds());
        if (!died)
        {
            // One of them was being sent just then: whoever gets it is told otherwise, so all is looked at again.
            await Follow(book, course, clinic, isQuietKept);
            return;
        }

        foreach (var row in there.Where(r => r.State == "dead" && wanted.ContainsKey(KeyOf(r))))
        {
            // It is wanted again: who took their consent back has given it anew, say.
            _ = await book.Revive(row.Key, Instant.Max(now, wanted[KeyOf(row)].Due.At).ToUnixTimeSeconds());
        }

        foreach (var row in there.Where(r => r.State is "waiting" or "dead" && wanted.TryGetValue(KeyOf(r), out var due) && due.Due.At.ToUnixTimeSeconds() != r.Due_At))
        {
            var due = wanted[KeyOf(row)].Due;
            await book.Postpone(row.Key, due.At.ToUnixTimeSeconds(), due.UsefulUntil.ToUnixTimeSeconds());
        }

        var known = there.Select(KeyOf).ToHashSet();
        await book.AddReminders(wanted.Values.Where(w => !known.Contains((w.Visit, w.Version, w.Kind, w.Channel))).Select(w => new ReminderRow(
            0, clinic.Id, course.Patient.Id, null, course.Key, w.Visit, w.Version, w.Kind, w.Channel, w.Due.At.ToUnixTimeSeconds(), w.Due.UsefulUntil.ToUnixTimeSeconds(), "waiting",
            w.Due.At.ToUnixTimeSeconds(), 0, null, null, $"{secrets.Next()}@{clinic.Messages!.Domain}", null, null)));
    }

    private static (string Visit, long Version, string Kind, string Channel) KeyOf(ReminderRow row) => (row.Subject, row.Version, row.Kind, row.Channel);

    /// <summary>What is to be sent of a course, if nothing else happens.</summary>
    private static IEnumerable<WantedReminder> Wanted(Enrolment course, ClinicMessages messages, List<AnnouncementRow> announcements, List<ReminderRow> there, PatientRow? patient, DateTimeZone zone, Instant now, bool isQuietKept)
    {
        if (patient is not { Consents_To_Messages: 1, Contact: not null, Channel: { } usual })
        {
            yield break;
        }

        foreach (var row in announcements)
        {
            var (start, since) = (Instant.FromUnixTimeSeconds(row.From_Instant), Instant.FromUnixTimeSeconds(row.Since));
            var quiet = isQuietKept ? course.State.Protocol.QuietHours ?? messages.Quiet : (QuietHours?)null;

            // Who has been told something that is true no more is told so; to others it is news that the visit is booked.
            var isToldOtherwise = there.Exists(r => r.Subject == row.Visit && r.Version < row.Version && (r.State is "sent" or "claimed" || r.Tries > 0 || r.Problem == ReminderTable.KeptBack));
            if (isToldOtherwise && since < start)
            {
                // Whoever would come in vain before quiet hours end is told within them.
                var soon = DueTime.Later(since, zone, quiet);
                var inVain = Instant.FromUnixTimeSeconds(Math.Min(row.From_Instant, row.Was_Instant ?? row.From_Instant));
                yield return new(row.Visit, row.Version, row.Is_On == 1 ? ReminderKinds.Moved : ReminderKinds.CalledOff, usual, new(soon < inVain ? soon : since, start));
            }

            if (row.Is_On == 0 || start <= now || Announced.IsOn(course.State, VisitId.Parse(row.Visit)) is null)
            {
                continue;
            }

            var own = MessagesOf(course.State.Protocol, messages, VisitId.Parse(row.Visit)).Where(m => ChannelOf(m, usual) is not null).ToList();
            foreach (var (message, due) in DueTime.Of(own, start, since, zone, quiet))
            {
                // Who knows of it already need not be told at once what would have been told before.
                var channel = ChannelOf(message, usual)!;
                if (!((isToldOtherwise || there.Exists(r => r.Subject == row.Visit && r.Version == row.Version && r.State is "sent" or "claimed")) && DueTime.Of(message, start, since, zone, quiet) is null)
                    && !(message.When is MessageTime.WhenBooked && (isToldOtherwise || IsOldNews(there, row, message.Id, since, now)))
                    && !there.Exists(r => r.Subject == row.Visit && r.Version == row.Version && r.Kind == message.Id && r.Channel != channel && r.State is "sent" or "claimed"))
                {
                    yield return new(row.Visit, row.Version, message.Id, channel, due);
                }
            }
        }
    }

    /// <summary>Whether that a visit is booked is no news any more, where nothing waits to tell it: the clinic sends messages only since lately, say.</summary>
    private static bool IsOldNews(List<ReminderRow> there, AnnouncementRow told, string kind, Instant since, Instant now) =>
        since < now - News && !there.Exists(r => r.Subject == told.Visit && r.Version == told.Version && r.Kind == kind);

    /// <summary>What is sent of a visit: what its protocol says, or else what the clinic usually sends.</summary>
    internal static ImmutableArray<Message> MessagesOf(Protocol protocol, ClinicMessages messages, VisitId visit) =>
        protocol.VisitTypes.FirstOrDefault(t => t.Id == visit.Type)?.Messages is { IsEmpty: false } own ? own : messages.Usual;

    /// <summary>The first way of a message on which the patient is reached; null where staff call, or there is none.</summary>
    private static string? ChannelOf(Message message, string usual)
    {
        string? Name(Channel channel) => channel switch { Channel.Email => "mail", Channel.TextMessage => "sms", _ => null };
        return message.By.IsEmpty || message.By.Any(c => Name(c) == usual) ? usual : null;
    }

    private sealed record WantedReminder(string Visit, long Version, string Kind, string Channel, DueTime Due);
}

/// <summary>What came of following courses.</summary>
/// <param name="Courses">How many were followed.</param>
/// <param name="Left">How many could not be.</param>
public sealed record Followed(int Courses, int Left);
