using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>
/// In which weeks the days of a series lie whose rhythm has fewer of them where the clinic is closed, for each date of its first day: weeks are filled one after the
/// other, each as far as it can be.
/// </summary>
/// <param name="rule">The cadence.</param>
/// <param name="request">The request, with the clinic's closures and what is fixed and left out.</param>
internal sealed class OpenWeeks(Rule.Cadence rule, PlanningRequest request)
{
    /// <summary>What has no week by then, ten years on, is said to lie there.</summary>
    private const int LastWeek = 520;

    /// <summary>First days so many days after the request's first count for the horizon.</summary>
    private const int FirstDays = 366;

    private readonly WeeklyRhythm rhythm = rule.PerWeek!;
    private readonly Dictionary<LocalDate, (int First, int Last)[]> byFirstDate = [];
    private readonly Dictionary<(WeeklyPhase Phase, LocalDate Begin, LocalDate? First), int> rooms = [];
    private readonly Dictionary<LocalDate, bool> isOpen = [];

    /// <summary>For each day of the series the date of a visit of it that is fixed, or null.</summary>
    private readonly LocalDate?[] given =
        [.. rule.Days.Select(day => day.Select(v => request.Fixed.FirstOrDefault(f => f.Id == v)?.Date).FirstOrDefault(d => d is not null))];

    private readonly bool[] isLeftOut = [.. rule.Days.Select(day => day.All(request.LeftOut.Contains))];

    /// <summary>The shortest visit of the series must fit into the hours of a day; null where any day will do.</summary>
    private readonly int? shortest = request.Protocol.TypeOf(rule.Series[0]) is { Mode: not Mode.SelfReport } type ? rule.Series.Min(v => type.DurationOf(v.Ordinal)) : null;

    private readonly Rule.Weekdays[] weekdays =
        [.. request.Protocol.Rules.OfType<Rule.Weekdays>().Where(w => w.Strength.IsMust && rule.Series.All(w.Visits.Contains))];

    /// <summary>The first day of the series that the course does not go without; the number of days where it goes without all.</summary>
    public int FirstDay => Array.IndexOf(isLeftOut, false) is >= 0 and var first ? first : isLeftOut.Length;

    /// <summary>Whether a day of the series is where its weeks put it: nobody asks about one that is given.</summary>
    public bool IsAsked(int day) => day > FirstDay && !isLeftOut[day] && given[day] is null;

    /// <summary>The weeks in which a day of the series lies, counted from the week of its first.</summary>
    public (int First, int Last) WeeksOf(int day, LocalDate first)
    {
        if (!byFirstDate.TryGetValue(first, out var weeks))
        {
            byFirstDate.Add(first, weeks = Fill(first));
        }

        return weeks[day];
    }

    /// <summary>The most days from the first day to another, whenever in the year after the request's first day it is; from its own date where that is given.</summary>
    public int MostDays(int day) => given[FirstDay] is { } date
        ? DaysTo(day, date)
        : Enumerable.Range(0, FirstDays + 1).Max(later => DaysTo(day, request.From.PlusDays(later)));

    /// <summary>The first day of the week in which the first day of the series lies.</summary>
    public LocalDate BeginOf(LocalDate first) => rhythm.Week == WeekKind.Calendar ? first.PlusDays(1 - (int)first.DayOfWeek) : first;

    private int DaysTo(int day, LocalDate first) => Period.DaysBetween(first, BeginOf(first)) + (7 * WeeksOf(day, first).Last) + 6;

    private (int First, int Last)[] Fill(LocalDate first)
    {
        var (begin, weeks) = (BeginOf(first), new (int First, int Last)[rule.Days.Length]);
        var (phase, at, held) = (rhythm.PhaseOf(FirstDay), 0, 0);
        for (var day = FirstDay; day < weeks.Length; day++)
        {
            if (isLeftOut[day])
            {
                continue;
            }

            if (rhythm.PhaseOf(day) is var next && next != phase)
            {
                (phase, at, held) = (next, at + rhythm.Phases[phase].EveryWeeks, 0);
            }

            var (now, length) = (rhythm.Phases[phase], rhythm.Phases[phase].EveryWeeks);
            while (day > FirstDay && at < LastWeek && !Takes(day, now, begin.PlusDays(7 * at), held))
            {
                (at, held) = (at + length, 0);
            }

            held++;
            weeks[day] = (at, at + length - 1);
        }

        return weeks;

        bool Takes(int day, WeeklyPhase now, LocalDate from, int held) =>
            given[day] is { } date ? date < from.PlusDays(7 * now.EveryWeeks) : held < Room(now, from, first);
    }

    /// <summary>How many days of the series a stretch of weeks holds.</summary>
    private int Room(WeeklyPhase phase, LocalDate begin, LocalDate first)
    {
        if (!phase.FewerWhereClosed)
        {
            return phase.Times;
        }

        // The date of the first day counts only where it is given.
        var key = (phase, begin, given[FirstDay] is null ? null : (LocalDate?)first);
        if (!rooms.TryGetValue(key, out var room))
        {
            rooms.Add(key, room = Count(phase, begin, first));
        }

        return room;
    }

    private int Count(WeeklyPhase phase, LocalDate begin, LocalDate first)
    {
        var (gap, dates) = ((rule.FreeDaysAtLeast ?? 0) + 1, Enumerable.Range(0, 7 * phase.EveryWeeks).Select(begin.PlusDays).ToList());
        HashSet<LocalDate> givenDates = [.. given.OfType<LocalDate>()];
        var taken = dates.Select(givenDates.Contains).ToArray();
        var (count, last) = (0, -gap);
        for (var d = 0; d < dates.Count && count < phase.Times; d++)
        {
            // Taken as early as may be, so that the most fit in.
            if (taken[d] || (d - last >= gap && Array.IndexOf(taken, true, d, Math.Min(gap, dates.Count - d)) < 0 && IsPossible(dates[d], first)))
            {
                (count, last) = (count + 1, d);
            }
        }

        return count;
    }

    private bool IsPossible(LocalDate date, LocalDate first) =>
        (given[FirstDay] is null || (date >= request.From && date >= first)) && weekdays.All(w => w.Days.Contains(date.DayOfWeek)) && IsOpen(date);

    private bool IsOpen(LocalDate date)
    {
        if (!isOpen.TryGetValue(date, out var open))
        {
            isOpen.Add(date, open = shortest is not { } minutes || request.Clinic.OpenOn(date).Any(h => h.To - h.From >= minutes));
        }

        return open;
    }
}
