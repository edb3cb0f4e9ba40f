using System.Text.RegularExpressions;
using Scheduler.Core.Clinics.Compilation;

namespace Scheduler.Core.Tests.Clinics;

/// <summary>The examples of docs/clinics.md are read; where one shows some keys only, the first example lends it the others.</summary>
public sealed partial class DocsTests
{
    public static TheoryData<int> Examples => [.. Enumerable.Range(0, Blocks().Count)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_the_docs_is_read_without_a_word(int example)
    {
        var text = Blocks()[example];
        var diagnostics = text.StartsWith("patient:", StringComparison.Ordinal)
            ? PatientReader.Read("clinics.md", text).Diagnostics
            : ClinicReader.Read("clinics.md", Complete(text)).Diagnostics;

        Assert.Empty(diagnostics);
    }

    [Fact]
    public void The_docs_show_every_part_of_both_files() =>
        Assert.InRange(Blocks().Count, 8, 30);

    private static string Complete(string part)
    {
        var keys = Sections(part).Select(Key).ToHashSet(StringComparer.Ordinal);
        return part + string.Concat(Sections(Blocks()[0]).Where(s => !keys.Contains(Key(s))));
    }

    private static string Key(string section) => section[..section.IndexOf(':', StringComparison.Ordinal)];

    private static IEnumerable<string> Sections(string text) => Section().Split(text).Where(s => s.Length > 0);

    private static List<string> Blocks() => [.. Block().Matches(Repository.Text("docs/clinics.md")).Select(m => m.Groups["yaml"].Value)];

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex("^(?=\\S)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Section();
}
