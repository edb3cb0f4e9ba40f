using System.Diagnostics;

namespace Scheduler.Cli.Tests;

/// <summary>
/// Spoilt files, and the largest that the limits let through, run through the command line in a process of their own, so that even what
/// no handler catches is seen. <c>./build.sh hostile 100000</c> runs many more and says how long they take; here work is counted, not timed.
/// </summary>
public sealed class HostileFilesTests
{
    /// <summary>Megabytes that one command may allocate: ten times what the largest original needs.</summary>
    private const int MostMegabytes = 800;

    [Fact]
    public void Six_hundred_spoilt_files_end_as_documented()
    {
        var runs = Check("600");

        // What is spoilt only a little goes on; if none did, the originals would not be what they should.
        Assert.All((string[])["0", "1", "3"], code => Assert.Contains(runs, r => r[2] == "continue" && r[3] == code));
    }

    [Fact]
    public void The_largest_files_end_as_documented() => Check("giants");

    private static List<string[]> Check(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Scheduler.Hostile.dll"), .. args]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();

        var last = said.LastOrDefault(l => l.StartsWith("begin ", StringComparison.Ordinal));
        Assert.True(process.ExitCode == 0, $"The process ended with {process.ExitCode}; the last file was '{last}'.\n{string.Join('\n', said.TakeLast(40))}");
        var runs = said.Where(l => l.StartsWith("end ", StringComparison.Ordinal)).Select(l => l.Split(' ')).ToList();
        Assert.Contains(runs, r => r[2] == "schedule" && r[3] == "0");
        Assert.Contains(runs, r => r[2] == "validate" && r[3] == "1");
        Assert.All(runs, r => Assert.True(int.Parse(r[4]) <= MostMegabytes, string.Join(' ', r)));
        return runs;
    }
}
