using Scheduler.Core.Formats.Changes;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>A parameter may stand for a part of a value: wherever the words of its value could stand.</summary>
public sealed class ParameterInPhraseTests
{
    private const string Start = """
        protocol: trial
        version: 1.0.0
        title: Trial

        """;

    private const string Rest = """
        outcomes:
          caps5: {means: Severity., measured at: before and after, range: 0 to 80}
        conditions:
          better: {means: Better., when: caps5 at after is at least 30 % below caps5 at before}
        visits:
          before: {purpose: assessment, duration: 30 min, people: {rater: {exclusive: whole visit}}}
          dose: {purpose: treatment, count: 4, duration: 60 min, people: {nurse: {exclusive: 10 to 50 min}}}
          after: {purpose: assessment, duration: 30 min, people: {rater: {exclusive: whole visit}}}
          more: {purpose: assessment, duration: 30 min, only if: better, people: {rater: {exclusive: whole visit}}}
        rules:
          first:
            order: before before dose[1]
            at most: 14 days
          rhythm:
            cadence of: dose
            every: 7 days, give or take 2 days
          week-4:
            window for: after
            counts from: end of dose[last]
            target: 4 weeks
            ideal: 3 days before to 5 days after
          later:
            window for: more
            counts from: end of after
            target: 2 months
            ideal: on the day to 1 week after
        events:
          missed:
            when missed: dose
            then: make up within 7 days
            otherwise: skip

        """;

    [Theory]
    [InlineData("at least 30 % below", "at least $x % below", "30")]
    [InlineData("at least 30 % below", "at least $x below", "30 %")]
    [InlineData("at least 30 % below", "at least $x% below", "30")]
    [InlineData("10 to 50 min", "10 to $x", "50 min")]
    [InlineData("10 to 50 min", "10 to $x min", "50")]
    [InlineData("at most: 14 days", "at most: $x days", "14")]
    [InlineData("every: 7 days, give or take 2 days", "every: $x, give or take 2 days", "7 days")]
    [InlineData("every: 7 days, give or take 2 days", "every: 7 days, give or take $x", "2 days")]
    [InlineData("target: 4 weeks", "target: $x weeks", "4")]
    [InlineData("3 days before to 5 days after", "$x before to 5 days after", "3 days")]
    [InlineData("3 days before to 5 days after", "3 days before to $x days after", "5")]
    [InlineData("make up within 7 days", "make up within $x", "7 days")]
    [InlineData("make up within 7 days", "make up within $x days", "7")]
    [InlineData("before dose[1]", "before dose[$x]", "1")]
    [InlineData("end of dose[last]", "end of dose[$x]", "last")]
    [InlineData("end of dose[last]", "end of dose[$x]", "4")]
    [InlineData("when missed: dose", "when missed: dose[1 to $x]", "4")]
    [InlineData("when missed: dose", "when missed: dose[$x to last]", "1")]
    [InlineData("when missed: dose", "when missed: dose[$x]", "1 to 4")]
    public void A_parameter_stands_for_the_words_of_its_value(string literal, string named, string value)
    {
        var plain = ProtocolCompiler.Compile("trial.yaml", Start + Rest).Required;
        var text = Start + $"parameters:\n  x: {{value: {value}, means: X.}}\n" + Rest.Replace(literal, named, StringComparison.Ordinal);

        var read = ProtocolCompiler.Compile("trial.yaml", text);

        Assert.Equal([], read.Diagnostics.Select(d => d.ToString()));
        Assert.Equal([ChangeKind.Parameters], ProtocolChanges.Between(plain, read.Required).All.Select(c => c.Kind).Distinct());
    }

    [Fact]
    public void A_clinic_sets_it_within_its_limits()
    {
        var text = Start + "parameters:\n  grace: {value: 7 days, between: 1 day and 9 days, means: Grace.}\n"
            + Rest.Replace("make up within 7 days", "make up within $grace", StringComparison.Ordinal);

        var set = ProtocolCompiler.Compile("trial.yaml", text, new Dictionary<string, string> { ["grace"] = "3 days" });
        var beyond = ProtocolCompiler.Compile("trial.yaml", text, new Dictionary<string, string> { ["grace"] = "10 days" });

        Assert.Equal(new Remedy.MakeUp(3), Assert.IsType<EventRule.Missed>(Assert.Single(set.Required.Events)).Then);
        Assert.Equal("trial.yaml:5:18: PR009: The parameter 'grace' is '10 days'; expected a value between 1 day and 9 days.", Assert.Single(beyond.Diagnostics).ToString());
    }

    [Theory]
    [InlineData("4 $x before to 5 days after", "trial.yaml:26:14: YA022: The parameter 'x' is '3 days', which does not fit here; ")]
    [InlineData("$x to 5 days after", "trial.yaml:26:15: YA016: 'to' does not fit ")]
    [InlineData("3 days before to $x", "trial.yaml:26:12: YA015: Found '3 days before to $x', ")]
    [InlineData("3 days before to $y days after", "trial.yaml:26:29: YA021: There is no parameter 'y'. ")]
    public void A_mistake_is_told_where_the_parameter_stands(string ideal, string expected)
    {
        var text = Start + "parameters:\n  x: {value: 3 days, means: X.}\n" + Rest.Replace("3 days before to 5 days after", ideal, StringComparison.Ordinal);

        var found = ProtocolCompiler.Compile("trial.yaml", text).Diagnostics.Select(d => d.ToString()).First(d => !d.Contains("PR007", StringComparison.Ordinal));

        Assert.StartsWith(expected, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[$x]", "3 days", "trial.yaml:17:26: YA022: The parameter 'x' is '3 days', which does not fit here; ")]
    [InlineData("[$x]", "9", "trial.yaml:17:26: PR002: ")]
    [InlineData("[$y]", "1", "trial.yaml:17:31: YA021: There is no parameter 'y'. ")]
    public void A_mistake_in_brackets_is_told_where_the_visit_stands(string brackets, string value, string expected)
    {
        var text = Start + $"parameters:\n  x: {{value: {value}, means: X.}}\n" + Rest.Replace("dose[1]", "dose" + brackets, StringComparison.Ordinal);

        var found = ProtocolCompiler.Compile("trial.yaml", text).Diagnostics.Select(d => d.ToString()).First(d => !d.Contains("PR007", StringComparison.Ordinal));

        Assert.StartsWith(expected, found, StringComparison.Ordinal);
    }

    [Fact]
    public void In_text_a_dollar_sign_is_one() =>
        Assert.Equal("Trial for $5", ProtocolCompiler.Compile("trial.yaml", (Start + Rest).Replace("title: Trial", "title: Trial for $5", StringComparison.Ordinal)).Required.Title);
}
