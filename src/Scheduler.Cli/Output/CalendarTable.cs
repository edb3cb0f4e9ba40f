using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Protocols;
using Spectre.Console;
using Rule = Scheduler.Core.Protocols.Rule;

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

    public void Print(PlanningAnswer answer, Action? news = null)
    {
        var request = answer.Request;
        around.Say($"{request.Protocol.Title} ({request.Protocol.Id} {request.Protocol.Version})");
        var when = answer.Course is { } course
            ? $"as of {Day(course.AsOf)}, placed from {Texts.Date(request.From)} on"
            : $"start from {Texts.Date(request.From)} to {Texts.Date(request.LastStart)}";
        around.Say($"{request.Clinic.Title}, {request.Clinic.Zone.Id}; {when}");
        news?.Invoke();
        switch (answer.Outcome)
        {
            case Outcome.Infeasible infeasible:
                around.Say("");
                around.Say("No calendar exists.");
                foreach (var conflict in infeasible.Conflicts)
                {
                    around.Say($"- {conflict.Message}");
                }

                MayHelp(request, infeasible.Conflicts, isNew: answer.Course is null);
                break;
            case Outcome.Unproved { Proposals.IsEmpty: true }:
                around.Say("");
                around.Say($"No calendar was found within {Spoken.Count(request.StepBudget, "step")}, and none was ruled out. {MoreSteps(request)}");
                break;
        }

        foreach (var proposal in CalendarJson.Proposals(answer.Outcome))
        {
            around.Say("");
            around.Say(answer.Course is { } going
                ? $"{Summary(going, request, proposal)} {Say(request, proposal, isNew: false)}".TrimEnd()
                : $"Proposal {proposal.Rank}: {Summary(request, proposal)} {Say(request, proposal, isNew: true)}".TrimEnd());
            if (proposal.Rank == 1 && answer.Outside is { } outside)
            {
                Outside(around, outside, proposal);
            }

            Weeks(request, proposal.Calendar);
            Visits(request, proposal.Calendar);
            if (!proposal.Calendar.Unplaced.IsEmpty)
            {
                around.Say($"No place was found for these conditional visits: {Spoken.Join(proposal.Calendar.Unplaced.Select(v => Name(request, v)))}.");
            }

            foreach (var forgone in proposal.Forgone)
            {
                around.Say($"Of these, {Names(forgone.Visits)} would have had a place, but not {Names(forgone.Missing)} as well (rule {forgone.Rule}).");
            }

            foreach (var why in WhyUnplaced.Of(request, proposal.Calendar).Where(w => w.Conflict is not null || !proposal.Forgone.Any(f => f.Visits.Contains(w.First))))
            {
                var reason = why.Conflict is { } conflict
                    ? Spoken.Join([
                        .. conflict.Rules.Select(r => $"'{r}'"),
                        .. conflict.Limits,
                        .. Of("the hours", conflict.Hours),
                        .. Of("the bookings", conflict.Bookings),
                        .. Of("the capacity", conflict.Capacities)])
                    : "other visits that depend on a result, as far as was looked";
                around.Say($"Treatment is missing from this calendar: {Name(request, why.First)} has no place because of {reason}."
                    + (why.Hanging.IsEmpty ? "" : $" {Names(why.Hanging)} hang{(why.Hanging.Length == 1 ? "s" : "")} on it."));
            }

            string Names(IEnumerable<VisitId> visits) => Spoken.Join(visits.Select(v => Name(request, v)));

            IEnumerable<string> Of(string what, ImmutableArray<string> resources) =>
                resources.IsEmpty ? [] : [$"{what} of {Spoken.Join(resources.Select(r => request.Clinic.Find(r)?.Title ?? r))}"];
        }
    }

    /// <summary>Says why a calendar has visits outside their allowed windows.</summary>
    internal static void Outside(Surroundings around, WhyOutside why, Proposal proposal)
    {
        if (why.Inside is { } inside)
        {
            around.Say($"Outside its allowed window lies what need not: inside, {Spoken.Count(inside.Visits, "booked visit")} would move instead of {proposal.Cost.Moves.Visits}.");
        }
        else
        {
            around.Say(why.Conflicts.IsEmpty
                ? "A visit lies outside its allowed window; within the steps no calendar was found that keeps all of them inside."
                : "A visit lies outside its allowed window, because no calendar keeps all of them inside:");
        }

        foreach (var conflict in why.Conflicts)
        {
            around.Say($"- {conflict.Message}");
        }
    }

    private void MayHelp(PlanningRequest request, IEnumerable<Conflict> conflicts, bool isNew)
    {
        var options = conflicts.SelectMany(c => WaysOut.Of(request, c)).Distinct().Where(w => isNew || w != WayOut.LongerStart).Order().Select(r => r switch
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

        if (isNew)
        {
            around.Say("'scheduler explain' tries what would help.");
        }
    }

    private static string Summary(PlanningRequest request, Proposal proposal) =>
        !proposal.Proved
            ? $"the best found within {Spoken.Count(request.StepBudget, "step")}, not proved. {MoreSteps(request)}"
            : proposal.Rank == 1 ? "the best calendar, proved." : "the best that differs from those above, proved.";

    private static string Summary(Continuation course, PlanningRequest request, Proposal proposal) =>
        !proposal.Proved ? $"The next calendar: {Summary(request, proposal)}"
        : course.State.Ended is not null ? "The course as it was."
        : request.Booked.IsEmpty ? "The next calendar: the best one, proved."
        : (proposal.CostWithConditional ?? proposal.Cost).Moves.Visits is not 0 and var moved ? $"The next calendar: {moved} of {Spoken.Count(request.Booked.Length, "booked visit")} {(moved == 1 ? "moves" : "move")}, the fewest that can{(course.MadeWay ? " beside what was booked by hand" : "")}; of such calendars the best, proved."
        : $"The next calendar: {(request.Booked.Length == 1 ? "the booked visit stays" : $"all {request.Booked.Length} booked visits stay")} at {(request.Booked.Length == 1 ? "its time" : "their times")}; of such calendars the best, proved.";

    private static string MoreSteps(PlanningRequest request) =>
        request.StepBudget >= Settings.MostSteps ? "" : $"Allow more, for example --steps {Math.Min(Settings.MostSteps, Math.Max(request.StepBudget * 10, PlanningRequest.DefaultStepBudget))}.";

    private static string Say(PlanningRequest request, Proposal proposal, bool isNew)
    {
        var (said, cost) = (new List<string>(), proposal.Cost);
        var treatment = proposal.Calendar.Visits
            .Where(v => request.Protocol.TypeOf(v.Id) is { Purpose: VisitPurpose.Treatment, IsConditional: false }).Select(v => v.Date).Order().ToList();
        if (treatment.Count > 0 && !isNew)
        {
            said.Add($"Treatment ends on {Texts.Date(treatment[^1])}");
        }
        else if (treatment.Count > 0)
        {
            var (wait, length) = (cost.DaysToFirst, Period.DaysBetween(treatment[0], treatment[^1]));
            var begin = $"Treatment begins on {Texts.Date(treatment[0])}, {(wait == 0 ? "the earliest day" : $"{Spoken.Count(wait, "day")} after the earliest")}, and ";
            var end = length == 0 ? "on the same day" : $"on {Texts.Date(treatment[^1])}, {Spoken.Count(length, "day")} later";

            // What depends on a result may come about: who tells the patient how long it takes must not tell the shortest course.
            var perhaps = proposal.Calendar.Visits.Where(v => request.Protocol.TypeOf(v.Id).Purpose == VisitPurpose.Treatment).Max(v => v.Date);
            said.Add(begin + (perhaps <= treatment[^1]
                ? $"ends {end}"
                : $"ends at the latest on {Texts.Date(perhaps)}, {Spoken.Count(Period.DaysBetween(treatment[0], perhaps), "day")} later ({end} where no result asks for more)"));
        }

        Add(cost.Major, "major deviation");
        Add(cost.Minor, "minor deviation");
        var (people, where) = PersonChange(request.Protocol);
        Add(cost.PersonChanges, people, where);
        Add(cost.Preferences, "preference point", isNew && cost.DaysToFirst > 0 ? " (which count more than an early start)" : "");
        return said.Count == 0 ? "" : $"{string.Join("; ", said)}.";

        void Add(int count, string what, string more = "")
        {
            if (count > 0)
            {
                said.Add(Spoken.Count(count, what) + more);
            }
        }
    }

    /// <summary>What the term about people counts, by the wishes that the protocol has.</summary>
    private static (string What, string More) PersonChange(Protocol protocol) =>
        (protocol.Rules.Any(r => r is Rule.SamePerson { IsMust: false }), protocol.Rules.Any(r => r is Rule.DifferentPeople { IsMust: false })) switch
        {
            (false, true) => ("pair", " of visits with the same person where another should be"),
            (true, true) => ("person change", " or pair of visits with the same person where another should be"),
            _ => ("person change", ""),
        };

    private void Weeks(PlanningRequest request, TreatmentCalendar calendar)
    {
        var table = new Table { Border = around.Colour ? TableBorder.Rounded : TableBorder.Ascii };
        table.AddColumn(new TableColumn("week of").NoWrap());
        var days = Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d).Where(d => d <= IsoDayOfWeek.Friday || calendar.Visits.Any(v => v.Date.DayOfWeek == d)).ToList();

        // Times go below names before words are cut in two.
        var before = Width(' ') <= around.Width ? ' ' : '\n';
        foreach (var day in days)
        {
            var column = new TableColumn(day.ToString()[..3]);
            table.AddColumn(Width(before) <= around.Width ? column.NoWrap() : column);
        }

        LocalDate? last = null;
        foreach (var week in calendar.Visits.GroupBy(v => v.Date.PlusDays(1 - (int)v.Date.DayOfWeek)).OrderBy(w => w.Key))
        {
            if (week.Key > last?.PlusWeeks(1))
            {
                table.AddRow("...");
            }

            last = week.Key;
            table.AddRow([Texts.Date(week.Key), .. days.Select(d => string.Join('\n', week.Where(v => v.Date.DayOfWeek == d).OrderBy(v => v.Start).Select(v => Styled(request, v, before))))]);
        }

        Write(table);

        // Each column has a blank on either side and a line behind it.
        int Width(char beforeTime) => 1 + "2027-01-04 ".Length + 2 + days.Sum(d => 3 + calendar.Visits
            .Where(v => v.Date.DayOfWeek == d).SelectMany(v => Cell(request, v, beforeTime).Split('\n')).Select(line => line.Length).Append(3).Max());
    }

    private static string Styled(PlanningRequest request, PlacedVisit visit, char beforeTime)
    {
        var (type, cell) = (request.Protocol.TypeOf(visit.Id), Markup.Escape(Cell(request, visit, beforeTime)));
        return type.Purpose == VisitPurpose.Treatment ? $"[bold]{cell}[/]" : type.IsConditional ? $"[italic]{cell}[/]" : cell;
    }

    private static string Cell(PlanningRequest request, PlacedVisit visit, char beforeTime)
    {
        var type = request.Protocol.TypeOf(visit.Id);
        var name = type.Count > 1 ? $"{visit.Id.Type} {visit.Id.Ordinal}" : visit.Id.Type;
        return $"{name}{beforeTime}{Hours.Clock((visit.Start.Hour * 60) + visit.Start.Minute)}{(type.OnlyIf is { } condition ? $"\nif {condition}" : "")}";
    }

    private void Visits(PlanningRequest request, TreatmentCalendar calendar)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var name in new[] { "visit", "day", "time" })
        {
            table.AddColumn(new TableColumn(name).NoWrap());
        }

        // Where there is little room, windows stand below the people.
        table.AddColumns(IsWide ? ["people and places", "window"] : ["people and places; window"]);
        foreach (var column in table.Columns)
        {
            column.Padding = new(0, 0, 1, 0);
        }

        foreach (var visit in calendar.Visits.OrderBy(v => v.Start))
        {
            var windows = WindowDates.Of(request, calendar, visit.Id).Select(w => $"{w.Ideal} ({w.Rule}){Deviation(w, request.Clinic, visit)}");
            var people = Escape(string.Join(", ", visit.Uses.Select(u => Title(request, u)).Distinct()));
            table.AddRow(
            [
                Escape(Title(request, visit.Id)),
                $"{visit.Date.DayOfWeek.ToString()[..3]} {Texts.Date(visit.Date)}",
                new Hours((visit.Start.Hour * 60) + visit.Start.Minute, Math.Max(1, (visit.End.Hour * 60) + visit.End.Minute)).ToString().Replace(" to ", "-", StringComparison.Ordinal),
                .. IsWide ? [people, Escape(string.Join("; ", windows))] : new[] { string.Join('\n', windows.Select(Escape).Prepend(people).Where(t => t.Length > 0)) },
            ]);
        }

        Write(table);
    }

    private static string Day(LocalDateTime time) => $"{time.DayOfWeek.ToString()[..3]} {Texts.Date(time.Date)} {Hours.Clock((time.Hour * 60) + time.Minute)}";

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
