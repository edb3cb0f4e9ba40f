using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Protocols;
using Spectre.Console;

namespace Scheduler.Cli.Output;

/// <summary>Prints an answer for people: weeks as rows, so that the weave is seen at a glance, then the visits one by one.</summary>
internal sealed class CalendarTable
{
    /// <summary>From this width on, titles stand beside ids.</summary>
    private const int Wide = 140;

    private readonly Surroundings around;
    private readonly AnsiSupport ansi;

    public CalendarTable(Surroundings around)
    {
        this.around = around;
        ansi = around.Colour ? AnsiSupport.Detect : AnsiSupport.No;
    }

    private bool IsWide => around.Width >= Wide;

    public void Print(PlanningAnswer answer)
    {
        var request = answer.Request;
        around.Say($"{request.Protocol.Title} ({request.Protocol.Id} {request.Protocol.Version})");
        around.Say($"{request.Clinic.Title}, {request.Clinic.Zone.Id}; start from {Texts.Date(request.From)} to {Texts.Date(request.LastStart)}");
        switch (answer.Outcome)
        {
            case Outcome.Infeasible infeasible:
                around.Say("");
                around.Say("No calendar exists.");
                foreach (var conflict in infeasible.Conflicts)
                {
                    around.Say($"- {conflict.Message}");
                }

                MayHelp(request, infeasible.Conflicts);
                break;
            case Outcome.Unproved { Proposals.IsEmpty: true }:
                around.Say("");
                around.Say($"No calendar was found within {Spoken.Count(request.StepBudget, "step")}, and none was ruled out. {MoreSteps(request)}");
                break;
        }

        foreach (var proposal in CalendarJson.Proposals(answer.Outcome))
        {
            around.Say("");
            around.Say($"Proposal {proposal.Rank}: {Summary(request, proposal)} {Say(request, proposal)}".TrimEnd());
            Weeks(request, proposal.Calendar);
            Visits(request, proposal.Calendar);
            if (!proposal.Calendar.Unplaced.IsEmpty)
            {
                around.Say($"No place was found for these conditional visits: {Spoken.Join(proposal.Calendar.Unplaced.Select(v => Name(request, v)))}.");
            }
        }
    }

    private void MayHelp(PlanningRequest request, IEnumerable<Conflict> conflicts)
    {
        var options = conflicts.SelectMany(c => WaysOut.Of(request, c)).Distinct().Order().Select(r => r switch
        {
            WayOut.AnotherFrom => "another --from",
            WayOut.LongerStart => "a longer --start-within",
            WayOut.MinorDeviations => "--deviations minor",
            _ => "--deviations major",
        }).ToList();
        if (options.Count > 0)
        {
            around.Say($"Not tried, but may help: {Spoken.Join(options, "or")}.");
        }
    }

    private static string Summary(PlanningRequest request, Proposal proposal) =>
        !proposal.Proved
            ? $"the best found within {Spoken.Count(request.StepBudget, "step")}, not proved. {MoreSteps(request)}"
            : proposal.Rank == 1 ? "the best calendar, proved." : "the best that differs from those above, proved.";

    private static string MoreSteps(PlanningRequest request) =>
        request.StepBudget >= Settings.MostSteps ? "" : $"Allow more, for example --steps {Math.Min(Settings.MostSteps, Math.Max(request.StepBudget * 10, PlanningRequest.DefaultStepBudget))}.";

