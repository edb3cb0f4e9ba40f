using System.CommandLine;
using Scheduler.App.Reports;
using Scheduler.Core;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler day [DATE]</c></summary>
internal static class DayCommand
{
    private static readonly string[] Headings = ["time", "visit", "enrolment", "patient", "status", "people and places"];

    public static Command Make(Surroundings around)
    {
        var date = Arguments.Day("DATE", "The day; today unless said.", required: false);
        return BookOptions.Command("day", "Shows a day of the clinic by time.", around, [date], (parsed, book) => book.Answer(
            new ClinicDay(parsed.GetValue(date) ?? book.Now.Date) { As = book.As, Clinic = book.Clinic },
            day => Json(book, day),
            day => Print(book, day)));
    }

    private static object Json(OpenBook book, DayShown day) => new
    {
        clinic = book.Clinic,
        timeZone = book.At.Zone.Id,
        date = Texts.Date(day.Date),
        visits = day.Visits.Select(v => new
        {
            start = book.Time(v.Start),
            end = book.Time(v.End),
            enrolment = v.Enrolment,
            patient = v.Patient,
            protocol = v.Protocol,
            visit = v.Visit,
            status = v.Status,
            resources = v.Uses.Select(u => new { id = u.Resource, role = u.Role }),
        }),
    };

    private static void Print(OpenBook book, DayShown day)
    {
        book.Around.Say($"{book.Clinic}, {BookTable.Day(day.Date)}: {(day.Visits.IsEmpty ? "nothing is booked." : Spoken.Count(day.Visits.Length, "visit") + ".")}");
        if (!day.Visits.IsEmpty)
        {
            BookTable.Print(
                book.Around,
                Headings,
                day.Visits.Select(v => (string[])[BookTable.Hours(v.Start, v.End), v.Visit ?? "(other)", v.Enrolment ?? "", v.Patient ?? "", v.Status, BookTable.Uses(v.Uses)]));
        }
    }
}
