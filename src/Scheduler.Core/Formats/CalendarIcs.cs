using System.Globalization;
using System.Text;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>Writes the first proposal of an answer as iCalendar (RFC 5545). Times are UTC, which every calendar program shows in its own zone.</summary>
public static class CalendarIcs
{
    /// <summary>The calendar; without events where there is no proposal.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="stamp">When it was made.</param>
    public static string Write(PlanningAnswer answer, Instant stamp)
    {
        var text = new IcsText();
        text.Line("BEGIN:VCALENDAR");
        text.Line("VERSION:2.0");
        text.Line("PRODID:-//Scheduler//Treatment calendar//EN");
        text.Line("CALSCALE:GREGORIAN");
        foreach (var proposal in CalendarJson.Proposals(answer.Outcome).Take(1))
        {
            var course = Digest(answer.Request, proposal.Calendar);
            foreach (var visit in proposal.Calendar.Visits)
            {
                Event(text, answer, visit, course, stamp);
            }
        }

        text.Line("END:VCALENDAR");
        return text.ToString();
    }

    private static void Event(IcsText text, PlanningAnswer answer, PlacedVisit visit, string course, Instant stamp)
    {
        var request = answer.Request;
        var type = request.Protocol.TypeOf(visit.Id);
        text.Line("BEGIN:VEVENT");
        text.Line($"UID:{request.Protocol.Id}-{visit.Id.Type}-{visit.Id.Ordinal}-{course}@{request.Clinic.Id}");
        text.Line($"DTSTAMP:{IcsText.Utc(stamp)}");
        text.Line($"DTSTART:{IcsText.Utc(request.Clinic.AtOffset(visit.Start).ToInstant())}");
        text.Line($"DTEND:{IcsText.Utc(request.Clinic.AtOffset(visit.End).ToInstant())}");
        text.Line($"SUMMARY:{IcsText.Escape($"{type.Title}{(type.Count > 1 ? $" {visit.Id.Ordinal} of {type.Count}" : "")}{(type.OnlyIf is { } condition ? $" (only if {condition})" : "")}")}");
        if (type.Mode == Mode.InPerson)
        {
            text.Line($"LOCATION:{IcsText.Escape(request.Clinic.Title)}");
        }

        var resources = visit.Uses.Select(u => $"{u.Need}: {request.Clinic.Find(u.Resource)?.Title ?? u.Resource}").Distinct();
        text.Line($"DESCRIPTION:{IcsText.Escape(string.Join("\n", resources))}");

        // A proposal is not booked.
        text.Line("STATUS:TENTATIVE");
        text.Line("END:VEVENT");
    }

    /// <summary>Tells one patient's calendar from another's: the same for the same patient and times (FNV-1a of 128 bits, which is made to tell apart, not to hide).</summary>
    private static string Digest(PlanningRequest request, TreatmentCalendar calendar)
    {
        var told = $"{request.Patient.Id}\n{string.Join('\n', calendar.Visits.Select(v => $"{v.Id} {Texts.Time(request.Clinic, v.Start)}"))}";
        var (digest, prime) = (new UInt128(0x6c62272e07bb0142, 0x62b821756295c58d), new UInt128(0x0000000001000000, 0x000000000000013B));
        foreach (var octet in Encoding.UTF8.GetBytes(told))
        {
            digest = unchecked((digest ^ octet) * prime);
        }

        return digest.ToString("x32", CultureInfo.InvariantCulture);
    }
}
