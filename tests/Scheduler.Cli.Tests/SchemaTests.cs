using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Formats;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Cli.Tests;

/// <summary>The schema that editors use, held against the files and the compiler by programs that are not ours.</summary>
public sealed class SchemaTests
{
    /// <summary>Mistakes of form: which kind of value, which keys. The schema must see each.</summary>
    private static readonly ImmutableHashSet<string> Structural =
    [
        "YA006", // the root is no mapping
        "YA014", // a mapping, a list or a text where another was expected
        "YA017", // an unknown key
        "YA018", // a missing key
        "YA019", // no key that tells the kind
        "YA020", // two keys that tell the kind
        "YA039", // another kind of file
        "YA040", // keys that are not indented below their owner
        "YA041", // a text where a mapping was expected
    ];

    /// <summary>Mistakes inside a short text. The schema sees those that its pattern tells, the compiler all.</summary>
    private static readonly ImmutableHashSet<string> OfPhrases = ["YA015", "YA016"];

    /// <summary>The text is not read as a whole, or not as the YAML of an editor: keys that stand twice, anchors, tags, broken lines.</summary>
    private static bool IsOfYaml(string code) => code.StartsWith("YA", StringComparison.Ordinal) && !Structural.Contains(code) && !OfPhrases.Contains(code);

