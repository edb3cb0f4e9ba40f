using System.Numerics;

namespace Scheduler.Core.Planning.Search;

/// <summary>What the day of one visit allows for the day of another: from each day of the first, an interval of days of the second.</summary>
internal abstract class DayIntervals
{
    private DayIntervals()
    {
    }

    /// <summary>Adds to <paramref name="reached"/> the days of the second visit that some day of the first allows.</summary>
    public abstract void Reach(ReadOnlySpan<ulong> firstDays, Span<ulong> reached);

    /// <summary>Adds to <paramref name="reached"/> the days of the first visit that some day of the second allows.</summary>
    public abstract void ReachBack(ReadOnlySpan<ulong> secondDays, Span<ulong> reached);

    /// <summary>From so many to so many days later, whatever the date.</summary>
    /// <param name="least">The fewest days.</param>
    /// <param name="most">The most days.</param>
    public sealed class Shifted(int least, int most) : DayIntervals
    {
        /// <inheritdoc/>
        public override void Reach(ReadOnlySpan<ulong> firstDays, Span<ulong> reached) => DaySet.AddShifted(reached, firstDays, least, most);

        /// <inheritdoc/>
        public override void ReachBack(ReadOnlySpan<ulong> secondDays, Span<ulong> reached) => DaySet.AddShifted(reached, secondDays, -most, -least);
    }

    /// <summary>
    /// An interval for each day. Mostly its ends never go back as the first day goes on: lags in calendar weeks and months have this form. Only closures may turn it
    /// round, where a course that begins a day earlier runs into them; then more days may be reached from several days than from each of them, never fewer.
    /// </summary>
    public sealed class Tabled : DayIntervals
    {
        private readonly int[] from;
        private readonly int[] to;
        private readonly int[] fromBack;
        private readonly int[] toBack;

        /// <summary>Works the intervals out.</summary>
        /// <param name="days">Days of the horizon.</param>
        /// <param name="interval">For a day of the first visit, the first and the last day of the second; may lie outside the horizon.</param>
        public Tabled(int days, Func<int, (int From, int To)> interval)
        {
            (from, to) = (new int[days], new int[days]);
            (fromBack, toBack) = (new int[days], new int[days]);
            for (var day = 0; day < days; day++)
            {
                var (low, high) = interval(day);
                (from[day], to[day]) = (Math.Clamp(low, 0, days), Math.Clamp(high, -1, days - 1));
            }

            if (Enumerable.Range(1, Math.Max(0, days - 1)).Any(day => from[day] < from[day - 1] || to[day] < to[day - 1]))
            {
                SpanBack(days);
                return;
            }

            // A day of the second visit is allowed by an interval of days of the first, since both ends only go forward.
            for (int day = 0, low = 0, high = 0; day < days; day++)
            {
                while (high < days && from[high] <= day)
                {
                    high++;
                }

                while (low < days && to[low] < day)
                {
                    low++;
                }

                (fromBack[day], toBack[day]) = (low, high - 1);
            }
        }

        /// <summary>For each day of the second visit, the days from the first to the last of the first visit that allow it.</summary>
        private void SpanBack(int days)
        {
            Array.Fill(fromBack, days);
            Array.Fill(toBack, -1);
            for (var first = 0; first < days; first++)
            {
                for (var day = from[first]; day <= to[first]; day++)
                {
                    (fromBack[day], toBack[day]) = (Math.Min(fromBack[day], first), Math.Max(toBack[day], first));
                }
            }
        }

        /// <inheritdoc/>
        public override void Reach(ReadOnlySpan<ulong> firstDays, Span<ulong> reached) => Spread(firstDays, reached, from, to);

        /// <inheritdoc/>
        public override void ReachBack(ReadOnlySpan<ulong> secondDays, Span<ulong> reached) => Spread(secondDays, reached, fromBack, toBack);

        private static void Spread(ReadOnlySpan<ulong> days, Span<ulong> reached, int[] from, int[] to)
        {
            var (low, high) = (0, -1);
            for (var i = 0; i < days.Length; i++)
            {
                for (var left = days[i]; left != 0; left &= left - 1)
                {
                    var day = (i << 6) + BitOperations.TrailingZeroCount(left);
                    var (first, last) = (from[day], to[day]);
                    if (first > last)
                    {
                        continue;
                    }

                    if (high >= low && first <= high + 1)
                    {
                        (low, high) = (Math.Min(low, first), Math.Max(high, last));
                        continue;
                    }

                    DaySet.AddRange(reached, low, high);
                    (low, high) = (first, last);
                }
            }

            DaySet.AddRange(reached, low, high);
        }
    }
}

/// <summary>Two visits whose days are tied.</summary>
/// <param name="First">The index of the first visit.</param>
/// <param name="Second">The index of the second visit.</param>
/// <param name="Days">What the day of the first allows for the day of the second.</param>
internal readonly record struct DayRelation(int First, int Second, DayIntervals Days);
