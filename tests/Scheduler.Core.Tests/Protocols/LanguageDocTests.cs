using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>
/// docs/language.md shows every word of the language, in examples that compile. An example that shows some sections of a file only
/// is compiled with those of the Feder 2025 file, as the page says; one marked <c>yaml clinic</c>, with those of a sample clinic.
/// </summary>
public sealed partial class LanguageDocTests
{
    private static readonly string[] Head = ["protocol", "version", "title"];

    public static TheoryData<int> Examples => [.. Enumerable.Range(0, Blocks().Count)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_compiles_without_a_diagnostic(int example)
    {
        var (kind, text) = Blocks()[example];

        Assert.Equal([], (kind == "clinic" ? ReadClinic(text) : Compile(text)).Select(d => d.ToString()));
    }

    [Fact]
    public void The_whole_protocol_is_the_file_to_copy() =>
        Assert.Contains(Repository.Text("protocols/samples/protocol-pe.yaml").ReplaceLineEndings("\n"), Blocks().Select(b => b.Text));

    [Fact]
    public void Every_key_of_the_language_has_an_example()
    {
        var keys = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Scheduler.Core/Protocols/Compilation"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Key().Matches(File.ReadAllText(f)).Select(m => m.Groups["key"].Value))
            .Distinct()
            .ToList();
        var examples = string.Concat(Blocks().Where(b => b.Kind != "clinic").Select(b => b.Text));

        Assert.NotEmpty(keys);
        Assert.Equal([], keys.Where(k => !Regex.IsMatch(examples, $"(?<![a-z-]|[a-z] ){Regex.Escape(k)}:", RegexOptions.None, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void Every_section_is_listed_at_the_top()
    {
        var page = Page();
        var contents = page[..page.IndexOf("\n## ", StringComparison.Ordinal)];
        var listed = Link().Matches(contents).Select(m => m.Groups["target"].Value);
        var sections = Heading().Matches(page).Select(m => m.Groups["title"].Value.Trim().ToLowerInvariant().Replace(",", "", StringComparison.Ordinal).Replace(' ', '-'));

        Assert.Equal(sections.Except(["visits", "rules", "the-calendar"]), listed);
    }

    private static IEnumerable<Diagnostic> Compile(string text)
    {
        var shown = Sections(text).Select(Name).ToHashSet(StringComparer.Ordinal);
        var lent = shown.Contains("protocol") ? "" : string.Concat(Sections(Repository.Text("protocols/feder-2025-ketamine-wet.yaml"))
            .Where(s => !shown.Contains(Name(s)) && (Head.Contains(Name(s)) || (!shown.Contains("visits") && Name(s) is "parameters" or "visits"))));

        // What is lent has no rules, and an example of visits need not have any: that nothing ties them yet is no fault of the example.
        var firstLine = lent.Count(c => c == '\n') + 1;
        return ProtocolCompiler.Compile("language.md", lent + text).Diagnostics
            .Where(d => d.Where.Start.Line >= firstLine || d.Severity == Severity.Error)
            .Where(d => d.Code != "PR040" || shown.Contains("rules"));
    }

    private static ImmutableArray<Diagnostic> ReadClinic(string text)
    {
        var shown = Sections(text).Select(Name).ToHashSet(StringComparer.Ordinal);
        var lent = Sections(Repository.Text("protocols/samples/clinic-small.yaml")).Where(s => !shown.Contains(Name(s)));
        return ClinicReader.Read("language.md", string.Concat(lent) + text).Diagnostics;
    }

    private static string Name(string section) => section[..section.IndexOf(':', StringComparison.Ordinal)];

    private static IEnumerable<string> Sections(string text) => Section().Split(text.ReplaceLineEndings("\n")).Where(s => s.Length > 0 && s[0] != '#');

    private static string Page() => Repository.Text("docs/language.md").ReplaceLineEndings("\n");

    private static List<(string Kind, string Text)> Blocks() =>
        [.. Block().Matches(Page()).Select(m => (m.Groups["kind"].Value, m.Groups["text"].Value))];

    [GeneratedRegex("```yaml ?(?<kind>[a-z]*)\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^(?=\\S)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Section();

    [GeneratedRegex("Keys\\.(Required|Optional)\\(\\s*\"(?<key>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex("\\]\\(#(?<target>[^)]+)\\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^##+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}
