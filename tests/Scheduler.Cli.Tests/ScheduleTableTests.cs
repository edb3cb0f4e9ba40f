using System.Text.Json;
using NodaTime;

namespace Scheduler.Cli.Tests;

/// <summary>The table of a calendar: weeks, rows, and what is said of them.</summary>
public sealed class ScheduleTableTests
{
    [Fact]
    public void The_table_has_weeks_as_rows_so_that_the_weave_is_seen()
    {
        var run = Cli.Schedule("small");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("| 2026-12-14 | infusion 4 08:00   | wet 1 09:00          | infusion 5 08:00 | wet 2 09:00 | infusion 6 08:00 |", run.Output, StringComparison.Ordinal);
        Assert.Contains("the best calendar, proved", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void Where_there_is_room_titles_stand_beside_ids_and_the_only_visit_of_a_type_has_no_number()
    {
        var output = Cli.Schedule("small").Output;

        Assert.Contains("\ncaps5-baseline CAPS-5 before treatment ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("caps5-baseline[1]", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output.Split('\n'), l => l.TrimEnd('\r').EndsWith(' '));
    }

    [Fact]
    public void A_narrow_terminal_keeps_days_whole_and_no_line_ends_with_blanks()
    {
        using var output = new StringWriter();
        CommandLine.Run(
            ["schedule", "--protocol", Cli.Resolve(Cli.Protocol), "--clinic", Cli.Resolve("protocols/samples/clinic-small.yaml"), "--from", "2026-12-01"],
            output, TextWriter.Null, SystemClock.Instance, isTerminal: false, width: 80);
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        var table = lines.Where(l => l.StartsWith('|') || l.StartsWith("caps5-", StringComparison.Ordinal) || l.StartsWith("infusion[", StringComparison.Ordinal)).ToList();

        Assert.All(table, l => Assert.True(l.Length <= 80, l));
        Assert.Contains(table, l => l.StartsWith("| 2026-12-14 |", StringComparison.Ordinal));
        Assert.Contains(table, l => l.Contains("| caps5-baseline |", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Trim() == "2027-03-06 to 2027-03-12 (week-12)");
        Assert.Equal(["visit", "day", "time", "people", "and", "places;", "window"], lines.First(l => l.StartsWith("visit", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(table, l => l.StartsWith("infusion[4]", StringComparison.Ordinal) && l.Contains("Mon 2026-12-14 08:00-10:40", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.EndsWith(' '));
    }

    [Fact]
    public void The_row_of_a_visit_that_deviates_says_how_far()
    {
        var run = Trial.Schedule("""
            visits:
              a: {purpose: treatment, duration: 30 min}
              b: {purpose: assessment, duration: 30 min}
            rules:
              a-on: {weekdays for: a, days: Monday}
              b-on: {weekdays for: b, days: Wednesday}
              week-1: {window for: b, counts from: start of a, target: 1 week, ideal: on the day, allowed: 2 days before to 2 days after}
            """, "--deviations", "minor");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Treatment begins on 2027-01-04, the earliest day, and ends on the same day; 1 minor deviation; 2 preference points.", run.Output, StringComparison.Ordinal);
        Assert.Contains("2027-01-11 to 2027-01-11 (week-1): 2 days after its target, minor deviation", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conditional_visit_says_on_what_it_depends()
    {
        var run = Trial.Schedule("""
            conditions:
              not-better: {means: The patient is not better.}
            visits:
              a: {purpose: treatment, duration: 30 min}
              b: {purpose: assessment, duration: 30 min, only if: not-better}
            rules:
              b-after-a: {order: a before b, at most: 3 days}
            """);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("| if not-better |", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nb (if not-better) ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("13 days", "ends on the same day.", "Treatment is missing from this calendar: booster has no place because of 'later' and the clinic's opening hours and closures. check hangs on it.")]
    [InlineData("14 days", "ends at the latest on 2027-01-18, 14 days later (on the same day where no result asks for more).", "2027-01-25")]
    public void Treatment_that_depends_on_a_result_is_told_with_the_end_or_with_why_it_has_no_place(string target, string end, string told)
    {
        var run = Trial.Schedule("""
            conditions:
              ill: {means: Still ill.}
            visits:
              dose: {purpose: treatment, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
              booster: {purpose: treatment, duration: 1 h, only if: ill, people: {therapist: {exclusive: whole visit}}}
              check: {purpose: assessment, duration: 1 h, only if: ill, people: {therapist: {exclusive: whole visit}}}
            rules:
              monday: {weekdays for: dose, days: Monday}
              later: {window for: booster, counts from: start of dose, target: TARGET, ideal: on the day}
              then: {window for: check, counts from: start of booster, target: 7 days, ideal: on the day}
            """.Replace("TARGET", target, StringComparison.Ordinal));

        Assert.Contains(end, run.Output, StringComparison.Ordinal);
        Assert.Contains(told, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_or_none_leaves_visits_out_it_is_said_which_of_them_had_no_place()
    {
        string[] asked = ["schedule", "--protocol", "protocols/feder-2014-crossover.yaml", "--clinic", "protocols/samples/clinic-busy.yaml", "--from", "2026-12-01"];
        var (table, json) = (Cli.Run(asked), Cli.Run([.. asked, "--format", "json"]));

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.Contains(
            "Of these, infusion-2 would have had a place, but not rating-24h-2 and caps-day7-2 as well (rule no-second-infusion-without-its-ratings).",
            table.Output.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(json.Output);
        var forgone = parsed.RootElement.GetProperty("proposals")[0].GetProperty("forgone")[0];
        Assert.Equal("infusion-2[1]", forgone.GetProperty("visits")[0].GetString());
        Assert.Equal("rating-24h-2[1]", forgone.GetProperty("missing")[0].GetString());
    }
}
