namespace Scheduler.Cli.Tests;

public sealed class DescribeTests
{
    [Fact]
    public void A_protocol_is_described_in_sentences_with_the_values_that_are_set()
    {
        var run = Cli.Run("describe", Cli.Protocol, "--set", "rating=45 min");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("caps5-week12: CAPS-5 at week 12: 1 assessment visit of 45 min, in person.", run.Output, StringComparison.Ordinal);
        Assert.Contains("rating: Length of a CAPS-5 interview. Value: 45 min, set in place of 60 min.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_printed_when_asked_for()
    {
        var run = Cli.Run("describe", Cli.Protocol, "--format", "html");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_does_not_exist_is_a_mistake()
    {
        var run = Cli.Run("describe", Cli.Protocol, "--set", "ratng=45 min");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("RQ023", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_a_mistake()
    {
        var run = Cli.Run("describe", "protocols/samples/clinic-small.yaml");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("YA039", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("describe")]
    [InlineData("describe", Cli.Protocol, "--format", "pdf")]
    [InlineData("describe", Cli.Protocol, "--set", "rating")]
    public void Other_usage_is_refused(params string[] args) => Assert.Equal(2, Cli.Run(args).ExitCode);
}
