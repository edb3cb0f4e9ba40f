using System.Text.RegularExpressions;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Cli.Tests;

/// <summary>
/// docs/authors-guide.md can be followed to the letter: what it writes makes the file my-trial.yaml, part by part (a later part of the same name
/// replaces an earlier one); its commands print what is shown; and each mistake is told in the words that stand below it.
/// </summary>
public sealed partial class AuthorsGuideTests
{
    private const string File = "my-trial.yaml";

    [Fact]
    public void Whoever_follows_the_guide_sees_what_it_shows()
    {
        using var scratch = new Scratch();
        var parts = new List<string>();
        var commands = 0;
        foreach (var (kind, text) in Blocks())
        {
            if (kind == "yaml")
            {
                parts = Apply(parts, text);
                Assert.Equal([], Compile(parts).Select(d => d.ToString()));
            }
            else if (kind == "console")
            {
                var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                var path = scratch.Write(File, string.Concat(parts));
                var run = Cli.Run([.. lines[0]["$ scheduler ".Length..].Split(' ').Select(a => a == File ? path : a)]);
                var printed = (run.Output + run.Error).Replace(path, File, StringComparison.Ordinal);
                Assert.All(lines[1..].Where(l => l != "..."), shown => Assert.Contains(shown.Trim(), printed, StringComparison.Ordinal));
                commands++;
            }
        }

        Assert.Equal(5, commands);
    }

    [Fact]
    public void A_mistake_is_told_in_the_words_below_it()
    {
        var (parts, shown) = (new List<string>(), 0);
        var blocks = Blocks();
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Kind == "yaml")
            {
                parts = Apply(parts, blocks[i].Text);
            }
            else if (blocks[i].Kind == "yaml mistake")
            {
                var found = Compile(Apply(parts, blocks[i].Text)).Where(d => d.Severity == Severity.Error).Select(d => $"{d.Code}: {d.Message}");

                Assert.Equal(("text", string.Join('\n', found) + "\n"), blocks[i + 1]);
                shown++;
            }
        }

        Assert.Equal(10, shown);
    }

    [Fact]
    public void A_link_leads_to_a_section()
    {
        var guide = Page("docs/authors-guide.md");
        var sections = (Guide: Sections(guide), Language: Sections(Page("docs/language.md")));

        Assert.All(Link().Matches(guide), link => Assert.Contains(link.Groups["section"].Value, link.Groups["page"].Value == "" ? sections.Guide : sections.Language));
    }

    private static IEnumerable<Diagnostic> Compile(List<string> parts)
    {
        // The head and the visits alone have no rules yet, and the head no visits: that is no fault of the guide.
        var isWhole = parts.Exists(p => p.StartsWith("rules:", StringComparison.Ordinal));
        return ProtocolCompiler.Compile(File, string.Concat(parts)).Diagnostics.Where(d => isWhole || d.Code is not ("PR040" or "YA018"));
    }

    private static List<string> Apply(List<string> parts, string text)
    {
        var added = Section().Split(text).Where(s => s.Length > 0).ToList();
        var kept = parts.ConvertAll(p => added.Find(a => Name(a) == Name(p)) ?? p);
        return [.. kept, .. added.Where(a => !parts.Exists(p => Name(p) == Name(a)))];
    }

    private static string Name(string section) => section[..section.IndexOf(':', StringComparison.Ordinal)];

    private static string Page(string path) => System.IO.File.ReadAllText(Path.Combine(Cli.Root, path)).ReplaceLineEndings("\n");

    private static List<(string Kind, string Text)> Blocks() =>
        [.. Block().Matches(Page("docs/authors-guide.md")).Select(m => (m.Groups["kind"].Value, m.Groups["text"].Value))];

    private static List<string> Sections(string page) =>
        [.. Heading().Matches(page).Select(m => m.Groups["title"].Value.Trim().ToLowerInvariant().Replace(",", "", StringComparison.Ordinal).Replace(' ', '-'))];

    [GeneratedRegex("```(?<kind>[a-z ]+)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^(?=\\S)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Section();

    [GeneratedRegex("\\]\\((?<page>language\\.md)?#(?<section>[^)]+)\\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^##+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}
