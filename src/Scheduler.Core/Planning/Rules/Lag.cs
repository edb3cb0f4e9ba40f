using NodaTime;

namespace Scheduler.Core.Planning.Rules;

/// <summary>What the date of one visit allows for the date of another.</summary>
/// <param name="Dates">For a date of the first visit, the first and the last date of the second; null where there is no bound.</param>
/// <param name="Least">The fewest days from the first visit to the second that any date leaves; null for no bound.</param>
/// <param name="Most">The most days; null for no bound.</param>
/// <param name="Back">The most days from the second visit back to the first that count for the horizon (docs/planning.md, "Horizon"); null where none do.</param>
internal sealed record Lag(Func<LocalDate, (LocalDate? From, LocalDate? To)> Dates, int? Least, int? Most, int? Back = null)
{
    /// <summary>From so many days to so many days later.</summary>
    public static Lag OfDays(int? least, int? most) =>
        new(date => (least is { } l ? date.PlusDays(l) : null, most is { } m ? date.PlusDays(m) : null), least, most);

    /// <summary>In the calendar week that is so many weeks later.</summary>
    public static Lag OfCalendarWeeks(int weeks) => new(
        date =>
        {
            var monday = date.PlusDays(1 - (int)date.DayOfWeek).PlusWeeks(weeks);
            return (monday, monday.PlusDays(6));
        },
        Least: null,
        (7 * weeks) + 6);

    /// <summary>At least one period and at most another later, counted in dates.</summary>
    public static Lag OfPeriods(Period? least, Period? most) => new(
        date => (least is null ? date : date + least, most is null ? null : date + most),
        least is null ? 0 : FewestDays(least),
        most is null ? null : MostDays(most),
        Back: 0);

    /// <summary>The days of a period where every month is as long as months can be.</summary>
    public static int MostDays(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    /// <summary>The days of a period where every month is as short as months can be.</summary>
    public static int FewestDays(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);
}
