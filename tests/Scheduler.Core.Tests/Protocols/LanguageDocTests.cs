using System.Text.RegularExpressions;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>Every example of docs/language.md compiles.</summary>
public sealed partial class LanguageDocTests
{
    private const string Frame = """
        protocol: example
        version: 1.0.0
        title: Example
        visits:
          a: {purpose: treatment, count: 6, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
          b: {purpose: treatment, count: 5, duration: 60 min, people: {therapist: {exclusive: whole visit}}}
          c: {purpose: assessment, duration: 60 min, people: {rater: {exclusive: whole visit}}}
          d: {purpose: assessment, duration: 60 min, people: {rater: {exclusive: whole visit}}}
        rules:

        """;

    [Fact]
    public void Every_example_compiles_without_a_diagnostic()
    {
        var examples = Example().Matches(Repository.Text("docs/language.md").ReplaceLineEndings("\n"));

        Assert.Equal(2, examples.Count);
        Assert.All(examples, e => Assert.Equal(
            "",
            string.Join('\n', ProtocolCompiler.Compile("language.md", (e.Groups["kind"].Length > 0 ? Frame : "") + e.Groups["text"].Value).Diagnostics)));
    }

    [GeneratedRegex("```yaml(?<kind>( rules)?)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Example();
}
