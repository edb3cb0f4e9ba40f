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

        // The book that one command makes is the one of which the next ones ask.
        using var scratch = new Scratch();
        foreach (Match snippet in snippets)
        {
            foreach (var command in snippet.Groups["text"].Value.TrimEnd('\n').Split("$ scheduler ", StringSplitOptions.RemoveEmptyEntries))
            {
                var lines = command.TrimEnd('\n').Split('\n');
                var run = Cli.RunIn(scratch.Folder, [.. Words(lines[0]).Select(Cli.Resolve)]);
                var printed = (run.Output + run.Error).ReplaceLineEndings("\n")
                    .Replace(scratch.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Cli.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
                    .TrimEnd('\n').Split('\n');
                AssertShown(lines[1..], printed);
            }
        }
    }

    /// <summary>The words of a command as a shell splits them: what stands in quotation marks is one.</summary>
    private static IEnumerable<string> Words(string line) => line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Every line that is shown is printed, whole and in its place; only '...' stands for others.</summary>
    private static void AssertShown(string[] shown, string[] printed)
    {
        var next = 0;
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i] == "...")
            {
                next = i + 1 == shown.Length ? printed.Length : Array.IndexOf(printed, shown[i + 1], next);
                Assert.True(next >= 0, $"Not printed: {shown[Math.Min(i + 1, shown.Length - 1)]}");
            }
            else
            {
                Assert.Equal(shown[i], next < printed.Length ? printed[next] : null);
                next++;
            }
        }

        Assert.Equal(printed.Length, next);
    }

    [GeneratedRegex("```console\n(?<text>\\$ scheduler .*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snippet();
}
