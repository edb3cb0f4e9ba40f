using NodaTime;

namespace Scheduler.Core.Planning.Rules;

/// <summary>What the date of one visit allows for the date of another. Equal lags allow the same, so that they are worked out once.</summary>
/// <param name="Least">The fewest days from the first visit to the second that any date leaves; null for no bound.</param>
/// <param name="Most">The most days; null for no bound.</param>
/// <param name="Back">The most days from the second visit back to the first that count for the horizon (docs/planning.md, "Horizon"); null where none do.</param>
internal abstract record Lag(int? Least, int? Most, int? Back)
{
    /// <summary>No bound, where <see cref="Interval"/> has none on that side.</summary>
    private const int Unbounded = 1_000_000;

    /// <summary>For a day of the first visit and its date, the first and the last day of the second.</summary>
    public abstract (int From, int To) Interval(int day, LocalDate date);

    /// <summary>The fewest and the most days where they are the same from each date, <see cref="Unbounded"/> for no bound; null where dates matter.</summary>
    public virtual (int Least, int Most)? Constant => null;

    /// <summary>From so many days to so many days later.</summary>
    public sealed record OfDays(int? Least, int? Most, int? Back = null) : Lag(Least, Most, Back)
    {
        /// <inheritdoc/>
        public override (int Least, int Most)? Constant => (Least ?? -Unbounded, Most ?? Unbounded);

        /// <inheritdoc/>
        public override (int From, int To) Interval(int day, LocalDate date) => (day + (Least ?? -Unbounded), day + (Most ?? Unbounded));
    }

    /// <summary>In the calendar weeks, Monday to Sunday, that are so many to so many weeks later.</summary>
    public sealed record OfCalendarWeeks(int First, int Last) : Lag(Least: null, (7 * Last) + 6, Back: null)
    {
        /// <inheritdoc/>
        public override (int From, int To) Interval(int day, LocalDate date)
        {
            var monday = day + 1 - (int)date.DayOfWeek;
            return (monday + (7 * First), monday + (7 * Last) + 6);
        }
    }

    /// <summary>In the weeks into which the clinic's closures put a day of a series.</summary>
    /// <param name="Weeks">The weeks.</param>
    /// <param name="Day">The day of the series, from 0.</param>
    public sealed record OfOpenWeeks(OpenWeeks Weeks, int Day) : Lag(Least: null, Weeks.MostDays(Day), Back: null)
    {
        /// <inheritdoc/>
        public override (int From, int To) Interval(int day, LocalDate date)
        {
            var (begin, (first, last)) = (day + Period.DaysBetween(date, Weeks.BeginOf(date)), Weeks.WeeksOf(Day, date));
            return (begin + (7 * first), begin + (7 * last) + 6);
        }
    }

    /// <summary>So many to so many elapsed minutes later, from some moment of one day to some moment of the other.</summary>
    /// <param name="LeastMinutes">The fewest minutes.</param>
    /// <param name="MostMinutes">The most minutes.</param>
    public sealed record OfMinutes(int LeastMinutes, int MostMinutes)
        : Lag(Days(LeastMinutes - ClockChange), Days(MostMinutes + ClockChange) + 1, Back: -Days(LeastMinutes - ClockChange))
    {
        /// <summary>The most minutes by which elapsed and wall time differ because clocks change in between.</summary>
        private const int ClockChange = 180;

        /// <inheritdoc/>
        public override (int Least, int Most)? Constant => (Least!.Value, Most!.Value);

        /// <inheritdoc/>
        public override (int From, int To) Interval(int day, LocalDate date) => (day + Least!.Value, day + Most!.Value);

        private static int Days(int minutes) => (int)Math.Floor(minutes / (double)NodaConstants.MinutesPerDay);
    }

    /// <summary>At least one period and at most another later, counted in dates.</summary>
    public sealed record OfPeriods(Period? AtLeast, Period? AtMost)
        : Lag(AtLeast is null ? 0 : FewestDays(AtLeast), AtMost is null ? null : MostDays(AtMost), Back: 0)
    {
        /// <inheritdoc/>
        public override (int Least, int Most)? Constant => (AtLeast, AtMost) is ({ Months: not 0 }, _) or (_, { Months: not 0 })
            ? null
            : (AtLeast is null ? 0 : MostDays(AtLeast), AtMost is null ? Unbounded : MostDays(AtMost));

        /// <inheritdoc/>
        public override (int From, int To) Interval(int day, LocalDate date) =>
            (day + (AtLeast is null ? 0 : DaysOf(AtLeast, date)), day + (AtMost is null ? Unbounded : DaysOf(AtMost, date)));
    }

    /// <summary>On a date before that of the first visit and a period.</summary>
    public sealed record Within(Period Period) : Lag(Least: null, MostDays(Period) - 1, Back: null)
    {
        /// <inheritdoc/>
        public override (int Least, int Most)? Constant => Period.Months == 0 ? (-Unbounded, MostDays(Period) - 1) : null;

        /// <inheritdoc/>
        public override (int From, int To) Interval(int day, LocalDate date) => (-Unbounded, day + DaysOf(Period, date) - 1);
    }

    /// <summary>Some days around the date that lies a period later.</summary>
    public sealed record Around(Period Target, Protocols.Leeway Leeway)
        : Lag(FewestDays(Target) + Leeway.From, MostDays(Target) + Leeway.To, Back: -(FewestDays(Target) + Leeway.From))
    {
        /// <inheritdoc/>
        public override (int Least, int Most)? Constant => Target.Months == 0 ? (MostDays(Target) + Leeway.From, MostDays(Target) + Leeway.To) : null;

        /// <inheritdoc/>
        public override (int From, int To) Interval(int day, LocalDate date)
        {
            var target = day + DaysOf(Target, date);
            return (target + Leeway.From, target + Leeway.To);
        }
    }

    /// <summary>The days of a period where every month is as long as months can be.</summary>
    public static int MostDays(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    /// <summary>The days of a period where every month is as short as months can be.</summary>
    public static int FewestDays(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);

    private static int DaysOf(Period period, LocalDate from) =>
        period.Months == 0 ? period.Days + (7 * period.Weeks) : Period.DaysBetween(from, from + period);
}
