using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
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
/// <param name="settings">What the clinic says in messages, and how.</param>
public sealed class Following(Store store, Library library, IClock clock, ISecrets secrets, ReminderSettings settings)
{
    /// <summary>How many courses one transaction follows.</summary>
    private const int AtOnce = 50;

    /// <summary>Follows all courses; how many there were.</summary>
    public async Task<int> All(CancellationToken cancel = default)
    {
        for (var all = 0; ;)
        {
            var some = (await store.Write<Followed>(Some, cancel)).Value?.Courses ?? 0;
            all += some;
            if (some < AtOnce)
            {
                return all;
            }
        }
    }

    private async Task<Answer<Followed>> Some(BookTransaction book)
    {
        var some = await book.Unreminded(AtOnce);
        await book.LockEnrolments(some.Select(s => s.Key));
        foreach (var row in some)
        {
            // It may have gone on before it was locked; then it is followed to where it is now.
            if (await book.Clinic(library, row.Clinic) is { } clinic && await book.Enrolment(library, row.Clinic, EnrolmentId.Of(row.Key)) is { } course)
            {
                await Follow(book, course, clinic.Zone, row.Clinic);
                await book.SetReminded(course.Key, course.Version);
            }
        }

        return new Followed(some.Count);
    }

    private async Task Follow(BookTransaction book, Enrolment course, DateTimeZone clinicZone, string clinic)
    {
        var now = clock.GetCurrentInstant();
        var told = await book.Announcements(course.Key);
        var changes = Announced.Changes(course, clinicZone, told, secrets, now);
        foreach (var change in changes)
        {
            await book.Announce(change);
        }

        var current = told.Where(t => changes.All(c => c.Visit != t.Visit)).Concat(changes).ToList();
        var there = await book.Reminders(course.Key);
        var patient = await book.Patient(clinic, course.Patient.Id);
        var wanted = Wanted(course, current, there, patient, patient?.Zone is { } zone ? DateTimeZoneProviders.Tzdb[zone] : clinicZone, now).ToDictionary(w => (w.Visit, w.Version, w.Kind, w.Channel));

        await book.LetDie(there.Where(r => r.State is "waiting" or "failed" && !wanted.ContainsKey(KeyOf(r))).Select(r => r.Key), now.ToUnixTimeSeconds());
        foreach (var row in there.Where(r => r.State == "waiting" && wanted.TryGetValue(KeyOf(r), out var due) && due.Due.At.ToUnixTimeSeconds() != r.Due_At))
        {
            var due = wanted[KeyOf(row)].Due;
            await book.Postpone(row.Key, due.At.ToUnixTimeSeconds(), due.UsefulUntil.ToUnixTimeSeconds());
        }

        var known = there.Select(KeyOf).ToHashSet();
        await book.AddReminders(wanted.Values.Where(w => !known.Contains((w.Visit, w.Version, w.Kind, w.Channel))).Select(w => new ReminderRow(
            0, clinic, course.Patient.Id, course.Key, w.Visit, w.Version, w.Kind, w.Channel, w.Due.At.ToUnixTimeSeconds(), w.Due.UsefulUntil.ToUnixTimeSeconds(), "waiting",
            w.Due.At.ToUnixTimeSeconds(), 0, null, null, $"{secrets.Next()}@{settings.Domain}", null, null)));
    }

    private static (string Visit, long Version, string Kind, string Channel) KeyOf(ReminderRow row) => (row.Visit, row.Version, row.Kind, row.Channel);

    /// <summary>What is to be sent of a course, if nothing else happens.</summary>
    private IEnumerable<WantedReminder> Wanted(Enrolment course, List<AnnouncementRow> announcements, List<ReminderRow> there, PatientRow? patient, DateTimeZone zone, Instant now)
    {
        if (patient is not { Consents_To_Messages: 1, Contact: not null, Channel: { } usual })
        {
            yield break;
        }

        foreach (var row in announcements)
        {
            var (start, since) = (Instant.FromUnixTimeSeconds(row.From_Instant), Instant.FromUnixTimeSeconds(row.Since));
            var quiet = course.State.Protocol.QuietHours is { } hours ? new QuietHours(hours.From, hours.To) : settings.Quiet;

            // Who has been told something that is true no more is told so.
            if (row.Version > 1 && there.Exists(r => r.Visit == row.Visit && r.Version < row.Version && r.State is "sent" or "claimed") && DueTime.Later(since, zone, quiet) is var soon && soon < start)
            {
                yield return new(row.Visit, row.Version, row.Is_On == 1 ? ReminderKinds.Moved : ReminderKinds.CalledOff, usual, new(soon, start));
            }

            if (row.Is_On == 0 || start <= now || Announced.IsOn(course.State, VisitId.Parse(row.Visit)) is null)
            {
                continue;
            }

            foreach (var message in Messages(course.State.Protocol, VisitId.Parse(row.Visit)))
            {
                if (ChannelOf(message, usual) is { } channel && DueTime.Of(message, start, since, zone, quiet) is { } due && !(message.When is MessageTime.WhenBooked && row.Version > 1))
                {
                    yield return new(row.Visit, row.Version, message.Id, channel, due);
                }
            }
        }
    }

    private ImmutableArray<Message> Messages(Protocol protocol, VisitId visit) => protocol.TypeOf(visit).Messages is { IsEmpty: false } own ? own : settings.Usual;

    /// <summary>The first way of a message on which the patient is reached; null where staff call, or there is none.</summary>
    private static string? ChannelOf(Message message, string usual)
    {
        string? Name(Channel channel) => channel switch { Channel.Email => "mail", Channel.TextMessage => "sms", _ => null };
        return message.By.IsEmpty || message.By.Any(c => Name(c) == usual) ? usual : null;
    }

    private sealed record Followed(int Courses);

    private sealed record WantedReminder(string Visit, long Version, string Kind, string Channel, DueTime Due);
}
