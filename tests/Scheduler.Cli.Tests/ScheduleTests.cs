using System.Text.Json;
using NodaTime;

namespace Scheduler.Cli.Tests;

/// <summary>What is asked of <c>schedule</c>, and how it ends.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void Exchanged_files_are_told_in_one_line_each()
    {
        var run = Cli.Run("schedule", "--protocol", "protocols/samples/clinic-small.yaml", "--clinic", Cli.Protocol, "--from", "2026-12-01");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Equal(2, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("This is a clinic file; a protocol file is needed here. Are two files exchanged?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_that_is_used_up_ends_with_4()
    {
        Assert.Equal(4, Cli.Schedule("small", "--steps", "1").ExitCode);
    }

    [Fact]
    public void Proposals_differ_in_start_weekdays_or_person()
    {
        using var json = JsonDocument.Parse(Cli.Schedule("busy", "--format", "json", "--proposals", "4").Output);

        var impressions = json.RootElement.GetProperty("proposals").EnumerateArray().Select(p => string.Join(' ', p.GetProperty("visits").EnumerateArray()
            .Where(v => v.GetProperty("type").GetString() is "infusion" or "wet")
            .Select(v => v.GetProperty("start").GetString()![..10] + v.GetProperty("resources")[0].GetProperty("id").GetString()))).ToList();

        Assert.Equal(4, impressions.Count);
        Assert.Equal(impressions.Count, impressions.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_same_request_prints_the_same_bytes()
    {
        Assert.Equal(Cli.Schedule("busy", "--format", "json").Output, Cli.Schedule("busy", "--format", "json").Output);
    }

    [Fact]
    public void A_missing_option_ends_with_2()
    {
        var run = Cli.Run("schedule", "--from", "2026-12-01");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--protocol", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_is_set_from_the_command_line()
    {
        var run = Cli.Schedule("small", "--set", "rating=45 min", "--format", "json");

        Assert.Contains("\"rating\": \"45 min\"", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, Cli.Schedule("small", "--set", "rating=5 h").ExitCode);
    }

    [Theory]
    [InlineData("--arm", "RQ013")]
    [InlineData("--with", "RQ014")]
    public void Arms_and_streams_are_refused_where_the_protocol_has_none(string option, string code)
    {
        var run = Cli.Schedule("small", option, "x");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(code, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wish_for_a_visit_type_that_does_not_exist_is_a_mistake()
    {
        using var scratch = new Scratch();
        var patient = scratch.Write("patient.yaml", "patient: P-1\npreferences:\n  - days: Monday\n    for: infusoin\n");

        var run = Cli.Schedule("small", "--patient", patient);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("patient.yaml:3:5: RQ010", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'infusion'?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_defect_of_ours_ends_with_70_and_one_line_without_a_stack_trace()
    {
        var run = Cli.Run(new BrokenClock(), "schedule", "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-small.yaml", "--from", "2026-12-01", "--format", "ics");

        Assert.Equal(70, run.ExitCode);
        Assert.Equal("scheduler: a defect of this program (NotSupportedException). Please report it with the command line and, where you may, the files.", run.Error.TrimEnd());
    }

    private sealed class BrokenClock : IClock
    {
        public Instant GetCurrentInstant() => throw new NotSupportedException("A patient's name must not be seen.");
    }
}
