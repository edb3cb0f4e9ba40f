using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>Each file of Mistakes has mistakes, and ends with what is said about them: lines that begin with <c>#&gt; </c>.</summary>
public sealed partial class MistakeTests
{
    private const string Mark = "#> ";

    /// <summary>Codes that need more than a small file: too long, too deep, control characters, values from the command line, lists of days. HostileTextTests, the mistakes of clinics and below show them.</summary>
    private static readonly string[] ShownElsewhere = ["YA001", "YA002", "YA004", "YA007", "YA008", "YA009", "YA042", "PR008", "PR154", "PR281"];

    private static readonly string[] Catalogues = ["Messages.Text.cs", "Messages.Protocol.cs", "Messages.Rules.cs", "Messages.Parts.cs"];

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Scheduler.Core.Tests", "Protocols", "Mistakes");

    public static TheoryData<string> Cases => [.. Files()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_is_told_where_it_is_and_in_these_words(string file)
    {
        var lines = Text(file).Split('\n');
        string[] expected = [.. lines.Where(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(l => l[Mark.Length..])];
        string[] found = [.. Diagnose(file).Select(d => d.ToString())];

        // To write what is said now into the files, run the tests once with SCHEDULER_WRITE_MISTAKES=1, and read it.
        if (Environment.GetEnvironmentVariable("SCHEDULER_WRITE_MISTAKES") == "1")
        {
            var kept = string.Join('\n', lines.Where(l => !l.StartsWith(Mark, StringComparison.Ordinal))).TrimEnd('\n');
            File.WriteAllText(Path.Combine(Folder, file), kept + "\n" + string.Concat(found.Select(f => Mark + f + "\n")));
            expected = found;
        }

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_input_with_errors_has_no_value_and_one_with_warnings_has(string file) =>
        Assert.Equal(Diagnose(file).All(d => d.Severity == Severity.Warning), ProtocolCompiler.Compile(file, Text(file)).Succeeded);

    [Fact]
    public void There_are_at_least_a_hundred_distinct_mistakes() =>
        Assert.True(Files().SelectMany(f => Diagnose(f)).Select(d => d.Message).Distinct(StringComparer.Ordinal).Count() >= 100);

    [Fact]
    public void Every_code_of_text_and_protocols_is_shown_by_a_case()
    {
        var catalogue = Catalogues
            .SelectMany(name => Code().Matches(Repository.Text($"src/Scheduler.Core/Diagnostics/{name}")).Select(m => m.Groups["code"].Value))
            .ToList();
        var shown = Files().SelectMany(f => Diagnose(f)).Select(d => d.Code).Concat(ShownElsewhere).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(catalogue.Distinct(), catalogue);
        Assert.Equal([], catalogue.Except(shown));
    }

    [Fact]
    public void More_conditions_than_anybody_needs_are_refused_in_one_line()
    {
        var conditions = string.Concat(Enumerable.Range(0, 201).Select(n => $"  c{n}: {{means: X., {(n == 0 ? "excludes: c1" : $"when: c{n - 1} or c{Math.Max(0, n - 2)}")}}}\n"));
        var text = Text("condition-unused.yaml");
        var found = ProtocolCompiler.Compile("many.yaml", text[..text.IndexOf("outcomes:", StringComparison.Ordinal)] + "conditions:\n" + conditions + text[text.IndexOf("visits:", StringComparison.Ordinal)..]).Diagnostics;

        Assert.Equal("many.yaml:4:1: PR154: The protocol has 201 conditions; at most 200 can be kept apart.", Assert.Single(found).ToString());
    }

    [Fact]
    public void Conditions_that_rest_on_each_other_many_times_over_are_read_at_once()
    {
        var conditions = string.Concat(Enumerable.Range(0, 200).Select(n => $"  c{n}: {{means: X.{(n == 0 ? "" : $", when: c{n - 1} or c{Math.Max(0, n - 2)}")}}}\n"));
        var text = Text("condition-unused.yaml");
        var visits = text[text.IndexOf("visits:", StringComparison.Ordinal)..].Replace("  check: {", "  check: {only if: c199, ", StringComparison.Ordinal);

        Assert.Empty(ProtocolCompiler.Compile("many.yaml", text[..text.IndexOf("outcomes:", StringComparison.Ordinal)] + "conditions:\n" + conditions + visits).Diagnostics);
    }

    [Fact]
    public void A_parameter_that_does_not_exist_cannot_be_set()
    {
        var read = ProtocolCompiler.Compile(
            "feder.yaml", Repository.Text("protocols/feder-2025-ketamine-wet.yaml"), new Dictionary<string, string> { ["ratng"] = "45 min" });

        Assert.Equal(
            "feder.yaml:21:1: PR008: The protocol has no parameter 'ratng' to set. Did you mean 'rating'? It has 'wet-first-session', 'wet-later-session', 'rating'.",
            Assert.Single(read.Diagnostics).ToString());
    }

    [Theory]
    [InlineData("45min", "45 min")]
    [InlineData("4weeks", "4 weeks")]
    public void A_parameter_that_lacks_the_space_before_its_unit_is_told_so(string value, string spaced)
    {
        var read = ProtocolCompiler.Compile(
            "feder.yaml", Repository.Text("protocols/feder-2025-ketamine-wet.yaml"), new Dictionary<string, string> { ["rating"] = value });

        Assert.Contains(
            $"PR281: The parameter 'rating' is '{value}'; there is a space between a number and its unit. Write '{spaced}'.", read.Diagnostics[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_is_set_takes_the_place_of_the_default()
    {
        var text = Repository.Text("protocols/feder-2025-ketamine-wet.yaml");
        var protocol = ProtocolCompiler.Compile("feder.yaml", text, new Dictionary<string, string> { ["rating"] = "45 min" }).Required;

        Assert.Equal(45, protocol.TypeOf(new("caps5-week12", 1)).DurationOf(1));
        Assert.Equal(60, protocol.TypeOf(new("wet", 1)).DurationOf(1));
        Assert.Equal(40, protocol.TypeOf(new("wet", 5)).DurationOf(5));
    }

    [GeneratedRegex("\"(?<code>(YA|PR)[0-9]{3})\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    private static ImmutableArray<Diagnostic> Diagnose(string file) => ProtocolCompiler.Compile(file, Text(file)).Diagnostics;

    private static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private static IEnumerable<string> Files() => Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);
}
