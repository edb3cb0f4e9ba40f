using System.CommandLine;
using System.Globalization;
using NodaTime;
using Scheduler.App.Reports;
using Scheduler.Cli.Commands;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler at-risk</c>, <c>utilisation</c>, <c>own</c>, <c>week</c></summary>
internal static class ReportCommands
{
    private const int UsualAhead = 14;
    private const int DaysOfWeek = 7;

    private static readonly string[] RiskHeadings = ["last day", "enrolment", "patient", "visit", "window"];
    private static readonly string[] UseHeadings = ["resource", "hours", "booked", "share"];
    private static readonly string[] SessionHeadings = ["day", "time", "visit", "patient", "role", "status"];
    private static readonly string[] WeekHeadings = ["resource", "day", "time", "visit", "enrolment", "patient", "role", "status"];

    public static Command Risk(Surroundings around)
    {
        var within = Values.WholeNumber("--within", "How many days ahead to look.", Settings.MostStartWithin, UsualAhead, "DAYS");
        return BookOptions.Command("at-risk", "Lists visits that have no place although a window for them closes soon, or has closed.", around, [within], (parsed, book) => book.Answer(
            new AtRisk((int)parsed.GetValue(within)) { As = book.As, Clinic = book.Clinic },
            found => new { visits = found.Visits.Select(v => new { enrolment = v.Enrolment, patient = v.Patient, visit = v.Visit, rule = v.Rule, closes = Texts.Date(v.Closes) }) },
            found =>
            {
                if (found.Visits.IsEmpty)
                {
                    around.Say($"No visit without a place has a window that closes within {Spoken.Count((int)parsed.GetValue(within), "day")}.");
                    return;
                }

                BookTable.Print(around, RiskHeadings, found.Visits.Select(v => (string[])[BookTable.Day(v.Closes), v.Enrolment, v.Patient, v.Visit, v.Rule]));
            }));
    }

    public static Command Utilisation(Surroundings around)
    {
        var (from, to) = (Values.Date("--from", "The first day; Monday of this week unless said."), Values.Date("--to", "The last day; the sixth after the first unless said."));
        return BookOptions.Command("utilisation", "Shows how much of the time for which people, rooms and devices are there is booked.", around, [from, to], (parsed, book) =>
        {
            var first = parsed.GetValue(from) ?? Monday(book.Now.Date);
            var last = parsed.GetValue(to) ?? first.PlusDays(DaysOfWeek - 1);
            return book.Answer(
                new Utilisation(first, last) { As = book.As, Clinic = book.Clinic },
                found => new { from = Texts.Date(first), to = Texts.Date(last), resources = found.Resources.Select(r => new { id = r.Resource, title = r.Title, minutes = r.Minutes, booked = r.Booked }) },
                found =>
                {
                    around.Say($"{book.Clinic} from {BookTable.Day(first)} to {BookTable.Day(last)}:");
                    BookTable.Print(around, UseHeadings, found.Resources.Select(r => (string[])[r.Resource, Clock(r.Minutes), Clock(r.Booked), r.Minutes == 0 ? "" : $"{Math.Round(100.0 * r.Booked / r.Minutes).ToString(CultureInfo.InvariantCulture)} %"]));
                });
        });
    }

    public static Command Own(Surroundings around)
    {
        var (from, to) = (Values.Date("--from", "The first day; today unless said."), Values.Date("--to", $"The last day; {UsualAhead} days on unless said."));
        return BookOptions.Command("own", "Shows the sessions of whoever asks: the visits that take the person whose account it is.", around, [from, to], (parsed, book) =>
        {
            var first = parsed.GetValue(from) ?? book.Now.Date;
            return book.Answer(
                new OwnSessions(first, parsed.GetValue(to) ?? first.PlusDays(UsualAhead)) { As = book.As, Clinic = book.Clinic },
                own => new
                {
                    person = own.Person,
                    timeZone = book.At.Zone.Id,
                    sessions = own.All.Select(s => new
                    {
                        start = book.Time(At(s.Date, s.From)),
                        end = book.Time(At(s.Date, s.To)),
                        patient = s.Patient,
                        visit = s.Visit,
                        role = s.Role,
                        status = s.Status,
                    }),
                },
                own =>
                {
                    around.Say($"{own.Person}: {(own.All.IsEmpty ? "nothing is booked." : $"{Spoken.Count(own.All.Length, "session")}.")}");
                    if (!own.All.IsEmpty)
                    {
                        BookTable.Print(around, SessionHeadings, own.All.Select(s => (string[])[BookTable.Day(s.Date), Stretch(new(s.From, s.To)), s.Visit ?? "(other)", s.Patient ?? "", s.Role, s.Status]));
                    }
                });
        });
    }

    public static Command Week(Surroundings around)
    {
        var date = Arguments.Day("DATE", "A day of the week, which begins on Monday; today unless said.", required: false);
        var resource = new Option<string?>("--resource") { Description = "The id of one person, room or device; all of them unless said.", HelpName = "ID" };
        return BookOptions.Command("week", "Shows a week of the clinic by person, room and device.", around, [date, resource], (parsed, book) => book.Answer(
            new ClinicWeek(Monday(parsed.GetValue(date) ?? book.Now.Date), parsed.GetValue(resource)) { As = book.As, Clinic = book.Clinic },
            week => new
            {
                clinic = book.Clinic,
                timeZone = book.At.Zone.Id,
                from = Texts.Date(week.From),
                resources = week.Resources.Select(r => new
                {
                    id = r.Resource,
                    title = r.Title,
                    days = r.Days.Select(d => new
                    {
                        date = Texts.Date(d.Date),
                        there = d.There.Select(h => new { start = book.Time(At(d.Date, h.From)), end = book.Time(At(d.Date, h.To)) }),
                        uses = d.Uses.Select(u => new
                        {
                            start = book.Time(At(d.Date, u.Hours.From)),
                            end = book.Time(At(d.Date, u.Hours.To)),
                            enrolment = u.Enrolment,
                            patient = u.Patient,
                            visit = u.Visit,
                            role = u.Role,
                            use = Texts.UseName(u.Manner),
                            status = u.Status,
                        }),
                    }),
                }),
            },
            week =>
            {
                var rows = week.Resources.SelectMany(r => r.Days.SelectMany(d => d.Uses.Select(u => (string[])[r.Resource, BookTable.Day(d.Date), Stretch(u.Hours), u.Visit ?? "(other)", u.Enrolment ?? "", u.Patient ?? "", u.Role, u.Status]))).ToList();
                around.Say($"{book.Clinic}, the week from {BookTable.Day(week.From)}: {(rows.Count == 0 ? "nothing is booked." : $"{Spoken.Count(rows.Count, "use")}.")}");
                if (rows.Count > 0)
                {
                    BookTable.Print(around, WeekHeadings, rows);
                }
            }));
    }

    private static LocalDate Monday(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);

    private static LocalDateTime At(LocalDate date, int minutes) => date.AtMidnight().PlusMinutes(minutes);

    private static string Stretch(Hours hours) => $"{Hours.Clock(hours.From)}-{Hours.Clock(hours.To)}";

    private static string Clock(int minutes) => Hours.Clock(minutes);
}
