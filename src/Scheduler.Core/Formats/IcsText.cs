using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Core.Formats;

/// <summary>Text of iCalendar (RFC 5545) as it is written, a line a property. No line is longer than 75 octets, and what stands in a value cannot begin another property.</summary>
public sealed class IcsText
{
    private static readonly InstantPattern UtcTimes = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    private readonly StringBuilder text = new();

    /// <summary>A moment in UTC, which every calendar program shows in its own zone.</summary>
    public static string Utc(Instant moment) => UtcTimes.Format(moment);

    /// <summary>Text as a property value: whatever could begin another property or part is escaped or left out.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder();
        foreach (var c in value.ReplaceLineEndings("\n"))
        {
            escaped.Append(c switch
            {
                '\\' => "\\\\",
                ';' => "\\;",
                ',' => "\\,",
                '\n' => "\\n",
                _ => char.IsControl(c) ? "" : c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>Text as the value of a parameter, in quotes. It can hold neither those nor control characters: these are left out, and a quote becomes an apostrophe.</summary>
    public static string Quote(string value) => $"\"{new string([.. value.Where(c => !char.IsControl(c)).Select(c => c is '"' ? '\'' : c)])}\"";

    /// <summary>Adds a line, folded so that no line is longer than 75 octets.</summary>
    /// <param name="line">The property: name, parameters and a value that is written as iCalendar wants it.</param>
    public void Line(string line)
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

    /// <summary>All lines.</summary>
    public override string ToString() => text.ToString();
}
