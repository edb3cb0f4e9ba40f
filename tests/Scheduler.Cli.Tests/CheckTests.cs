namespace Scheduler.Cli.Tests;

public sealed class CheckTests
{
    [Fact]
    public void A_calendar_that_was_placed_keeps_every_rule_when_it_is_checked()
    {
        using var scratch = new Scratch();
        var run = Check(scratch, Calendar());

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("The calendar keeps every rule.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("BROKEN", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_calendar_that_was_changed_by_hand_ends_with_5_and_says_what_it_breaks()
    {
        using var scratch = new Scratch();

        // WET 1 moves from Tuesday to the day of infusion 4.
        var run = Check(scratch, Calendar().Replace("2026-12-15T", "2026-12-14T", StringComparison.Ordinal));

        Assert.Equal(5, run.ExitCode);
        Assert.Matches("BROKEN  rule wet-never-on-an-infusion-day", run.Output);
        Assert.Matches("holds   rule one-therapist", run.Output);
    }

    [Theory]
    [InlineData("\"outcome\": \"placed\"", "\"outcome\": \"placed\", \"colour\": \"red\"", "CA006")]
    [InlineData("\"feder-2025-ketamine-wet\"", "\"feder-2021\"", "CA010")]
    [InlineData("\"rank\": 1", "\"rank\": 2", "CA014")]
    [InlineData("wet[1]\"", "wet[9]\"", "CA015")]
    [InlineData("2026-12-15T09:00:00-05:00", "Tuesday at nine", "CA008")]
    [InlineData("2026-12-15T09:00:00-05:00", "2026-12-15T09:00:00-04:00", "CA017")]
    [InlineData("{", "{{", "CA002")]
    public void A_file_that_is_no_calendar_of_ours_ends_with_1_and_says_where(string found, string instead, string code)
    {
        using var scratch = new Scratch();
        var text = Calendar();
        var at = text.IndexOf(found, StringComparison.Ordinal);

        var run = Check(scratch, text[..at] + instead + text[(at + found.Length)..]);

        Assert.Equal(1, run.ExitCode);
        Assert.Matches($@"calendar\.json:\d+:\d+: {code}: ", run.Error);
    }

    private static string Calendar() => Cli.Schedule("small", "--format", "json").Output;

    private static Cli Check(Scratch scratch, string calendar) => Cli.Run(
        "check", scratch.Write("calendar.json", calendar), "--protocol", Cli.Protocol, "--clinic", "protocols/samples/clinic-small.yaml");
}
