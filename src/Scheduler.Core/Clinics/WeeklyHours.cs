using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Clinics;

/// <summary>Which of two alternating weeks a weekly entry is for.</summary>
public enum WeekTurn
{
    /// <summary>Every week.</summary>
    Every,

    /// <summary>The first of two alternating weeks.</summary>
    A,

    /// <summary>The second of two alternating weeks.</summary>
    B,
}

/// <summary>The hours of one weekday.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="Turn">Every week, or one of two alternating ones.</param>
/// <param name="Hours">Sorted stretches that do not touch; none for a day off.</param>
public sealed record WeekdayHours(IsoDayOfWeek Day, WeekTurn Turn, ImmutableArray<Hours> Hours);

/// <summary>Hours that repeat every week or every second week. A weekday that is not listed has none.</summary>
/// <param name="Days">At most one entry for a weekday and turn; a weekday has either an entry for every week or entries by turn.</param>
/// <param name="WeekABegins">The Monday of some week A; weeks alternate from there in both directions.</param>
public sealed record WeeklyHours(ImmutableArray<WeekdayHours> Days, LocalDate WeekABegins)
{
    /// <summary>All day, every day.</summary>
    public static WeeklyHours Always { get; } = new(
        [.. Enumerable.Range(1, 7).Select(d => new WeekdayHours((IsoDayOfWeek)d, WeekTurn.Every, [Hours.WholeDay]))], new LocalDate(2024, 1, 1));

    /// <summary>The hours of a date, sorted.</summary>
    public ImmutableArray<Hours> On(LocalDate date)
    {
        var weeks = (Period.DaysBetween(WeekABegins, date) - ((int)date.DayOfWeek - 1)) / 7;
        var turn = weeks % 2 == 0 ? WeekTurn.A : WeekTurn.B;
        foreach (var day in Days)
        {
            if (day.Day == date.DayOfWeek && (day.Turn == WeekTurn.Every || day.Turn == turn))
            {
                return day.Hours;
            }
        }

        return [];
    }
}

/// <summary>Hours that hold on some dates instead of the weekly ones.</summary>
/// <param name="From">The first date.</param>
/// <param name="To">The last date, included.</param>
/// <param name="Hours">The hours on each of them; none for days off.</param>
public sealed record DatedHours(LocalDate From, LocalDate To, ImmutableArray<Hours> Hours)
{
    /// <summary>Whether the entry holds on a date.</summary>
    public bool Covers(LocalDate date) => date >= From && date <= To;
}
