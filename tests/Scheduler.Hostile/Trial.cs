using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using Scheduler.Cli;

namespace Scheduler.Hostile;

/// <summary>Runs the command line on a file, in this process, as its user would.</summary>
internal sealed partial class Trial : IDisposable
{
    private static readonly string[] Formats = ["table", "json", "ics", "csv"];

    private static readonly string[] BothFormats = ["text", "json"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-hostile-");

    private string thrown = "";

    public Trial() => AppDomain.CurrentDomain.FirstChanceException += (_, e) => thrown = e.Exception.GetType().Name is "Refused" or "InputMistake" ? thrown : $"{e.Exception}\n{Environment.StackTrace}";

    /// <summary>Runs each command that reads such a file, as far as it can go on.</summary>
    public IEnumerable<TrialRun> Run(HostileFile hostile)
    {
        var number = hostile.Number;
        var file = Path.Combine(folder.FullName, hostile.Type is FileType.Yaml or FileType.Events ? "hostile.yaml" : "hostile.json");
        File.WriteAllBytes(file, hostile.Bytes);
        return hostile.Type switch
        {
            FileType.Events => OfEvents(file, hostile),
            FileType.Calendars => [Run("repair", [.. hostile.Motion!.Together(folder.FullName, calendars: file), "--format", BothFormats[number % 2]])],
            FileType.Calendar when hostile.Motion is { } motion && number % 3 == 2 => [Run("repair", [.. motion.Together(folder.FullName, calendar: file), "--format", BothFormats[number % 2]])],
            FileType.Calendar when hostile.Motion is { } motion && number % 3 > 0 => [Run("continue", [.. motion.Options(folder.FullName, calendar: file), "--format", Formats[number % 4]])],
            FileType.Calendar when number % 4 == 1 => [Run(number % 8 == 1 ? "places" : "why", ["--calendar", file, "--visit", VisitIn(Encoding.Latin1.GetString(hostile.Bytes)), .. hostile.Beside.Options(withPatient: number % 3 > 0)])],
            FileType.Calendar => [Run("check", [file, .. hostile.Beside.Options(withPatient: number % 3 > 0), "--proposal", number % 5 == 0 ? "2" : "1"])],
            FileType.Settings => [Run("schedule", ["--settings", file, "--from", "2027-01-04", "--steps", "300"])],
            _ => OfYaml(file, hostile.Beside, number),
        };
    }

    /// <summary>Validates the file; where it is valid, the course goes on by it, alone or with another.</summary>
    private IEnumerable<TrialRun> OfEvents(string file, HostileFile hostile)
    {
        var validated = Run("validate", [file]);
        yield return validated;
        if (validated.ExitCode == 0)
        {
            yield return hostile.Number % 4 == 3
                ? Run("repair", hostile.Motion!.Together(folder.FullName, events: file))
                : Run("continue", [.. hostile.Motion!.Options(folder.FullName, events: file), "--format", Formats[hostile.Number % 4]]);
        }
    }

    /// <summary>Validates the file; where it is valid, places a course with it, or goes on with one, and where it is a protocol, describes it and says what is new in it.</summary>
    private IEnumerable<TrialRun> OfYaml(string file, Beside beside, int number)
    {
        var validated = Run("validate", [file]);
        yield return validated;
        if (validated.ExitCode != 0)
        {
            yield break;
        }

        // Before what the file is there may be warnings, at lines of it.
        var kind = validated.Said.Split('\n').Last(line => line.StartsWith($"{file}: ", StringComparison.Ordinal))[(file.Length + 2)..].Split(' ')[0];
        var changed = kind switch
        {
            "protocol" => beside with { Protocol = file },
            "clinic" => beside with { Clinic = file },
            _ => beside with { Patient = file },
        };
        var inputs = changed.Options(withPatient: kind == "patient" || (kind == "protocol" && number % 3 == 0));
        string[] asked = [.. inputs, "--from", "2027-01-04", "--steps", "300", "--deviations", number % 5 == 0 ? "major" : "none"];
        var planned = Run("schedule", [.. asked, "--format", Formats[number % 4]]);
        yield return planned;
        if (planned.ExitCode == ExitCode.Done && Formats[number % 4] == "json")
        {
            var calendar = Path.Combine(folder.FullName, "planned.json");
            File.WriteAllText(calendar, planned.Said[Math.Max(0, planned.Said.IndexOf('{'))..]);
            yield return Run(number % 8 == 1 ? "places" : "why", ["--calendar", calendar, "--visit", VisitIn(planned.Said), .. inputs]);
        }

        if (planned.ExitCode == ExitCode.Infeasible && number % 8 == 0)
        {
            yield return Run("explain", asked);
        }

        if (number % 8 == 1)
        {
            yield return Run("starts", [.. asked, "--start-within", "14"]);
        }

        if (number % 3 == 1 && Motions.First(beside) is { } motion)
        {
            yield return Run("continue", GoingOn(motion, file, changed, amends: kind == "protocol" && number % 2 == 0));
        }

        if (number % 3 == 2 && Motions.First(beside) is { } first)
        {
            yield return Run("repair", first.Together(folder.FullName, course: changed));
        }

        if (kind == "protocol")
        {
            yield return Run("describe", [file, "--format", number % 2 == 0 ? "text" : "html"]);
            yield return Run("diff", [beside.Protocol, file, "--format", number % 2 == 0 ? "json" : "text"]);
        }
    }

    /// <summary>A visit that a calendar names, or one that it may not have.</summary>
    private static string VisitIn(string calendar) => VisitId().Match(calendar) is { Success: true } found ? found.Groups["id"].Value : "wet[2]";

    [GeneratedRegex("\"id\": \"(?<id>[^\"]*\\[[0-9]+\\])\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VisitId();

    /// <summary>A course goes on although one of its files is another: a protocol as a new version too.</summary>
    private string[] GoingOn(Motion motion, string file, Beside changed, bool amends)
    {
        if (!amends)
        {
            return motion.Options(folder.FullName, course: changed);
        }

        var version = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("version: ", StringComparison.Ordinal))?["version: ".Length..];
        return [.. (motion with { Events = $"{motion.Events}  - amended: {version ?? "1.0.0"}\n" }).Options(folder.FullName), "--amended", file];
    }

    public void Dispose() => folder.Delete(recursive: true);

    private TrialRun Run(string command, string[] args)
    {
        using var said = new StringWriter();
        thrown = "";
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var began = Environment.CpuUsage.TotalTime;
        var code = CommandLine.Run([command, .. args], said, said, new StoppedClock(), isTerminal: false, folder.FullName);
        return new(command, code, Environment.CpuUsage.TotalTime - began, GC.GetTotalAllocatedBytes(precise: true) - before, code == ExitCode.Defect ? $"{said}{thrown}" : said.ToString());
    }
}

/// <summary>A clock that does not go on, so that a file gives the same answer whenever it is read.</summary>
internal sealed class StoppedClock : IClock
{
    public Instant GetCurrentInstant() => Instant.FromUtc(2026, 11, 21, 12, 0);
}

/// <summary>What came of one command.</summary>
/// <param name="Command">The command.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Elapsed">How long a processor worked on it; what else the machine does is not in it, what compiling ahead would save is.</param>
/// <param name="Allocated">How many bytes it allocated: a measure of work that hardly differs between machines.</param>
/// <param name="Said">What it printed.</param>
internal sealed record TrialRun(string Command, int ExitCode, TimeSpan Elapsed, long Allocated, string Said)
{
    /// <summary>Whether it ended as the documentation says that such a command may, whatever is in its files.</summary>
    public bool IsDocumented => MayEnd(Command, ExitCode);

    /// <summary>Whether a command may end so.</summary>
    public static bool MayEnd(string command, int code) => code is Cli.ExitCode.Done or Cli.ExitCode.Mistakes || command switch
    {
        "continue" or "repair" => code is Cli.ExitCode.Infeasible or Cli.ExitCode.Unproved,
        "schedule" or "starts" or "explain" => code is Cli.ExitCode.Infeasible or Cli.ExitCode.Unproved or Cli.ExitCode.Usage,
        "check" => code is Cli.ExitCode.Broken or Cli.ExitCode.Usage,
        _ => false,
    };
}

/// <summary>A file that is made to hurt, and whole ones to read it with.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="Beside">The files that go with it.</param>
/// <param name="Type">What it is for.</param>
internal sealed record HostileFile(byte[] Bytes, Beside Beside, FileType Type = FileType.Yaml)
{
    /// <summary>The course that the file is a step of; null for none.</summary>
    public Motion? Motion { get; init; }

    /// <summary>Says which options it is run with, so that it is run with the same ones whenever it is repeated.</summary>
    public int Number { get; init; }
}
