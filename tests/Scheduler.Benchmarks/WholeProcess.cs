using System.Diagnostics;
using BenchmarkDotNet.Attributes;

namespace Scheduler.Benchmarks;

/// <summary>
/// The published command line as its user meets it, from the start of the process to its end: placing a course beside doing nothing
/// but saying which version it is.
/// </summary>
public class WholeProcess
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"scheduler-published-{Environment.ProcessId}");

    private static readonly string[] Schedule =
    [
        "schedule",
        "--protocol", Repository.PathOf("protocols/feder-2025-ketamine-wet.yaml"),
        "--clinic", Repository.PathOf("protocols/samples/clinic-busy.yaml"),
        "--patient", Repository.PathOf("protocols/samples/patient-any.yaml"),
        "--from", "2027-01-04",
    ];

    [GlobalSetup]
    public void Publish() => Run(
        "dotnet",
        ["publish", Repository.PathOf("src/Scheduler.Cli"), "--configuration", "Release", "--use-current-runtime", "--self-contained", "false", "--output", folder]);

    [GlobalCleanup]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Benchmark(Baseline = true)]
    public void SayVersion() => Run(Path.Combine(folder, "scheduler"), ["--version"]);

    [Benchmark]
    public void PlaceInBusyClinic() => Run(Path.Combine(folder, "scheduler"), Schedule);

    /// <summary>Prints the most memory that the published process held, in MB.</summary>
    public static void PrintMemory()
    {
        var whole = new WholeProcess();
        whole.Publish();
        var most = Enumerable.Range(0, 5).Max(_ => Run(Path.Combine(whole.folder, "scheduler"), Schedule));
        Console.WriteLine($"the published command line held {most / 1_000_000} MB at most");
        whole.Remove();
    }

    private static long Run(string file, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{file} did not start.");
        var most = 0L;
        var output = process.StandardOutput.ReadToEndAsync();
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(1)))
        {
            most = Math.Max(most, PeakOf(process));
        }

        output.Wait();
        return process.ExitCode == 0 ? most : throw new InvalidOperationException($"{file} ended with {process.ExitCode}: {output.Result}");
    }

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the answer.
            return 0;
        }
    }
}
