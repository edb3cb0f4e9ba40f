using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>Why a course cannot be placed, and what would help.</summary>
public sealed class ExplainTests
{
    [Fact]
    public void What_would_help_comes_after_what_stands_in_the_way()
    {
        var run = Explain("full");
        var lines = run.Output.ReplaceLineEndings("\n").Split('\n');

        Assert.Equal((3, ""), (run.ExitCode, run.Error));
        Assert.Contains("No calendar exists.", lines);
        var reason = Array.FindIndex(lines, l => l.StartsWith("- With a start from 2026-12-01 to 2026-12-28, ", StringComparison.Ordinal));
        var help = Array.IndexOf(lines, "Any one of these would help; each was planned:");
        Assert.True(reason > 0 && help > reason);
        Assert.StartsWith("1. The course may start until Mon 2027-03-01 (--start-within 91). Then the first visit is on ", lines[help + 1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_named_helps_when_it_is_asked_for()
    {
        Assert.Equal(0, Cli.Schedule("full", "--start-within", "91").ExitCode);
        Assert.Equal(3, Cli.Schedule("full", "--start-within", "90").ExitCode);
    }

    [Fact]
    public void The_json_has_each_way_with_its_calendar()
    {
        var run = Explain("small", "--patient", "protocols/samples/patient-evenings.yaml", "--format", "json");
        using var json = JsonDocument.Parse(run.Output);

        Assert.Equal((3, "infeasible"), (run.ExitCode, json.RootElement.GetProperty("outcome").GetString()));
        var way = Assert.Single(json.RootElement.GetProperty("relaxations").EnumerateArray());
        var easings = way.GetProperty("easings").EnumerateArray().ToList();
        Assert.Equal(6, easings.Count);
        Assert.All(easings, e => Assert.Equal("patient comes", e.GetProperty("kind").GetString()));
        Assert.Equal("2026-12-07T08:00:00-05:00", easings[0].GetProperty("start").GetString());
        Assert.Equal(14, way.GetProperty("proposal").GetProperty("visits").GetArrayLength());
    }

    [Fact]
    public void The_patient_s_time_that_is_named_makes_the_course_possible()
    {
        using var scratch = new Scratch();
        using var json = JsonDocument.Parse(Explain("small", "--patient", "protocols/samples/patient-evenings.yaml", "--format", "json").Output);
        var dates = json.RootElement.GetProperty("relaxations")[0].GetProperty("easings").EnumerateArray()
            .Select(e => (Date: e.GetProperty("start").GetString()![..10], From: e.GetProperty("start").GetString()![11..16], To: e.GetProperty("end").GetString()![11..16])).ToList();
        var patient = File.ReadAllText(Cli.Resolve("protocols/samples/patient-evenings.yaml"));
        Assert.DoesNotContain("dates:", patient, StringComparison.Ordinal);

        var all = scratch.Write("all.yaml", patient + "\ndates:\n" + string.Concat(dates.Select(d => $"  {d.Date}: {d.From} to {d.To}\n")));
        var less = scratch.Write("less.yaml", patient + "\ndates:\n" + string.Concat(dates.Skip(1).Select(d => $"  {d.Date}: {d.From} to {d.To}\n")));
        Assert.Equal(0, Cli.Schedule("small", "--patient", all).ExitCode);
        Assert.Equal(3, Cli.Schedule("small", "--patient", less).ExitCode);
    }

    [Fact]
    public void Where_there_is_a_calendar_nothing_stands_in_the_way()
    {
        var run = Explain("small");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("Nothing stands in the way: there is a calendar, and 'scheduler schedule' shows it.", run.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_steps_end_first_nothing_is_said_to_be_impossible()
    {
        var run = Explain("busy", "--steps", "1");

        Assert.Equal(4, run.ExitCode);
        Assert.DoesNotContain("No calendar exists", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_in_the_files_end_as_with_schedule() =>
        Assert.Equal(1, Cli.Run("explain", "--protocol", "protocols/none.yaml", "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2026-12-01").ExitCode);

    private static Cli Explain(string clinic, params string[] more) =>
        Cli.Run(["explain", "--protocol", Cli.Protocol, "--clinic", $"protocols/samples/clinic-{clinic}.yaml", "--from", "2026-12-01", .. more]);
}
