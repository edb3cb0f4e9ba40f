using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>Writes the first proposal of an answer as iCalendar (RFC 5545). Times are UTC, which every calendar program shows in its own zone.</summary>
public static class CalendarIcs
{
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>The calendar; without events where there is no proposal.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="stamp">When it was made.</param>
    public static string Write(PlanningAnswer answer, Instant stamp)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Scheduler//Treatment calendar//EN");
        Line(text, "CALSCALE:GREGORIAN");
        foreach (var proposal in CalendarJson.Proposals(answer.Outcome).Take(1))
        {
            var course = Digest(answer.Request, proposal.Calendar);
            foreach (var visit in proposal.Calendar.Visits)
            {
                Event(text, answer, visit, course, stamp);
            }
        }

        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static void Event(StringBuilder text, PlanningAnswer answer, PlacedVisit visit, string course, Instant stamp)
    {
        var request = answer.Request;
        var type = request.Protocol.TypeOf(visit.Id);
        Line(text, "BEGIN:VEVENT");
        Line(text, $"UID:{request.Protocol.Id}-{visit.Id.Type}-{visit.Id.Ordinal}-{course}@{request.Clinic.Id}");
        Line(text, $"DTSTAMP:{Utc.Format(stamp)}");
        Line(text, $"DTSTART:{Utc.Format(request.Clinic.AtOffset(visit.Start).ToInstant())}");
        Line(text, $"DTEND:{Utc.Format(request.Clinic.AtOffset(visit.End).ToInstant())}");
        Line(text, $"SUMMARY:{Escape($"{type.Title}{(type.Count > 1 ? $" {visit.Id.Ordinal} of {type.Count}" : "")}{(type.OnlyIf is { } condition ? $" (only if {condition})" : "")}")}");
        if (type.Mode == Mode.InPerson)
        {
            Line(text, $"LOCATION:{Escape(request.Clinic.Title)}");
        }

        var resources = visit.Uses.Select(u => $"{u.Need}: {request.Clinic.Find(u.Resource)?.Title ?? u.Resource}").Distinct();
        Line(text, $"DESCRIPTION:{Escape(string.Join("\n", resources))}");

        // A proposal is not booked.
        Line(text, "STATUS:TENTATIVE");
        Line(text, "END:VEVENT");
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

    /// <summary>Text as a property value: whatever could begin another property or part is escaped or left out.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder();
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            text.Append(c switch
            {
                '\\' => "\\\\",
                ';' => "\\;",
                ',' => "\\,",
                '\n' => "\\n",
                _ => char.IsControl(c) ? "" : c.ToString(),
            });
        }

        return text.ToString();
    }

    /// <summary>Adds a line, folded so that no line is longer than 75 octets.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }
}
