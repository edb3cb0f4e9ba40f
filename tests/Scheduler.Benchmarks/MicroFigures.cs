using BenchmarkDotNet.Reports;

namespace Scheduler.Benchmarks;

/// <summary>Keeps what BenchmarkDotNet measured among the other figures.</summary>
internal static class MicroFigures
{
    /// <summary>Keeps the medians of all benchmarks that ran.</summary>
    public static void Keep(IEnumerable<Summary> summaries)
    {
        var work = Calibration.Milliseconds();
        var figures = from summary in summaries
                      from report in summary.Reports
                      let seen = report.ResultStatistics
                      where seen is not null
                      let median = seen.Median / 1_000_000
                      select new Figure($"{report.BenchmarkCase.Descriptor.Type.Name}.{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}", median, null, median / work);
        if (figures.ToList() is { Count: > 0 } all)
        {
            Figures.Keep(all);
        }
    }
}
