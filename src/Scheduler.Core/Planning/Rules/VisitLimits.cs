using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Planning.Rules;

/// <summary>The dates and times that one visit may have, and what they cost. Keys name limits, so that visits with the same ones are looked at together.</summary>
internal sealed class VisitLimits
{
    private readonly bool[] weekdays = [.. Enumerable.Repeat(true, 1 + (int)IsoDayOfWeek.Sunday)];

    /// <summary>What nothing limits.</summary>
    public static readonly VisitLimits None = new();

    /// <summary>What some limits leave together.</summary>
    public static VisitLimits Of(IEnumerable<VisitLimits> all)
    {
        var together = new VisitLimits();
        foreach (var one in all)
        {
            together.Dates.AddRange(one.Dates);
            together.Times.AddRange(one.Times);
            together.WeekdayPoints.AddRange(one.WeekdayPoints);
            together.TimePoints.AddRange(one.TimePoints);
            for (var day = 0; day < one.weekdays.Length; day++)
            {
                together.weekdays[day] &= one.weekdays[day];
            }
        }

        return together;
    }

    /// <summary>Which dates are allowed, weekdays apart.</summary>
    public List<Func<LocalDate, bool>> Dates { get; } = [];

    /// <summary>Which starts and ends are allowed, in minutes from midnight.</summary>
    public List<(string Key, Func<int, int, bool> Allows)> Times { get; } = [];

    /// <summary>What days of the week cost, in points.</summary>
    public List<(string Key, Func<IsoDayOfWeek, int> Points)> WeekdayPoints { get; } = [];

    /// <summary>What starts and ends cost, in points.</summary>
    public List<(string Key, Func<int, int, int> Points)> TimePoints { get; } = [];

    /// <summary>The same for visits whose times and prices are the same.</summary>
    public string Key => string.Join('\n', Times.Select(t => t.Key).Concat(WeekdayPoints.Select(p => p.Key)).Concat(TimePoints.Select(p => p.Key)));

    /// <summary>Whether no date is ruled out.</summary>
    public bool AllowAnyDate => Dates.Count == 0 && !weekdays.Contains(false);

    /// <summary>Whether all allow a date.</summary>
    public bool Allow(LocalDate date) => weekdays[(int)date.DayOfWeek] && Dates.TrueForAll(allows => allows(date));

    /// <summary>Leaves of the week only some days: a hundred rules about weekdays are no slower than one.</summary>
    public void KeepWeekdays(ImmutableArray<IsoDayOfWeek> days)
    {
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
        {
            weekdays[(int)day] &= days.Contains(day);
        }
    }
}
