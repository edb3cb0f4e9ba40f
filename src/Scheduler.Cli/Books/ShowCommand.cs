using System.CommandLine;
using Scheduler.App.Enrolments;
using Scheduler.Core;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler show ENROLMENT</c></summary>
internal static class ShowCommand
{
    private const string People = "people and places";

    private static readonly string[] Place = ["visit", "status", "day", "time"];
    private static readonly string[] Windows = ["ideal", "allowed"];

    public static Command Make(Surroundings around)
    {
        var enrolment = Arguments.Enrolment();
        return BookOptions.Command("show", "Shows where a course stands: its visits with status, time, windows, people and places, and what is to be placed.", around, [enrolment], (parsed, book) => book.Answer(
            new ShowCourse(parsed.GetValue(enrolment)!) { As = book.As, Clinic = book.Clinic },
            shown => Json(book, shown),
            shown => Print(around, shown)));
    }

    private static object Json(OpenBook book, CourseShown shown) => new
    {
        enrolment = shown.Enrolment,
        version = shown.Version,
        patient = shown.Patient,
        protocol = new { id = shown.Protocol, version = shown.ProtocolVersion },
        timeZone = book.At.Zone.Id,
        enrolled = Texts.Date(shown.Enrolled),
        streams = shown.Streams,
        lastEvent = book.Time(shown.LastEvent),
        over = shown.IsOver,
        visits = shown.Visits.Select(v => new
        {
            visit = v.Visit,
            title = v.Title,
            status = v.Status,
            onlyIf = v.OnlyIf,
            start = book.Time(v.Start),
            end = book.Time(v.End),
            resources = v.Uses.Select(u => new { id = u.Resource, role = u.Role }),
            toBePlaced = v.IsToBePlaced,
            windows = v.Windows.Select(w => new
            {
                rule = w.Rule,
                anchor = w.Anchor,
                ideal = new { from = w.Ideal.Spelt.From, to = w.Ideal.Spelt.To },
                allowed = new { from = w.Allowed.Spelt.From, to = w.Allowed.Spelt.To },
            }),
        }),
    };

    private static void Print(Surroundings around, CourseShown shown)
    {
        around.Say($"{shown.Enrolment}: patient {shown.Patient} on {shown.Title} ({shown.Protocol} {shown.ProtocolVersion}), enrolled on {Texts.Date(shown.Enrolled)}{(shown.IsOver ? "; the course is over" : "")}.");
        var hasWindows = shown.Visits.Any(v => !v.Windows.IsEmpty);
        BookTable.Print(
            around,
            [.. Place, .. hasWindows ? Windows : [], People],
            shown.Visits.Select(v => (string[])
            [
                v.OnlyIf is { } condition ? $"{v.Visit} (if {condition})" : v.Visit,
                v.Status,
                v.Start is { } start ? BookTable.Day(start.Date) : "",
                BookTable.Hours(v.Start, v.End),
                .. hasWindows ? (string[])[Stretches(v, w => w.Ideal), Stretches(v, w => w.Allowed)] : [],
                BookTable.Uses(v.Uses),
            ]));
        string[] open = [.. shown.Visits.Where(v => v.IsToBePlaced).Select(v => v.Visit)];
        around.Say(shown.IsOver || open.Length == 0 ? "Nothing is to be placed." : $"To be placed: {Spoken.Join(open)}. For a proposal: scheduler propose {shown.Enrolment}");
    }

    private static string Stretches(VisitShown visit, Func<WindowDates, WindowStretch> which) => string.Join("; ", visit.Windows.Select(w => which(w).ToString()));
}
