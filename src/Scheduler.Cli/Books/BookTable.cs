using System.Globalization;
using NodaTime;
using Scheduler.App.Enrolments;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Spectre.Console;

namespace Scheduler.Cli.Books;

/// <summary>Tables of the book for people: no lines, each row as short as it can be.</summary>
internal static class BookTable
{
    /// <summary>Prints rows below their headings.</summary>
    public static void Print(Surroundings around, string[] headings, IEnumerable<string[]> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var heading in headings)
        {
            // The last column alone may be broken: it has what is long.
            var column = new TableColumn(heading) { Padding = new(0, 0, 2, 0) };
            table.AddColumn(heading == headings[^1] ? column : column.NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(PlainText.Of(cell)))]);
        }

        using var text = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = Math.Max(around.Width, 40);
        console.Write(table);
        foreach (var line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            around.Output.WriteLine(line.TrimEnd(' '));
        }
    }

    /// <summary>A day: <c>Mon 2027-01-04</c>.</summary>
    public static string Day(LocalDate day) => day.ToString("ddd uuuu'-'MM'-'dd", CultureInfo.InvariantCulture);

    /// <summary>A day and a time: <c>Mon 2027-01-04 08:30</c>.</summary>
    public static string Time(LocalDateTime time) => time.ToString("ddd uuuu'-'MM'-'dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>From when to when: <c>08:30-09:30</c>, or the day and that; nothing where there is no time.</summary>
    public static string Hours(LocalDateTime? start, LocalDateTime? end) => start is { } from && end is { } to
        ? $"{from.ToString("HH:mm", CultureInfo.InvariantCulture)}-{to.ToString("HH:mm", CultureInfo.InvariantCulture)}"
        : "";

    /// <summary>With whom and where.</summary>
    public static string Uses(IEnumerable<UseShown> uses) => string.Join(", ", uses.Select(u => u.Resource).Distinct());

    /// <summary>A calendar that may be booked.</summary>
    public static void Calendar(Surroundings around, TreatmentCalendar calendar, IReadOnlyCollection<string>? moved = null) => Print(
        around,
        [.. moved is null ? Array.Empty<string>() : [""], "visit", "day", "time", "people and places"],
        calendar.Visits.OrderBy(v => v.Start).Select(v => (string[])
        [
            .. moved is null ? Array.Empty<string>() : [moved.Contains(v.Id.ToString()) ? "moves" : "stays"],
            v.Id.ToString(),
            Day(v.Date),
            Hours(v.Start, v.End),
            string.Join(", ", v.Uses.Select(u => u.Resource).Distinct()),
        ]));
}
