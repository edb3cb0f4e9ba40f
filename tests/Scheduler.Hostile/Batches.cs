using System.Diagnostics;
using System.Globalization;

namespace Scheduler.Hostile;

/// <summary>
/// Runs many files in processes of their own, a thousand to a process. Where a file ends its process, or keeps it busy, that is noted and the next process goes on
/// behind it.
/// </summary>
internal sealed class Batches(Report report)
{
    /// <summary>The word that asks for one batch.</summary>
    public const string Verb = "batch";

    private const int FilesOfAProcess = 1_000;

    /// <summary>No file may keep a processor busy that long.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs so many files, from a seed on.</summary>
    public void Run(int first, int count)
    {
        for (var next = first; next < first + count;)
        {
            next = RunOne(next, Math.Min(FilesOfAProcess, first + count - next));
        }
    }

    /// <summary>Runs a batch; answers the seed to go on with.</summary>
    private int RunOne(int first, int count)
    {
        string[] args = [typeof(Batches).Assembly.Location, Verb, count.ToString(CultureInfo.InvariantCulture), first.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, args) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var (current, busySince) = (first, TimeSpan.Zero);
        var reading = process.StandardOutput.ReadLineAsync();
        while (true)
        {
            if (!reading.Wait(TimeSpan.FromSeconds(1)))
            {
                if (process.TotalProcessorTime - busySince > Longest)
                {
                    process.Kill();
                }

                continue;
            }

            if (reading.Result is not { } line)
            {
                break;
            }

            report.Take(line);
            if (line.StartsWith(Report.Begin, StringComparison.Ordinal))
            {
                current = int.Parse(line[Report.Begin.Length..], CultureInfo.InvariantCulture);
                busySince = process.HasExited ? busySince : process.TotalProcessorTime;
            }

            reading = process.StandardOutput.ReadLineAsync();
        }

        process.WaitForExit();
        if (process.ExitCode == 0)
        {
            return first + count;
        }

        report.Died(current.ToString(CultureInfo.InvariantCulture), $"exit code {process.ExitCode}");
        return current + 1;
    }
}
