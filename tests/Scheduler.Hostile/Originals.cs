using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Scheduler.Cli;

namespace Scheduler.Hostile;

/// <summary>Files to spoil: the shipped ones, those of the pages, those with every construct, those that tell what happened, and those that already have a mistake.</summary>
internal static partial class Originals
{
    /// <summary>Where those lie that were written to be spoilt.</summary>
    public const string OwnFolder = "tests/Scheduler.Hostile/Originals";

    private static readonly string Root = FindRoot();

    /// <summary>The course of the README.</summary>
    public static Beside Feder { get; } =
        new(At("protocols/feder-2025-ketamine-wet.yaml"), At("protocols/samples/clinic-small.yaml"), At("protocols/samples/patient-worker.yaml"));

    /// <summary>Files that go with any protocol, since the patient wishes nothing.</summary>
    public static Beside Anybody { get; } = Feder with { Patient = At("protocols/samples/patient-any.yaml") };

    /// <summary>A course with every construct that speaks of what happens.</summary>
    public static Beside Eventful { get; } =
        new(At($"{OwnFolder}/protocol-eventful.yaml"), At($"{OwnFolder}/clinic-wide.yaml"), At("protocols/samples/patient-any.yaml"));

    private static readonly Beside Wide = new(At($"{OwnFolder}/protocol-wide.yaml"), At($"{OwnFolder}/clinic-wide.yaml"), At($"{OwnFolder}/patient-wide.yaml"));

    /// <summary>The originals.</summary>
    public static ImmutableArray<Original> All { get; } =
    [
        .. Files("protocols").Select(f => new Original(f, Feder)),
        .. Pages().Select(f => new Original(f, Feder)),
        .. Enumerable.Repeat(Files(OwnFolder), 4).SelectMany(f => f).Select(f => new Original(f, f.Contains("protocol: eventful", StringComparison.Ordinal) ? Eventful : Wide)),
    ];

    /// <summary>Files of what has happened, each for its booked calendar.</summary>
    public static Lazy<ImmutableArray<Original>> Events { get; } =
        new(() => [.. Motions.All.Value.Select(m => new Original(m.Events, m.Course, FileType.Events) { Motion = m })]);

    /// <summary>Files in JSON: settings, calendars of courses that are placed for it, and booked ones that a course goes on from.</summary>
    public static Lazy<ImmutableArray<Original>> Json { get; } = new(() =>
    [
        Settings(Feder),
        .. Courses().SelectMany(c => Enumerable.Repeat(new Original(Calendar(c), c, FileType.Calendar), 2)),
        .. Motions.All.Value.SelectMany(m => Enumerable.Repeat(new Original(m.Calendar, m.Course, FileType.Calendar) { Motion = m }, 2)),
        .. Motions.All.Value.DistinctBy(m => m.Course).Select(m => new Original(Motions.Repaired(m), m.Course, FileType.Calendars) { Motion = m }),
    ]);

    /// <summary>What is spliced into them besides.</summary>
    public static ImmutableArray<string> Mistaken { get; } =
        [.. Files("tests/Scheduler.Core.Tests/Protocols/Mistakes"), .. Files("tests/Scheduler.Core.Tests/Clinics/Mistakes")];

    private static IEnumerable<string> Files(string under) =>
        Directory.EnumerateFiles(At(under), "*.yaml", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith("events-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(f => File.ReadAllText(f).ReplaceLineEndings("\n"));

    private static IEnumerable<string> Pages() =>
        from page in Directory.EnumerateFiles(At("docs"), "*.md").Order(StringComparer.Ordinal)
        from Match block in Block().Matches(File.ReadAllText(page).ReplaceLineEndings("\n"))
        select block.Groups["text"].Value;

    private static IEnumerable<Beside> Courses() =>
    [
        Feder,
        Wide,
        Feder with { Clinic = At("protocols/samples/clinic-busy.yaml") },
        Feder with { Protocol = At("protocols/macconnel-2025-ketamine.yaml") },
        Feder with { Protocol = At("protocols/esketamine-depression.yaml") },
        Feder with { Protocol = At("protocols/ect-acute.yaml") },
        Feder with { Protocol = At("protocols/cole-2022-accelerated-tms.yaml") },
    ];

    /// <summary>What the command line writes of a course: with calendars where one is found, or with the reason why there is none.</summary>
    public static string Calendar(Beside course, int steps = 300, string from = "2027-01-04")
    {
        using var said = new StringWriter();
        using var mistakes = new StringWriter();
        CommandLine.Run(
            ["schedule", .. course.Options(withPatient: true), "--from", from, "--steps", steps.ToString(CultureInfo.InvariantCulture), "--proposals", "2", "--deviations", "major", "--format", "json"],
            said, mistakes, new StoppedClock(), isTerminal: false, Root);
        return said.ToString();
    }

    private static Original Settings(Beside beside) => new(
        $$"""
        {
          "protocol": "{{beside.Protocol}}",
          "clinic": "{{beside.Clinic}}",
          "patient": "{{beside.Patient}}",
          "startWithin": 28,
          "proposals": 2,
          "steps": 300
        }
        """,
        beside,
        FileType.Settings);

    /// <summary>Where a file of the repository lies.</summary>
    public static string At(string path) => Path.Combine(Root, path);

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
/// <param name="Beside">The files that go with it.</param>
/// <param name="Type">What it is for.</param>
internal sealed record Original(string Text, Beside Beside, FileType Type = FileType.Yaml)
{
    /// <summary>The course that the file is a step of; null for none.</summary>
    public Motion? Motion { get; init; }
}

/// <summary>The files of a protocol, a clinic and a patient.</summary>
internal sealed record Beside(string Protocol, string Clinic, string Patient)
{
    /// <summary>The options that name them.</summary>
    public string[] Options(bool withPatient) => ["--protocol", Protocol, "--clinic", Clinic, .. (withPatient ? new[] { "--patient", Patient } : [])];
}

/// <summary>What a file is for.</summary>
internal enum FileType
{
    /// <summary>A protocol, a clinic or a patient; its first key says which.</summary>
    Yaml,

    /// <summary>A calendar in JSON.</summary>
    Calendar,

    /// <summary>The calendars of several courses, as they were repaired together.</summary>
    Calendars,

    /// <summary>What has happened in a course, in YAML.</summary>
    Events,

    /// <summary>Settings in JSON.</summary>
    Settings,
}
