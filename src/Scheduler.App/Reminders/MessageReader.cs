using System.Globalization;
using NodaTime;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Reminders;

/// <summary>Words what a reminder says, as things are at the moment of asking.</summary>
/// <param name="library">Protocols and clinics.</param>
/// <param name="site">Where patients answer; null where there is no page for that.</param>
public sealed class MessageReader(Library library, Uri? site)
{
    /// <summary>The message of a reminder; without an envelope where what it would say is true no more, or whoever would get it wants no messages.</summary>
    internal async Task<OutgoingMessage> Read(BookTransaction book, long key)
    {
        var row = (await book.Reminder(key))!;
        var (envelope, zone, quiet) = await (row.Enrolment is { } enrolment ? ToPatient(book, row, enrolment) : ToPerson(book, row));
        return new(row.Channel, Instant.FromUnixTimeSeconds(row.Due_At), Instant.FromUnixTimeSeconds(row.Useful_Until), row.Tries, zone, quiet, envelope);
    }

    /// <summary>A person's list of a day: when and for whom they are needed; or what the office has to look at. The patient's number, and nothing else of them, leaves the house; what it is for stands in the page.</summary>
    private async Task<(Envelope? Envelope, DateTimeZone Zone, QuietHours? Quiet)> ToPerson(BookTransaction book, ReminderRow row) =>
        await book.ToldDay(row.Clinic, row.Person!, row.Subject) is { } told && told.Version == row.Version
            && await book.Clinic(library, row.Clinic) is { Messages: { } messages } clinic && (row.Person == OfficeList.Office ? messages.Office : clinic.Find(row.Person!)?.Mail) is { } mail
            ? (new(row.Message_Id, mail, SubjectOf(row, messages), told.List.Length == 0 ? "Nothing is booked for you any more." : told.List)
            {
                From = (messages.Sender, messages.Name),
            }, clinic.Zone, null)
            : (null, DateTimeZone.Utc, null);

    private static string SubjectOf(ReminderRow row, ClinicMessages messages) => row.Kind == ReminderKinds.Open
        ? OfficeList.Subject(row.Subject, messages)
        : $"{(row.Kind == ReminderKinds.DayChanged ? "Changed: your" : "Your")} list for {Times.Date(row.Subject).ToString("dddd, d MMMM uuuu", CultureInfo.InvariantCulture)}: {messages.Name}";

    private async Task<(Envelope? Envelope, DateTimeZone Zone, QuietHours? Quiet)> ToPatient(BookTransaction book, ReminderRow row, long enrolment)
    {
        if (await book.Announcement(enrolment, row.Subject) is not { } told || told.Version != row.Version || (told.Is_On == 0) != (row.Kind == ReminderKinds.CalledOff)
            || await book.Patient(row.Clinic, row.Patient!) is not { Consents_To_Messages: 1, Contact: { } contact } patient || patient.Channel != row.Channel
            || await book.Clinic(library, row.Clinic) is not { } clinic || clinic.Messages is not { } messages
            || await book.Enrolment(library, row.Clinic, EnrolmentId.Of(enrolment)) is not { } course || Announced.IsAsTold(course.State, told) != (row.Kind != ReminderKinds.CalledOff))
        {
            return (null, DateTimeZone.Utc, null);
        }

        var zone = patient.Zone is { } own ? DateTimeZoneProviders.Tzdb[own] : clinic.Zone;
        var link = site is null || row.Kind == ReminderKinds.CalledOff ? null : await AnswerLink.Of(book, row, contact, site);
        var message = Following.MessagesOf(course.State.Protocol, messages, VisitId.Parse(row.Subject)).FirstOrDefault(m => m.Id == row.Kind);
        var start = Instant.FromUnixTimeSeconds(told.From_Instant).InZone(zone).LocalDateTime;
        var wording = new Wording(messages, messages.For(patient.Language));
        var (subject, text) = wording.Of(row.Kind, patient.Name, start, told.Mode, message?.Say, link);
        var envelope = new Envelope(row.Message_Id, contact, subject, text) { From = (messages.Sender, messages.Name) };
        return (row.Channel switch
        {
            "mail" => envelope with { Html = Letter.Of(text, link?.ToString()), Calendar = Invitation.IsBorneBy(row.Kind, message) ? Invitation.Of(told, patient.Name, contact, messages) : null },
            _ => envelope with { Text = wording.Short(row.Kind, start, told.Mode, message?.Say, link) },
        }, zone, course.State.Protocol.QuietHours ?? messages.Quiet);
    }
}

/// <summary>A message that is about to go out.</summary>
/// <param name="Channel">What carries it.</param>
/// <param name="Due">When it was to go out.</param>
/// <param name="UsefulUntil">Later it is of no use.</param>
/// <param name="Tries">How often it has been claimed.</param>
/// <param name="Zone">The zone of whoever gets it.</param>
/// <param name="Quiet">Their quiet hours; null for none.</param>
/// <param name="Envelope">What goes out; null where it is true no more.</param>
internal sealed record OutgoingMessage(string Channel, Instant Due, Instant UsefulUntil, long Tries, DateTimeZone Zone, QuietHours? Quiet, Envelope? Envelope)
{
    /// <summary>A moment, or the end of the quiet hours in which it lies.</summary>
    public Instant QuietUntil(Instant moment) => DueTime.Later(moment, Zone, Quiet);
}
