using Scheduler.Core.Planning;

namespace Scheduler.Benchmarks.Peers;

/// <summary>Prints what was seen.</summary>
internal static class PeersTable
{
    /// <summary>Prints a line for each load, verdict and protocol, and one for all.</summary>
    public static void Print(IReadOnlyList<Seen> seen)
    {
        Console.WriteLine("| courses | number | ours, with reasons, median | p99 | ours, verdict alone, median | p99 | CP-SAT, median | p99 | ratio, median | p99 | not finished | translation for Gecode, median | Gecode, median | p99 | ratio, median | finished | best found |");
        Console.WriteLine("| --- |" + string.Concat(Enumerable.Repeat(" ---: |", 16)));
        foreach (var load in Instances.Loads)
        {
            Line($"load {load} %", seen.Where(s => s.Instance.Load == load));
        }

        foreach (var protocol in Instances.Protocols)
        {
            Line(protocol, seen.Where(s => s.Instance.Request.Protocol.Id == protocol));
        }

        Line("placed", seen.Where(s => s.Best is not null));
        Line("no calendar", seen.Where(s => s.Outcome is Outcome.Infeasible));
        Line("all", seen);
    }

    private static void Line(string name, IEnumerable<Seen> these)
    {
        var all = these.ToList();
        if (all.Count == 0)
        {
            return;
        }

        Console.WriteLine(string.Join(
            " | ",
            $"| {name}",
            $"{all.Count}",
            Time(all, s => s.Seconds, 50),
            Time(all, s => s.Seconds, 99),
            Time(all, s => s.VerdictSeconds, 50),
            Time(all, s => s.VerdictSeconds, 99),
            Time(all, s => s.CpSat.Seconds, 50),
            Time(all, s => s.CpSat.Seconds, 99),
            $"{Percentile(all, s => s.CpSat.Seconds / s.VerdictSeconds, 50):0}",
            $"{Percentile(all, s => s.CpSat.Seconds / s.VerdictSeconds, 99):0}",
            $"{all.Count(s => s.CpSat.Verdict == PeerVerdict.Unfinished)}",
            Time(all, s => s.Gecode.TranslationSeconds, 50),
            Time(all, s => s.Gecode.Seconds, 50),
            Time(all, s => s.Gecode.Seconds, 99),
            $"{Percentile(all, s => s.Gecode.Seconds / s.VerdictSeconds, 50):0.0}",
            $"{all.Count(s => s.Gecode.Verdict != PeerVerdict.Unfinished)}",
            $"{all.Count(s => s.Best is { } best && s.Gecode.Terms.Length > 0 && CourseModel.CostOf(s.Gecode.Terms) == best)} |"));
    }

    private static string Time(List<Seen> seen, Func<Seen, double> seconds, int percent) => $"{1000 * Percentile(seen, seconds, percent):0.00} ms";

    private static double Percentile(List<Seen> seen, Func<Seen, double> of, int percent) =>
        seen.Select(of).Order().ElementAt(Math.Min(seen.Count - 1, (int)Math.Ceiling(seen.Count * percent / 100.0) - 1));
}
