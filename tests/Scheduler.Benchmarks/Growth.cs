using System.Diagnostics;
using Scheduler.Benchmarks.Peers;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;

namespace Scheduler.Benchmarks;

/// <summary>How cost grows: steps and time of one course with twice, four times and eight times the bookings, or days to start in.</summary>
internal static class Growth
{
    private const int Courses = 12;
    private const int Repeats = 9;
    private const int Weeks = 40;
    private static readonly int[] Factors = [1, 2, 4, 8];

    /// <summary>Measures, prints, draws docs/performance-growth.svg and keeps the figures.</summary>
    public static void Run()
    {
        var requests = Enumerable.Range(0, Courses).Select(Request).ToList();
        var bookings = Measure([.. Factors.Select(f => requests.ConvertAll(r => r with { Clinic = Cut(r.Clinic, f) }))]);
        var horizon = Measure([.. Factors.Select(f => requests.ConvertAll(r => r with { StartWithinDays = 28 * f }))]);
        Console.WriteLine("| | x1 | x2 | x4 | x8 |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        Print("bookings: steps", bookings.Select(c => $"{c.Steps / Courses}"));
        Print("bookings: time", bookings.Select(c => $"{c.Milliseconds / Courses:0.00} ms"));
        Print("days to start in: steps", horizon.Select(c => $"{c.Steps / Courses}"));
        Print("days to start in: time", horizon.Select(c => $"{c.Milliseconds / Courses:0.00} ms"));
        var lines = new[]
        {
            new GrowthLine("bookings, time", "#1b6ca8", false, Relative(bookings, c => c.Milliseconds)),
            new GrowthLine("bookings, steps", "#1b6ca8", true, Relative(bookings, c => c.Steps)),
            new GrowthLine("days to start in, time", "#b5532a", false, Relative(horizon, c => c.Milliseconds)),
            new GrowthLine("days to start in, steps", "#b5532a", true, Relative(horizon, c => c.Steps)),
        };
        File.WriteAllText(Repository.PathOf("docs/performance-growth.svg"), GrowthPicture.Draw(Factors, lines));
        foreach (var line in lines)
        {
            Console.WriteLine($"{line.Name}: x{line.Values[^1]:0.0} for x8, {(line.Values[^1] <= Factors[^1] ? "no faster than" : "faster than")} linearly");
        }

        var work = Calibration.Milliseconds();
        Figures.Keep([.. lines.Where(l => !l.IsSteps).Select(l => new Figure($"growth by {l.Name}, x8", l.Values[^1], null, l.Values[^1])), new("growth: one course, x1", bookings[0].Milliseconds / Courses, null, bookings[0].Milliseconds / Courses / work)]);
    }

    private static PlanningRequest Request(int number)
    {
        var chance = new Random(number);
        var protocol = Instances.Shipped("feder-2025-ketamine-wet");
        return Instances.Request(protocol, Instances.Clinic(protocol, 60, chance, Weeks), chance) with { Deviations = DeviationLimit.None };
    }

    /// <summary>
    /// The same time taken by so many times as many bookings: each is cut into pieces on the ticks. Those of nurses stay whole, since the starts of theirs must lie apart from others.
    /// </summary>
    private static Clinic Cut(Clinic clinic, int pieces) => clinic with
    {
        Bookings =
        [
            .. from booking in clinic.Bookings
               let count = booking.Use == Core.Use.Share ? 1 : pieces
               let bounds = Enumerable.Range(0, count + 1).Select(i => booking.Hours.From + (((booking.Hours.To - booking.Hours.From) * i / count) / 5 * 5)).Distinct().ToList()
               from piece in bounds.Zip(bounds.Skip(1))
               select booking with { Hours = new(piece.First, piece.Second) },
        ],
    };

    /// <summary>
    /// The steps and the least time of each group of requests. All take turns, so that what else the machine does falls on all alike, and the first turn, in which code is compiled, does not count.
    /// </summary>
    private static List<Cost> Measure(List<PlanningRequest>[] groups)
    {
        var least = Array.ConvertAll(groups, g => Array.ConvertAll(g.ToArray(), _ => double.MaxValue));
        var steps = new long[groups.Length];
        for (var turn = 0; turn <= Repeats; turn++)
        {
            for (var g = 0; g < groups.Length; g++)
            {
                GC.Collect();
                steps[g] = 0;
                for (var r = 0; r < groups[g].Count; r++)
                {
                    var before = Stopwatch.GetTimestamp();
                    steps[g] += Planner.Plan(groups[g][r]).Steps;
                    var time = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
                    least[g][r] = turn == 0 ? double.MaxValue : Math.Min(least[g][r], time);
                }
            }
        }

        return [.. steps.Zip(least).Select(p => new Cost(p.First, p.Second.Sum()))];
    }

    private static double[] Relative(List<Cost> costs, Func<Cost, double> of) => [.. costs.Select(c => of(c) / of(costs[0]))];

    private static void Print(string name, IEnumerable<string> cells) => Console.WriteLine($"| {name} | {string.Join(" | ", cells)} |");

    private sealed record Cost(long Steps, double Milliseconds);
}
