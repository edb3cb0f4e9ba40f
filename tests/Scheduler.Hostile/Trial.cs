using NodaTime;
using Scheduler.Cli;

namespace Scheduler.Hostile;

/// <summary>Runs the command line on a file, in this process, as its user would.</summary>
internal sealed class Trial : IDisposable
{
    private static readonly string[] Formats = ["table", "json", "ics", "csv"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("scheduler-hostile-");

    private string thrown = "";
    private int number;

    public Trial() => AppDomain.CurrentDomain.FirstChanceException += (_, e) => thrown = e.Exception.GetType().Name is "Refused" or "InputMistake" ? thrown : $"{e.Exception}\n{Environment.StackTrace}";

    /// <summary>Runs each command that reads such a file, as far as it can go on.</summary>
    public IEnumerable<TrialRun> Run(HostileFile hostile)
    {
        number++;
        var file = Path.Combine(folder.FullName, hostile.Type == FileType.Yaml ? "hostile.yaml" : "hostile.json");
        File.WriteAllBytes(file, hostile.Bytes);
        return hostile.Type switch
        {
            FileType.Calendar => [Run("check", [file, .. hostile.Beside.Options(withPatient: number % 3 > 0), "--proposal", number % 5 == 0 ? "2" : "1"])],
            FileType.Settings => [Run("schedule", ["--settings", file, "--from", "2027-01-04", "--steps", "300"])],
            _ => OfYaml(file, hostile.Beside),
        };
    }

    /// <summary>Validates the file; where it is valid, places a course with it, and where it is a protocol, describes it and says what is new in it.</summary>
    private IEnumerable<TrialRun> OfYaml(string file, Beside beside)
    {
        var validated = Run("validate", [file]);
        yield return validated;
        if (validated.ExitCode != 0)
        {
            yield break;
        }

        // Before what the file is there may be warnings, at lines of it.
        var kind = validated.Said.Split('\n').Last(line => line.StartsWith($"{file}: ", StringComparison.Ordinal))[(file.Length + 2)..].Split(' ')[0];
        string[] inputs = kind switch
        {
            "protocol" => (beside with { Protocol = file }).Options(withPatient: number % 3 == 0),
            "clinic" => (beside with { Clinic = file }).Options(withPatient: false),
            _ => (beside with { Patient = file }).Options(withPatient: true),
        };
        yield return Run("schedule", [.. inputs, "--from", "2027-01-04", "--steps", "300", "--format", Formats[number % 4], "--deviations", number % 5 == 0 ? "major" : "none"]);
        if (kind == "protocol")
        {
            yield return Run("describe", [file, "--format", number % 2 == 0 ? "text" : "html"]);
            yield return Run("diff", [beside.Protocol, file, "--format", number % 2 == 0 ? "json" : "text"]);
        }
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
        "schedule" => code is Cli.ExitCode.Infeasible or Cli.ExitCode.Unproved or Cli.ExitCode.Usage,
        "check" => code is Cli.ExitCode.Broken or Cli.ExitCode.Usage,
        _ => false,
    };
}

/// <summary>A file that is made to hurt, and whole ones to read it with.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="Beside">The files that go with it.</param>
/// <param name="Type">What it is for.</param>
internal sealed record HostileFile(byte[] Bytes, Beside Beside, FileType Type = FileType.Yaml);
