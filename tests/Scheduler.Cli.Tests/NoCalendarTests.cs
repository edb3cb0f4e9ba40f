namespace Scheduler.Cli.Tests;

/// <summary>What is said and offered where there is no calendar, or none was found yet.</summary>
public sealed class NoCalendarTests
{
    [Fact]
    public void No_calendar_ends_with_3_and_names_rules_and_resources()
    {
        var run = Cli.Schedule("full");

        Assert.Equal((3, ""), (run.ExitCode, run.Error));
        Assert.Contains("'infusions-in-the-morning'", run.Output, StringComparison.Ordinal);
        Assert.Contains("the bookings of chair-1, chair-2, chair-3 and chair-4", run.Output, StringComparison.Ordinal);
        Assert.Contains("the hours and bookings of rater-chen, rater-dube and rater-evans", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small", "none", "evenings", "Not tried, but may help: another --from or a longer --start-within.")]
    [InlineData("full", "none", "any", "Not tried, but may help: another --from or a longer --start-within.")]
    public void Only_what_can_apply_is_offered_where_there_is_no_calendar(string clinic, string deviations, string patient, string offer) =>
        Assert.Contains(
            offer,
            Cli.Schedule(clinic, "--deviations", deviations, "--patient", $"protocols/samples/patient-{patient}.yaml").Output.ReplaceLineEndings("\n").Split('\n'));

    [Fact]
    public void Nothing_is_offered_against_a_role_that_nobody_has()
    {
        using var scratch = new Scratch();
        var clinic = scratch.Write("clinic.yaml", File.ReadAllText(Cli.Resolve("protocols/samples/clinic-small.yaml")).Replace("roles: nurse", "roles: helper", StringComparison.Ordinal));

        var run = Cli.Run("schedule", "--protocol", Cli.Protocol, "--clinic", clinic, "--from", "2026-12-01");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("role 'nurse'", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("may help", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--deviations", "none", "Not tried, but may help: --deviations minor.")]
    [InlineData("--deviations", "minor", "Not tried, but may help: --deviations major.")]
    public void What_was_given_already_is_not_offered(string option, string value, string offer)
    {
        // Monday and Thursday are three days apart, so a week is missed whatever the dates are.
        var run = Trial.Schedule("""
            visits:
              a: {purpose: treatment, duration: 30 min}
              b: {purpose: assessment, duration: 30 min}
            rules:
              a-on: {weekdays for: a, days: Monday}
              b-on: {weekdays for: b, days: Thursday}
              week-1: {window for: b, counts from: start of a, target: 1 week, ideal: on the day, allowed: 1 day before to 1 day after}
            """, option, value);

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(offer, Assert.Single(run.Output.ReplaceLineEndings("\n").Split('\n'), l => l.Contains("may help", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nothing_is_offered_where_rules_contradict_each_other_on_any_day()
    {
        var run = Trial.Schedule("""
            visits:
              a: {purpose: treatment, duration: 30 min}
              b: {purpose: assessment, duration: 30 min}
            rules:
              a-on: {weekdays for: a, days: Monday}
              b-on: {weekdays for: b, days: Thursday}
              near: {order: a before b, at most: 2 days}
            """);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("'near'", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("may help", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_ended_early_says_how_many_more_steps_to_allow()
    {
        var run = Cli.Schedule("small", "--steps", "10");

        Assert.Equal(4, run.ExitCode);
        Assert.Contains("within 10 steps", run.Output, StringComparison.Ordinal);
        Assert.Contains("Allow more, for example --steps 2000000.", run.Output, StringComparison.Ordinal);
    }
}
