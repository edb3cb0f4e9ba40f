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

    public Trial() => AppDomain.CurrentDomain.FirstChanceException += (_, e) => thrown = e.Exception.GetType().Name is "Refused" or "InputMistake" ? thrown : e.Exception.ToString();

    /// <summary>Validates the file; where it is valid, places a course with it.</summary>
    public IEnumerable<TrialRun> Run(HostileFile hostile)
    {
        var file = Path.Combine(folder.FullName, "hostile.yaml");
        File.WriteAllBytes(file, hostile.Bytes);
        number++;
        var validated = Run("validate", [file]);
        yield return validated;
        if (validated.ExitCode != 0)
        {
            yield break;
        }

        var kind = validated.Said.Split(": ", 2)[1].Split(' ')[0];
        var (protocol, clinic, patient) = hostile.Beside;
        string[] inputs = kind switch
        {
            "protocol" => ["--protocol", file, "--clinic", clinic, .. (number % 3 == 0 ? new[] { "--patient", patient } : [])],
            "clinic" => ["--protocol", protocol, "--clinic", file],
            _ => ["--protocol", protocol, "--clinic", clinic, "--patient", file],
        };
        yield return Run("schedule", [.. inputs, "--from", "2027-01-04", "--steps", "300", "--format", Formats[number % 4], "--deviations", number % 5 == 0 ? "major" : "none"]);
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

    private sealed class StoppedClock : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2026, 11, 21, 12, 0);
    }
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
    public static bool MayEnd(string command, int code) => command == "validate"
        ? code is Cli.ExitCode.Done or Cli.ExitCode.Mistakes
        : code is Cli.ExitCode.Done or Cli.ExitCode.Mistakes or Cli.ExitCode.Infeasible or Cli.ExitCode.Unproved;
}

/// <summary>A file that is made to hurt, and whole ones to read it with.</summary>
/// <param name="Bytes">What is in it.</param>
/// <param name="Beside">The files of a protocol, a clinic and a patient that go with it.</param>
internal sealed record HostileFile(byte[] Bytes, (string Protocol, string Clinic, string Patient) Beside);
