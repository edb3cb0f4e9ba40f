using System.Text.Json;

namespace Scheduler.Cli.Tests;

/// <summary>On which days a course may begin, the best first.</summary>
public sealed class StartsTests
{
    [Fact]
    public void The_best_day_comes_first_and_its_calendar_is_shown_as_it_says()
    {
        var run = Starts("busy", "--start-within", "60");
        var lines = run.Output.ReplaceLineEndings("\n").Split('\n');

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var first = Assert.Single(lines, l => l.StartsWith(" 1. ", StringComparison.Ordinal));
        var day = first[8..18];
        Assert.Contains(": treatment from ", first, StringComparison.Ordinal);
        Assert.EndsWith(" more, which --format json has.", Assert.Single(lines, l => l.StartsWith("and ", StringComparison.Ordinal)), StringComparison.Ordinal);

        var schedule = Cli.Run("schedule", "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-busy.yaml", "--from", day, "--start-within", "1", "--format", "json");
        using var json = JsonDocument.Parse(schedule.Output);
        Assert.Equal(0, schedule.ExitCode);
        Assert.StartsWith(day, json.RootElement.GetProperty("proposals")[0].GetProperty("visits").EnumerateArray().Min(v => v.GetProperty("start").GetString()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_has_every_day_once_and_the_first_costs_what_the_best_calendar_costs()
    {
        var run = Starts("busy", "--format", "json", "--start-within", "28");
        using var json = JsonDocument.Parse(run.Output);
        var starts = json.RootElement.GetProperty("starts").EnumerateArray().ToList();

        Assert.Equal(28, starts.Select(s => s.GetProperty("day").GetString()).Distinct().Count());
        Assert.Equal(28, json.RootElement.GetProperty("request").GetProperty("startWithin").GetInt32());
        Assert.All(starts, s => Assert.True(s.GetProperty("proved").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, starts[^1].GetProperty("cost").ValueKind);

        using var best = JsonDocument.Parse(Cli.Schedule("busy", "--format", "json").Output);
        Assert.Equal(Numbers(best.RootElement.GetProperty("proposals")[0].GetProperty("cost")), Numbers(starts[0].GetProperty("cost")));
    }

    [Fact]
    public void Where_no_day_has_a_calendar_the_exit_code_says_so()
    {
        var run = Starts("full");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("On no day does a calendar begin that was found.", run.Output, StringComparison.Ordinal);
        Assert.Contains("No calendar begins on the other 28 days.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_steps_end_first_no_day_is_said_to_be_impossible()
    {
        var run = Starts("busy", "--steps", "1");

        Assert.Contains("not all is known within 1 step; allow more --steps.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_in_the_files_end_as_with_schedule() =>
        Assert.Equal(1, Cli.Run("starts", "--protocol", "protocols/none.yaml", "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2026-12-01").ExitCode);

    private static string Numbers(JsonElement cost) => string.Join(' ', cost.EnumerateArray().Select(n => n.GetInt32()));

    private static Cli Starts(string clinic, params string[] more) =>
        Cli.Run(["starts", "--protocol", Cli.Protocol, "--clinic", $"protocols/samples/clinic-{clinic}.yaml", "--from", "2026-12-01", .. more]);
}