    public static TheoryData<string> Kinds => [.. FileSchema.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_shipped_file_is_valid_under_its_schema(string kind)
    {
        var files = Shipped().Where(f => KindOf(f.Text) == kind).ToList();

        Assert.NotEmpty(files);
        Assert.All(Judge(kind, files), file => Assert.Equal((file.Name, "valid", null), (file.Name, file.Answer, file.Because)));
    }

    [Theory]
    [InlineData("protocol", "tests/Scheduler.Core.Tests/Protocols/Mistakes")]
    [InlineData("clinic", "tests/Scheduler.Core.Tests/Clinics/Mistakes/clinics")]
    [InlineData("patient", "tests/Scheduler.Core.Tests/Clinics/Mistakes/patients")]
    public void Schema_and_compiler_agree_on_the_form_of_a_file(string kind, string folder)
    {
        var files = Directory.GetFiles(Path.Combine(Cli.Root, folder)).Order(StringComparer.Ordinal).Select(f => (Name: Path.GetFileName(f), Text: File.ReadAllText(f))).ToList();
        var codes = files.ToDictionary(f => f.Name, f => Codes(kind, f.Text));
        var judged = Judge(kind, files.Where(f => !codes[f.Name].Any(IsOfYaml)));

        var wrongForm = judged.Where(f => codes[f.Name].Any(Structural.Contains)).ToList();
        var goodForm = judged.Where(f => !codes[f.Name].Any(c => Structural.Contains(c) || OfPhrases.Contains(c))).ToList();
        Assert.NotEmpty(wrongForm);
        Assert.NotEmpty(goodForm);
        Assert.Equal([], wrongForm.Where(f => f.Answer != "invalid").Select(f => f.Name));
        Assert.Equal([], goodForm.Where(f => f.Answer != "valid").Select(f => $"{f.Name}: {f.Because}"));
    }

    [Fact]
    public void Every_code_of_form_is_shown_by_a_case()
    {
        var shown = Directory.GetFiles(Path.Combine(Cli.Root, "tests/Scheduler.Core.Tests/Protocols/Mistakes")).SelectMany(f => Codes("protocol", File.ReadAllText(f)));

        Assert.Equal([], Structural.Except(shown));
    }

    [Theory]
    [InlineData("count: 6", "count: 0", "invalid")]
    [InlineData("count: 6", "count: '6'", "valid")]
    [InlineData("count: 6", "count: six", "invalid")]
    [InlineData("count: 6", "count: 201", "invalid")]
    [InlineData("purpose: treatment", "purpose: Treatment", "valid")]
    [InlineData("purpose: treatment", "purpose: therapy", "invalid")]
    [InlineData("duration: 160 min", "duration: 2 h 40 min", "valid")]
    [InlineData("duration: 160 min", "duration: 160", "invalid")]
    [InlineData("duration: 160 min", "duration: {1: 160 min, 2 to last: 3 H}", "valid")]
    [InlineData("duration: 160 min", "duration: {first: 160 min}", "invalid")]
    [InlineData("days: Monday, Wednesday, Friday", "days: monday to wed and Fri", "valid")]
    [InlineData("days: Monday, Wednesday, Friday", "days: Mo, Mi", "invalid")]
    [InlineData("share: 0 to 120 min,", "share: first 1 h and 90 to 120 min,", "valid")]
    [InlineData("share: 0 to 120 min,", "share: all of it,", "invalid")]
    [InlineData("not on the same day: [wet, infusion]", "not on the same day: []", "invalid")]
    [InlineData("version: 1.0.0", "version: 1.0", "valid")]
    [InlineData("version: 1.0.0", "version:", "invalid")]
    public void A_value_is_seen_as_the_compiler_sees_it(string written, string instead, string answer)
    {
        var text = File.ReadAllText(Path.Combine(Cli.Root, Cli.Protocol));
        Assert.Contains(written, text, StringComparison.Ordinal);
        var changed = text.Replace(written, instead, StringComparison.Ordinal);

        Assert.Equal(answer, Assert.Single(Judge("protocol", [("changed", changed)])).Answer);
        Assert.Equal(answer == "valid", !Codes("protocol", changed).Any(c => c.StartsWith("YA", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_parameter_may_stand_for_any_value_of_a_protocol()
    {
        var text = File.ReadAllText(Path.Combine(Cli.Root, Cli.Protocol)).Replace("count: 6", "count: $infusions", StringComparison.Ordinal);

        Assert.Equal("valid", Assert.Single(Judge("protocol", [("changed", text)])).Answer);
    }

    [Fact]
    public void The_schema_says_what_each_key_of_a_file_means()
    {
        using var schema = JsonDocument.Parse(Cli.Run("schema").Output);
        var root = schema.RootElement;

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", root.GetProperty("$schema").GetString());
        Assert.Equal("protocol", root.GetProperty("title").GetString());
        Assert.StartsWith("The kinds of visit.", root.GetProperty("properties").GetProperty("visits").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.All(
            root.GetProperty("$defs").EnumerateObject().Where(d => d.Value.TryGetProperty("properties", out _)).SelectMany(d => d.Value.GetProperty("properties").EnumerateObject()),
            key => Assert.NotEmpty(key.Value.GetProperty("description").GetString()!));
    }

    [Fact]
    public void An_unknown_kind_is_wrong_usage() => Assert.Equal(2, Cli.Run("schema", "calendar").ExitCode);

    [Fact]
    public void The_same_schema_is_printed_each_time() => Assert.Equal(Cli.Run("schema", "protocol").Output, Cli.Run("schema").Output);

    private static IEnumerable<(string Name, string Text)> Shipped() =>
        Directory.GetFiles(Path.Combine(Cli.Root, "protocols"), "*.yaml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    private static string KindOf(string text) => FileSchema.Kinds.First(k => text.Split('\n').Any(l => l.StartsWith($"{k}:", StringComparison.Ordinal)));

    private static string[] Codes(string kind, string text) =>
    [
        .. (kind switch
        {
            "protocol" => ProtocolCompiler.Compile("", text).Diagnostics,
            "clinic" => ClinicReader.Read("", text).Diagnostics,
            _ => PatientReader.Read("", text).Diagnostics,
        }).Select(d => d.Code),
    ];

    private static List<Judged> Judge(string kind, IEnumerable<(string Name, string Text)> files)
    {
        var run = Cli.Run("schema", kind);
        Assert.Equal(0, run.ExitCode);
        using var node = Process.Start(new ProcessStartInfo("node", "check.mjs")
        {
            WorkingDirectory = Path.Combine(Cli.Root, "tests", "Scheduler.Cli.Tests", "schema"),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        node.StandardInput.Write(JsonSerializer.Serialize(new { schema = run.Output, files = files.Select(f => new { name = f.Name, text = f.Text }) }));
        node.StandardInput.Close();
        var read = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.Equal(0, node.ExitCode);
        return JsonSerializer.Deserialize<List<Judged>>(read, JsonSerializerOptions.Web)!;
    }

    private sealed record Judged(string Name, string Answer, string? Because);
}
