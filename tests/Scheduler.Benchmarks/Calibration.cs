using System.Diagnostics;
using System.Numerics;

namespace Scheduler.Benchmarks;

/// <summary>
/// Work that never changes, run beside what is measured: how long that takes in terms of this differs less between machines, and between a busy hour and a quiet one,
/// than its time does.
/// </summary>
internal static class Calibration
{
    /// <summary>How long the work takes now, in milliseconds: the median of some runs.</summary>
    public static double Milliseconds()
    {
        var times = new double[9];
        for (var i = 0; i < times.Length; i++)
        {
            var before = Stopwatch.GetTimestamp();
            Work();
            times[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        }

        return times.Order().ElementAt(times.Length / 2);
    }

    /// <summary>Words shifted, combined and counted, and small objects made and sorted: what a search does, some tenths of a millisecond of it.</summary>
    public static int Work()
    {
        var (bits, found) = (0x9E3779B97F4A7C15UL, 0);
        var kept = new List<(ulong Bits, int[] Of)>();
        for (var i = 0; i < 40_000; i++)
        {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            found += BitOperations.PopCount(bits & (bits >> 3) & (bits >> 6));
            if (i % 16 == 0)
            {
                kept.Add((bits, new int[16]));
            }
        }

        kept.Sort((a, b) => a.Bits.CompareTo(b.Bits));
        return found + kept.Count;
    }
}
