using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Scheduler.Benchmarks.Peers;

/// <summary>What a solver says of a model.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Terms">The terms of the best calendar that it found; empty where it found none.</param>
/// <param name="Seconds">The solver's own time, without reading the model.</param>
internal sealed record PeerAnswer(PeerVerdict Verdict, long[] Terms, double Seconds)
{
    /// <summary>What went before, in which a model's domains are narrowed too: MiniZinc's translation for Gecode.</summary>
    public double TranslationSeconds { get; init; }
}

/// <summary>How a solver ended.</summary>
internal enum PeerVerdict
{
    /// <summary>The best, proved.</summary>
    Optimal,

    /// <summary>There is none, proved.</summary>
    Infeasible,

    /// <summary>Its time was over; what it found, if anything, need not be the best.</summary>
    Unfinished,
}

/// <summary>CP-SAT, compiled to WebAssembly, as a process that answers one model after the other.</summary>
internal sealed class CpSat : IDisposable
{
    private readonly Process process;

    /// <summary>Starts it.</summary>
    /// <param name="seconds">The longest time for a model.</param>
    public CpSat(int seconds)
    {
        var folder = Repository.PathOf("tests/Scheduler.Benchmarks/Peers");
        process = Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, "cp-sat.mjs"), seconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        }) ?? throw new InvalidOperationException("Node.js did not start.");
    }

    /// <summary>Solves a model.</summary>
    public PeerAnswer Solve(ConstraintModel model, int[] terms)
    {
        process.StandardInput.WriteLine(CpSatText.Of(model));
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("CP-SAT's process ended.");
        using var answer = JsonDocument.Parse(line);
        var status = answer.RootElement.GetProperty("status").GetString();
        var solution = answer.RootElement.GetProperty("solution").EnumerateArray().Select(v => v.GetInt64()).ToArray();
        var verdict = status switch
        {
            "OPTIMAL" => PeerVerdict.Optimal,
            "INFEASIBLE" => PeerVerdict.Infeasible,
            "FEASIBLE" or "UNKNOWN" => PeerVerdict.Unfinished,
            _ => throw new InvalidOperationException($"CP-SAT says {status}."),
        };
        return new(verdict, solution.Length == 0 ? [] : [.. terms.Select(t => solution[t])], answer.RootElement.GetProperty("seconds").GetDouble());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}

/// <summary>Gecode by way of MiniZinc, a process for each model.</summary>
internal static class Gecode
{
    /// <summary>Solves a model within some seconds.</summary>
    public static PeerAnswer Solve(ConstraintModel model, int seconds)
    {
        var file = Path.Combine(Path.GetTempPath(), $"course-{Environment.ProcessId}.mzn");
        File.WriteAllText(file, MiniZincText.Of(model));
        using var process = Process.Start(new ProcessStartInfo("minizinc", ["--solver", "gecode", "--statistics", "--all-solutions", "--solver-time-limit", $"{seconds * 1000}", file])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("minizinc did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        File.Delete(file);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"minizinc ended with {process.ExitCode}: {errors.Result}");
        }

        var best = lines.LastOrDefault(l => l.Length > 0 && (char.IsAsciiDigit(l[0]) || l[0] == '-') && l.All(c => char.IsAsciiDigit(c) || c is ' ' or '-') && l.Any(char.IsAsciiDigit));
        var verdict = lines.Contains("==========") ? PeerVerdict.Optimal : lines.Contains("=====UNSATISFIABLE=====") ? PeerVerdict.Infeasible : PeerVerdict.Unfinished;
        return new(verdict, best is null ? [] : [.. best.Split(' ').Select(t => long.Parse(t, CultureInfo.InvariantCulture))], Statistic("initTime") + Statistic("solveTime"))
        {
            TranslationSeconds = Statistic("flatTime"),
        };

        double Statistic(string name) =>
            lines.Select(l => l.Split('=')).Where(p => p is [var key, _] && key == $"%%%mzn-stat: {name}").Select(p => double.Parse(p[1], CultureInfo.InvariantCulture)).LastOrDefault();
    }
}
