using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Scheduler.Hostile;

/// <summary>Files to spoil: the shipped ones, those of the pages, those with every construct, and those that already have a mistake.</summary>
internal static partial class Originals
{
    private const string OwnFolder = "tests/Scheduler.Hostile/Originals";

    private static readonly string Root = FindRoot();

    private static readonly (string, string, string) Feder =
        (At("protocols/feder-2025-ketamine-wet.yaml"), At("protocols/samples/clinic-small.yaml"), At("protocols/samples/patient-worker.yaml"));

    private static readonly (string, string, string) Wide =
        (At($"{OwnFolder}/protocol-wide.yaml"), At($"{OwnFolder}/clinic-wide.yaml"), At($"{OwnFolder}/patient-wide.yaml"));

    /// <summary>The originals.</summary>
    public static ImmutableArray<Original> All { get; } =
    [
        .. Files("protocols").Select(f => new Original(f, Feder)),
        .. Pages().Select(f => new Original(f, Feder)),
        .. Enumerable.Repeat(Files(OwnFolder), 4).SelectMany(f => f).Select(f => new Original(f, Wide)),
    ];

    /// <summary>What is spliced into them besides.</summary>
    public static ImmutableArray<string> Mistaken { get; } =
        [.. Files("tests/Scheduler.Core.Tests/Protocols/Mistakes"), .. Files("tests/Scheduler.Core.Tests/Clinics/Mistakes")];

    private static IEnumerable<string> Files(string under) =>
        Directory.EnumerateFiles(At(under), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => File.ReadAllText(f).ReplaceLineEndings("\n"));

    private static IEnumerable<string> Pages() =>
        from page in Directory.EnumerateFiles(At("docs"), "*.md").Order(StringComparer.Ordinal)
        from Match block in Block().Matches(File.ReadAllText(page).ReplaceLineEndings("\n"))
        select block.Groups["text"].Value;

    private static string At(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Scheduler.sln is in no folder above the program.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("```yaml[a-z ]*\n(?<text>(protocol|clinic|patient):.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 600_000)]
    private static partial Regex Block();
}

/// <summary>A file to spoil.</summary>
/// <param name="Text">What is in it.</param>
/// <param name="Beside">The files of a protocol, a clinic and a patient that go with it.</param>
internal sealed record Original(string Text, (string Protocol, string Clinic, string Patient) Beside);