    private static string Say(PlanningRequest request, Proposal proposal)
    {
        var (said, cost) = (new List<string>(), proposal.Cost);
        var treatment = proposal.Calendar.Visits
            .Where(v => request.Protocol.TypeOf(v.Id) is { Purpose: VisitPurpose.Treatment, IsConditional: false }).Select(v => v.Date).Order().ToList();
        if (treatment.Count > 0)
        {
            var (wait, length) = (cost.DaysToFirst, Period.DaysBetween(treatment[0], treatment[^1]));
            said.Add(
                $"Treatment begins on {Texts.Date(treatment[0])}, {(wait == 0 ? "the earliest day" : $"{Spoken.Count(wait, "day")} after the earliest")}, "
                + $"and ends {(length == 0 ? "on the same day" : $"on {Texts.Date(treatment[^1])}, {Spoken.Count(length, "day")} later")}");
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
                said.Add(Spoken.Count(count, what));
            }
        }
    }

    private void Weeks(PlanningRequest request, TreatmentCalendar calendar)
    {
        var table = new Table { Border = around.Colour ? TableBorder.Rounded : TableBorder.Ascii };
        var used = calendar.Visits.Select(v => v.Date.DayOfWeek).Distinct().Order().ToList();
        table.AddColumn(new TableColumn("week of").NoWrap());
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

        Write(table);
    }

    private static string Cell(PlanningRequest request, PlacedVisit visit)
    {
        var type = request.Protocol.TypeOf(visit.Id);
        var name = type.Count > 1 ? $"{visit.Id.Type} {visit.Id.Ordinal}" : visit.Id.Type;
        var only = type.OnlyIf is { } condition ? $"\nif {condition}" : "";
        var cell = Markup.Escape($"{name} {Hours.Clock((visit.Start.Hour * 60) + visit.Start.Minute)}{only}");
        return type.Purpose == VisitPurpose.Treatment ? $"[bold]{cell}[/]" : type.IsConditional ? $"[italic]{cell}[/]" : cell;
    }

    private void Visits(PlanningRequest request, TreatmentCalendar calendar)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var name in new[] { "visit", "day", "time" })
        {
            table.AddColumn(new TableColumn(name).NoWrap());
        }

        table.AddColumns("people and places", "window");
        foreach (var visit in calendar.Visits.OrderBy(v => v.Start))
        {
            var windows = WindowDates.Of(request, calendar, visit.Id).Select(w => $"{w.Ideal} ({w.Rule}){Deviation(w, request.Clinic, visit)}");
            table.AddRow(
                Escape(Title(request, visit.Id)),
                $"{visit.Date.DayOfWeek.ToString()[..3]} {Texts.Date(visit.Date)}",
                new Hours((visit.Start.Hour * 60) + visit.Start.Minute, Math.Max(1, (visit.End.Hour * 60) + visit.End.Minute)).ToString().Replace(" to ", "-", StringComparison.Ordinal),
                Escape(string.Join(", ", visit.Uses.Select(u => Title(request, u)).Distinct())),
                Escape(string.Join("; ", windows)));
        }

        Write(table);
    }

    /// <summary>A visit as authors name it; the only one of its type by the type.</summary>
    private static string Name(PlanningRequest request, VisitId visit) => request.Protocol.TypeOf(visit).Count > 1 ? visit.ToString() : visit.Type;

    private string Title(PlanningRequest request, VisitId visit)
    {
        var type = request.Protocol.TypeOf(visit);
        var title = IsWide && type.Title != type.Id ? $" {type.Title}" : "";
        return $"{Name(request, visit)}{title}{(type.OnlyIf is { } condition ? $" (if {condition})" : "")}";
    }

    private string Title(PlanningRequest request, ResourceUse use) => IsWide ? request.Clinic.Find(use.Resource)?.Title ?? use.Resource : use.Resource;

    private static string Escape(string text) => Markup.Escape(PlainText.Of(text));

    /// <summary>How far a visit lies from its target where that is outside its ideal days or hours, so that the row itself shows which visit deviates.</summary>
    private static string Deviation(WindowDates window, Clinic clinic, PlacedVisit visit)
    {
        if (window.Ideal.Off(clinic, visit) == 0)
        {
            return "";
        }

        var off = window.Target.Off(clinic, visit);
        var far = window.Target is WindowStretch.OfDates ? Spoken.Count(Math.Abs(off), "day") : Spoken.Length(Math.Abs(off));
        return $": {far} {(off < 0 ? "before" : "after")} its target, {(window.Allowed.Off(clinic, visit) == 0 ? "minor" : "major")} deviation";
    }

    /// <summary>Writes a table, without the blanks that would end its lines.</summary>
    private void Write(Table table)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = ansi,
            ColorSystem = around.Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = Math.Max(around.Width, 40);
        console.Write(table);
        foreach (var line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            around.Output.WriteLine(line.TrimEnd(' '));
        }
    }
}
