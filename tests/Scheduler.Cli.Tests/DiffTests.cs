using System.Text.Json;

namespace Scheduler.Cli.Tests;

public sealed class DiffTests
{
    [Fact]
    public void Changes_are_told_in_words_and_the_exit_code_is_0()
    {
        using var scratch = new Scratch();
        var run = Cli.Run("diff", Cli.Protocol, Amended(scratch));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            """
            From feder-2025-ketamine-wet 1.0.0 to feder-2025-ketamine-wet 1.1.0

            The protocol
            - The version is 1.1.0 instead of 1.0.0.

            Rules
            - CAPS-5 at week 12 (caps5-week12) may now be up to 10 days late instead of 7 days (rule week-12).

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public void Programs_get_the_same_as_json()
    {
        using var scratch = new Scratch();
        using var json = JsonDocument.Parse(Cli.Run("diff", Cli.Protocol, Amended(scratch), "--format", "json").Output);
        var root = json.RootElement;

        Assert.Equal("1.0.0", root.GetProperty("old").GetProperty("version").GetString());
        Assert.Equal("1.1.0", root.GetProperty("new").GetProperty("version").GetString());
        Assert.Equal(["course version", "rules week-12"], root.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("kind").GetString()} {c.GetProperty("about").GetString()}"));
    }

    [Fact]
    public void A_protocol_does_not_differ_from_itself()
    {
        var run = Cli.Run("diff", Cli.Protocol, Cli.Protocol);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing changed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_of_both_files_come_at_once()
    {
        using var scratch = new Scratch();
        var run = Cli.Run("diff", scratch.Write("one.yaml", "protocol: one\n"), scratch.Write("two.yaml", "protocol: two\n"));

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("one.yaml:1:1", run.Error, StringComparison.Ordinal);
        Assert.Contains("two.yaml:1:1", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff", Cli.Protocol)]
    [InlineData("diff", Cli.Protocol, Cli.Protocol, "--format", "html")]
    public void Other_usage_is_refused(params string[] args) => Assert.Equal(2, Cli.Run(args).ExitCode);

    private static string Amended(Scratch scratch) => scratch.Write(
        "amended.yaml",
        File.ReadAllText(Path.Combine(Cli.Root, Cli.Protocol))
            .Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal)
            .Replace("allowed: 7 days before to 7 days after", "allowed: 7 days before to 10 days after", StringComparison.Ordinal));
}
