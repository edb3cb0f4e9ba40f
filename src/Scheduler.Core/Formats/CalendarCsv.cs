using System.Text;

namespace Scheduler.Core.Formats;

/// <summary>Writes an answer as CSV (RFC 4180): one row a visit, with a heading.</summary>
public static class CalendarCsv
{
    /// <summary>What a formula begins with, in the full width of East Asian keyboards too.</summary>
    private const string Formulas = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private static readonly string[] Heading = ["proposal", "visit", "type", "ordinal", "title", "date", "weekday", "start", "end", "mode", "conditional", "resources"];

    /// <summary>The proposals of an answer; only the heading where there are none.</summary>
    public static string Write(PlanningAnswer answer)
    {
        var text = new StringBuilder();
        Row(text, Heading);
        foreach (var proposal in CalendarJson.Proposals(answer.Outcome))
        {
            foreach (var visit in proposal.Calendar.Visits)
            {
                var type = answer.Request.Protocol.TypeOf(visit.Id);
                Row(text, [
                    $"{proposal.Rank}", visit.Id.ToString(), visit.Id.Type, $"{visit.Id.Ordinal}", type.Title, Texts.Date(visit.Date), visit.Date.DayOfWeek.ToString(),
                    Texts.Time(answer.Request.Clinic, visit.Start), Texts.Time(answer.Request.Clinic, visit.End), Texts.ModeName(type.Mode),
                    type.IsConditional ? "yes" : "no", string.Join("; ", visit.Uses.Select(u => $"{u.Need}: {u.Resource}").Distinct())]);
            }
        }

        return text.ToString();
    }

    private static void Row(StringBuilder text, string[] cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>
    /// One cell, on one line. What a spreadsheet would take for a formula is prefixed, so that a title can never run as one; line ends and tabs
    /// become spaces, and other control characters, which no title needs, become U+FFFD.
    /// </summary>
    public static string Cell(string value)
    {
        var line = string.Concat(value.ReplaceLineEndings(" ").EnumerateRunes().Select(r => r.Value switch
        {
            '\t' => " ",
            < ' ' or (>= 0x7F and < 0xA0) => "\uFFFD",
            _ => r.ToString(),
        }));

        // After spaces too: not every program keeps them when it reads the file.
        var isFormula = line.TrimStart() is [var first, ..] && Formulas.Contains(first, StringComparison.Ordinal);
        return isFormula || line.AsSpan().IndexOfAny(",\"") >= 0 ? $"\"{(isFormula ? "'" : "")}{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line;
    }
}
