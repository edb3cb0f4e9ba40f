using NodaTime;
using Scheduler.App.Reminders.Channels;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;
using Scheduler.Core.Messaging;

namespace Scheduler.App.Reminders;

/// <summary>
/// What puts a visit into the patient's own calendar, moves it there and takes it out again (RFC 5545, RFC 5546). Each version of what is told of a visit is the next in sequence of one event. It says that there is an
/// appointment at the clinic, and nothing of what it is for.
/// </summary>
internal static class Invitation
{
    /// <summary>Whether a reminder bears one: where it tells a time for the first time, or that one has changed. A later reminder repeats what is in the calendar already.</summary>
    /// <param name="kind">What kind of reminder it is.</param>
    /// <param name="message">The message that it is made of; null for none.</param>
    public static bool IsBorneBy(string kind, Message? message) => kind is ReminderKinds.Moved or ReminderKinds.CalledOff || message?.When is MessageTime.WhenBooked;

    /// <summary>The invitation to a visit, or that it is off.</summary>
    /// <param name="told">What is told of it.</param>
    /// <param name="name">What the patient is called; null where that is not known.</param>
    /// <param name="address">The patient's mail address.</param>
    /// <param name="clinic">What the clinic says in its messages.</param>
    public static CalendarPart Of(AnnouncementRow told, string? name, string address, ClinicMessages clinic)
    {
        var isOn = told.Is_On == 1;
        var method = isOn ? "REQUEST" : "CANCEL";
        var start = Instant.FromUnixTimeSeconds(told.From_Instant);

        // A visit touches no clock change: so long on the clinic's clock is so long.
        var length = Period.Between(Times.Time(told.Starts), Times.Time(told.Ends), PeriodUnits.Minutes).ToDuration();
        var isAtClinic = told.Mode is "in person";
        var text = new IcsText();
        text.Line("BEGIN:VCALENDAR");
        text.Line("VERSION:2.0");
        text.Line("PRODID:-//Scheduler//Appointments//EN");
        text.Line("CALSCALE:GREGORIAN");
        text.Line($"METHOD:{method}");
        text.Line("BEGIN:VEVENT");
        text.Line($"UID:{told.Uid}");
        text.Line($"SEQUENCE:{told.Version - 1}");
        text.Line($"DTSTAMP:{IcsText.Utc(Instant.FromUnixTimeSeconds(told.Since))}");
        text.Line($"DTSTART:{IcsText.Utc(start)}");
        text.Line($"DTEND:{IcsText.Utc(start + length)}");
        text.Line("SUMMARY:Appointment");
        if (isAtClinic)
        {
            text.Line($"LOCATION:{IcsText.Escape(clinic.Name)}");
        }

        text.Line($"DESCRIPTION:{IcsText.Escape($"{clinic.Name}{(isAtClinic ? "" : $" ({told.Mode})")}\n{clinic.Phone}")}");
        text.Line($"ORGANIZER;CN={IcsText.Quote(clinic.Name)}:{MailTo(clinic.Sender)}");
        text.Line($"ATTENDEE{(name is null ? "" : $";CN={IcsText.Quote(name)}")};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP={(isOn ? "TRUE" : "FALSE")}:{MailTo(address)}");
        text.Line($"STATUS:{(isOn ? "CONFIRMED" : "CANCELLED")}");
        text.Line("END:VEVENT");
        text.Line("END:VCALENDAR");
        return new(method, text.ToString());
    }

    /// <summary>An address as a URI (RFC 6068); what may not stand in one is written by its octets.</summary>
    private static string MailTo(string address) =>
        $"mailto:{Uri.EscapeDataString(address).Replace("%40", "@", StringComparison.Ordinal).Replace("%2B", "+", StringComparison.Ordinal)}";
}
