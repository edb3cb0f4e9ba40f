using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Spectre.Console;

namespace Scheduler.Cli.Output;

/// <summary>Prints an answer for people: weeks as rows, so that the weave is seen at a glance, then the visits one by one.</summary>
internal sealed class CalendarTable
{
    private readonly IAnsiConsole console;

    public CalendarTable(TextWriter output, bool colour)
    {
        console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });

        // Somebody who pipes the table somewhere wants whole lines; a terminal wraps as it is wide.
        console.Profile.Width = colour ? Math.Max(console.Profile.Width, 80) : 180;
    }

    public void Print(PlanningAnswer answer)
    {
        var request = answer.Request;
        Line($"{request.Protocol.Title} ({request.Protocol.Id} {request.Protocol.Version})");
        Line($"{request.Clinic.Title}, {request.Clinic.Zone.Id}; start from {Texts.Date(request.From)} to {Texts.Date(request.LastStart)}");
        switch (answer.Outcome)
        {
            case Outcome.Infeasible infeasible:
                Line("");
                Line("No calendar exists.");
                foreach (var conflict in infeasible.Conflicts)
                {
                    Line($"- {conflict.Message}");
                }

                Line("What may help: another --from, a longer --start-within, or --deviations minor.");
                break;
            case Outcome.Unproved { Proposals.IsEmpty: true }:
                Line("");
                Line($"No calendar was found within {answer.Outcome.Steps} steps, and none was ruled out. Allow more with --steps.");
                break;
        }

        foreach (var proposal in CalendarJson.Proposals(answer.Outcome))
        {
            Line("");
            Line($"Proposal {proposal.Rank}: {Summary(proposal)} {Say(request, proposal)}");
            Weeks(request, proposal.Calendar);
            Visits(request, proposal.Calendar);
            if (!proposal.Calendar.Unplaced.IsEmpty)
            {
                Line($"No place was found for these conditional visits: {string.Join(", ", proposal.Calendar.Unplaced)}.");
            }
        }
    }

    private static string Summary(Proposal proposal) =>
        !proposal.Proved ? "the best found within the step budget, not proved." : proposal.Rank == 1 ? "the best calendar, proved." : "the best that differs from those above, proved.";

    private static string Say(PlanningRequest request, Proposal proposal)
    {
        var (said, cost) = (new List<string>(), proposal.Cost);
        var treatment = proposal.Calendar.Visits
            .Where(v => request.Protocol.TypeOf(v.Id) is { Purpose: VisitPurpose.Treatment, IsConditional: false }).Select(v => v.Date).Order().ToList();
        if (treatment.Count > 0)
        {
            said.Add($"Treatment begins on {Texts.Date(treatment[0])} and ends on {Texts.Date(treatment[^1])}, {cost.DaysToFirst} and {Count(cost.DaysToLast, "day")} after the earliest day");
        }

        Add(cost.Major, "major deviation");
        Add(cost.Minor, "minor deviation");
        Add(cost.PersonChanges, "person change");
        Add(cost.Preferences, "preference point");
        return said.Count == 0 ? "" : $"{string.Join("; ", said)}.";

        void Add(int count, string what)
        {
            if (count > 0)
            {
                said.Add(Count(count, what));
            }
        }
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private void Weeks(PlanningRequest request, TreatmentCalendar calendar)
    {
        var table = new Table { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii };
        var used = calendar.Visits.Select(v => v.Date.DayOfWeek).Distinct().Order().ToList();
        table.AddColumn("week of");
        foreach (var day in Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d).Where(d => d <= IsoDayOfWeek.Friday || used.Contains(d)))
        {
            table.AddColumn(day.ToString()[..3]);
        }

        LocalDate? before = null;
        foreach (var week in calendar.Visits.GroupBy(v => v.Date.PlusDays(1 - (int)v.Date.DayOfWeek)).OrderBy(w => w.Key))
        {
            if (before is { } last && week.Key > last.PlusWeeks(1))
            {
                table.AddRow("...");
            }

            before = week.Key;
            var cells = new List<string> { Texts.Date(week.Key) };
            for (var day = 0; day < table.Columns.Count - 1; day++)
            {
                var date = week.Key.PlusDays(day);
                cells.Add(string.Join('\n', week.Where(v => v.Date == date).OrderBy(v => v.Start).Select(v => Cell(request, v))));
            }

            table.AddRow([.. cells]);
        }

        console.Write(table);
    }

    private static string Cell(PlanningRequest request, PlacedVisit visit)
    {
        var type = request.Protocol.TypeOf(visit.Id);
        var name = type.Count > 1 ? $"{visit.Id.Type} {visit.Id.Ordinal}" : visit.Id.Type;
        var cell = Markup.Escape($"{name} {Hours.Clock((visit.Start.Hour * 60) + visit.Start.Minute)}");
        return type.Purpose == VisitPurpose.Treatment ? $"[bold]{cell}[/]" : type.IsConditional ? $"[italic]{cell}[/]" : cell;
    }

    private void Visits(PlanningRequest request, TreatmentCalendar calendar)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns("visit", "day", "time", "people and places", "window");
        foreach (var visit in calendar.Visits.OrderBy(v => v.Start))
        {
            var windows = WindowDates.Of(request, calendar, visit.Id).Select(w => $"{w.Ideal} ({w.Rule}){Deviation(w, request.Clinic, visit)}");
            table.AddRow(
                Markup.Escape(visit.Id.ToString()),
                $"{visit.Date.DayOfWeek.ToString()[..3]} {Texts.Date(visit.Date)}",
                new Hours((visit.Start.Hour * 60) + visit.Start.Minute, Math.Max(1, (visit.End.Hour * 60) + visit.End.Minute)).ToString().Replace(" to ", "-", StringComparison.Ordinal),
                Markup.Escape(string.Join(", ", visit.Uses.Select(u => u.Resource).Distinct())),
                Markup.Escape(string.Join("; ", windows)));
        }

        console.Write(table);
    }

    /// <summary>How far a visit lies outside its ideal days or hours, so that the row itself shows which visit deviates.</summary>
    private static string Deviation(WindowDates window, Clinic clinic, PlacedVisit visit)
    {
        var (off, unit) = (window.Ideal.Off(clinic, visit), window.Ideal is WindowStretch.OfDates ? "day" : "minute");
        return off == 0
            ? ""
            : $": {Count(Math.Abs(off), unit)} {(off < 0 ? "early" : "late")}, {(window.Allowed.Off(clinic, visit) == 0 ? "minor" : "major")} deviation";
    }

    private void Line(string text) => console.WriteLine(text);
}
