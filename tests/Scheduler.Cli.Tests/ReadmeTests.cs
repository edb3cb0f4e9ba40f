using System.Text.RegularExpressions;

namespace Scheduler.Cli.Tests;

/// <summary>What the README and the page for authors show is what happens.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/language.md")]
    public void Every_command_that_is_shown_runs_and_prints_what_is_shown(string page)
    {
        var snippets = Snippet().Matches(File.ReadAllText(Path.Combine(Cli.Root, page)).ReplaceLineEndings("\n"));

        Assert.NotEmpty(snippets);
        foreach (Match snippet in snippets)
        {
            var lines = snippet.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var run = Cli.Run(lines[0]["$ scheduler ".Length..].Split(' '));
            foreach (var shown in lines[1..].Where(l => l != "..."))
            {
                Assert.Contains(shown.Trim(), (run.Output + run.Error).Replace(Cli.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex("```console\n(?<text>\\$ scheduler .*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snippet();
}
