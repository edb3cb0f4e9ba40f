namespace Scheduler.Hostile;

/// <summary>
/// One line for each run of a file, and what was seen in all. The name of a file is written before its first run, so that it is
/// known even if the process ends in it.
/// </summary>
internal sealed class Report(TextWriter output)
{
    private const int Shown = 8;

    private readonly List<(string Name, TrialRun Run)> runs = [];

    public void Add(string name, IEnumerable<TrialRun> of)
    {
        output.WriteLine($"begin {name}");
        output.Flush();
        foreach (var run in of)
        {
            runs.Add((name, run));
            output.WriteLine($"end {name} {run.Command} {run.ExitCode} {run.Allocated / 1_000_000} MB {run.Elapsed.TotalMilliseconds:0.0} ms");
            if (!run.IsDocumented)
            {
                output.WriteLine(run.Said);
            }

            output.Flush();
        }
    }

    /// <summary>Prints what was seen; returns 1 if a run ended as none should.</summary>
    public int Close()
    {
        foreach (var ended in runs.GroupBy(r => (r.Run.Command, r.Run.ExitCode)).OrderBy(g => g.Key))
        {
            output.WriteLine($"{ended.Key.Command} ended {ended.Count()} times with {ended.Key.ExitCode}");
        }

        Top("slowest", r => r.Elapsed.TotalMilliseconds, "ms");
        Top("most memory", r => r.Allocated / 1e6, "MB");
        var bad = runs.Where(r => !r.Run.IsDocumented).ToList();
        output.WriteLine($"{runs.Select(r => r.Name).Distinct().Count()} files, {bad.Count} ended as none should{string.Concat(bad.Take(20).Select(b => $" {b.Name}"))}");
        return bad.Count == 0 ? 0 : 1;
    }

    private void Top(string what, Func<TrialRun, double> of, string unit) =>
        output.WriteLine($"{what}: {string.Join(", ", runs.OrderByDescending(r => of(r.Run)).Take(Shown).Select(r => $"{of(r.Run):0} {unit} ({r.Run.Command} {r.Name})"))}");
}
