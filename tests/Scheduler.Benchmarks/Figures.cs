using System.Text.Json;

namespace Scheduler.Benchmarks;

/// <summary>Something that was measured.</summary>
/// <param name="Name">What.</param>
/// <param name="Median">The median in milliseconds.</param>
/// <param name="P99">What 99 of 100 do not exceed, in milliseconds; null where only one number is known.</param>
/// <param name="Ratio">The median in terms of <see cref="Calibration"/> beside it.</param>
internal sealed record Figure(string Name, double Median, double? P99, double Ratio);

/// <summary>The figures that are kept in docs/performance.json, to see what became slower.</summary>
internal static class Figures
{
    /// <summary>Ratios that differ by less are what a busy machine does.</summary>
    private const double Noticeable = 1.3;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static string File => Repository.PathOf("docs/performance.json");

    /// <summary>Says what differs from the figures of the file, and puts these in the place of those with their names.</summary>
    public static void Keep(IReadOnlyList<Figure> seen)
    {
        var before = Read();
        foreach (var line in Compare(before, seen))
        {
            Console.WriteLine(line);
        }

        var kept = before.Where(b => !seen.Any(s => s.Name == b.Name)).Concat(seen.Select(Rounded)).OrderBy(f => f.Name, StringComparer.Ordinal);
        System.IO.File.WriteAllText(File, JsonSerializer.Serialize(kept, Format) + "\n");
        Console.WriteLine("The figures are in docs/performance.json.");
    }

    /// <summary>What became noticeably slower or faster in terms of the work beside it.</summary>
    public static IEnumerable<string> Compare(IReadOnlyList<Figure> before, IReadOnlyList<Figure> now)
    {
        var changed = from figure in now
                      join old in before on figure.Name equals old.Name
                      let factor = figure.Ratio / old.Ratio
                      where factor is >= Noticeable or <= 1 / Noticeable
                      orderby factor descending
                      select factor > 1
                          ? $"slower by {factor:0.0}: {figure.Name} ({old.Ratio:0.00} to {figure.Ratio:0.00} times the work beside it)"
                          : $"faster by {1 / factor:0.0}: {figure.Name} ({old.Ratio:0.00} to {figure.Ratio:0.00} times the work beside it)";
        var all = changed.ToList();
        return all.Count > 0 ? all : [$"Nothing differs by {Noticeable:0.0} or more from the figures of before."];
    }

    private static List<Figure> Read() => System.IO.File.Exists(File) ? JsonSerializer.Deserialize<List<Figure>>(System.IO.File.ReadAllText(File), Format)! : [];

    private static Figure Rounded(Figure figure) => new(figure.Name, Round(figure.Median), figure.P99 is { } p99 ? Round(p99) : null, Round(figure.Ratio));

    private static double Round(double number) => number == 0 ? 0 : Math.Round(number, Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 6));
}
