using System.Globalization;

namespace Scheduler.Hostile;

/// <summary>
/// One line for each run of a file, and what was seen in all. The name of a file is written before its first run, so that it is
/// known even if the process ends in it.
/// </summary>
internal sealed class Report(TextWriter output)
{
    /// <summary>How the line begins that says that a file is being run.</summary>
    public const string Begin = "begin ";

    private const string End = "end ";
    private const int Shown = 8;

    private readonly List<Seen> runs = [];
    private readonly List<string> bad = [];

    /// <summary>Runs a file and says what came of it.</summary>
    public void Add(string name, IEnumerable<TrialRun> of)
    {
        Say($"{Begin}{name}");
        foreach (var run in of)
        {
            Take(string.Create(CultureInfo.InvariantCulture, $"{End}{name} {run.Command} {run.ExitCode} {run.Allocated / 1_000_000} MB {run.Elapsed.TotalMilliseconds:0.0} ms"));
            if (!run.IsDocumented)
            {
                bad.Add(name);
                Say(run.Said);
            }
        }
    }

    /// <summary>Passes on a line, and counts the run that it tells of.</summary>
    public void Take(string line)
    {
        Say(line);
        if (line.StartsWith(End, StringComparison.Ordinal) && line.Split(' ') is [_, var name, var command, var code, var allocated, "MB", var elapsed, "ms"])
        {
            var run = new Seen(name, command, int.Parse(code, CultureInfo.InvariantCulture), double.Parse(allocated, CultureInfo.InvariantCulture), double.Parse(elapsed, CultureInfo.InvariantCulture));
            runs.Add(run);
            if (!TrialRun.MayEnd(run.Command, run.ExitCode))
            {
                bad.Add(name);
            }
        }
    }

    /// <summary>Notes that a file ended its process.</summary>
    public void Died(string name, string how)
    {
        Say($"{name} ended its process: {how}");
        bad.Add(name);
    }

    /// <summary>Prints what was seen; returns 1 if a run ended as none should.</summary>
    public int Close()
    {
        foreach (var ended in runs.GroupBy(r => (r.Command, r.ExitCode)).OrderBy(g => g.Key))
        {
            Say($"{ended.Key.Command} ended {ended.Count()} times with {ended.Key.ExitCode}");
        }

        Top("slowest", r => r.Milliseconds, "ms");
        Top("most memory", r => r.Megabytes, "MB");
        var names = bad.Distinct().ToList();
        Say($"{runs.Select(r => r.Name).Concat(names).Distinct().Count()} files, {names.Count} ended as none should{string.Concat(names.Take(20).Select(b => $" {b}"))}");
        return names.Count == 0 ? 0 : 1;
    }

    private void Top(string what, Func<Seen, double> of, string unit) =>
        Say($"{what}: {string.Join(", ", runs.OrderByDescending(of).Take(Shown).Select(r => $"{of(r):0} {unit} ({r.Command} {r.Name})"))}");

    private void Say(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }

    private sealed record Seen(string Name, string Command, int ExitCode, double Megabytes, double Milliseconds);
}
