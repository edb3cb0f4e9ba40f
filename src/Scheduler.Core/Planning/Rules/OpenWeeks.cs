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

    /// <summary>A week begins at most so many days before its first day.</summary>
    private const int DaysBeforeOrigin = 6;

    private const short NotCounted = -1;

    private readonly WeeklyRhythm rhythm = rule.PerWeek!;
    private readonly int days = rule.Days.Length;
    private readonly LocalDate origin = request.FirstDay.PlusDays(-DaysBeforeOrigin);
    private readonly Dictionary<LocalDate, (int First, int Last)[]> byBegin = [];
    private readonly short[][] rooms = [.. rule.PerWeek!.Phases.Select(_ => Array.Empty<short>())];
    private readonly Dictionary<LocalDate, bool> isOpen = [];

    /// <summary>For each day of the series the date of a visit of it that is fixed, or null.</summary>
    private readonly LocalDate?[] given =
        [.. rule.Days.Select(day => day.Select(v => request.Fixed.FirstOrDefault(f => f.Id == v)?.Date).FirstOrDefault(d => d is not null))];

    private readonly bool[] isLeftOut = [.. rule.Days.Select(day => day.All(request.LeftOut.Contains))];

    /// <summary>The shortest visit of the series must fit into the hours of a day; null where any day will do.</summary>
    private readonly int? shortest = request.Protocol.TypeOf(rule.Series[0]) is { Mode: not Mode.SelfReport } type ? rule.Series.Min(v => type.DurationOf(v.Ordinal)) : null;

    private readonly Rule.Weekdays[] weekdays =
        [.. request.Protocol.Rules.OfType<Rule.Weekdays>().Where(w => w.Strength.IsMust && rule.Series.All(w.Visits.Contains))];

    private HashSet<LocalDate>? givenDates;
    private int[]? most;

    /// <summary>The first day of the series that the course does not go without; the number of days where it goes without all.</summary>
    public int FirstDay => Array.IndexOf(isLeftOut, false) is >= 0 and var first ? first : isLeftOut.Length;

    /// <summary>Whether another cadence has the same weeks: it counts the same days, with the same rhythm.</summary>
    public bool AreThoseOf(Rule.Cadence other) =>
        other.PerWeek is { } weeks
        && weeks.Week == rhythm.Week
        && weeks.Phases.SequenceEqual(rhythm.Phases)
        && other.PerDay?.Times == rule.PerDay?.Times
        && other.FreeDaysAtLeast == rule.FreeDaysAtLeast
        && other.Series.SequenceEqual(rule.Series);

    /// <summary>Whether a day of the series is where its weeks put it: nobody asks about one that is given.</summary>
    public bool IsAsked(int day) => day > FirstDay && !isLeftOut[day] && given[day] is null;

    /// <summary>The weeks in which a day of the series lies, counted from the week of its first.</summary>
    public (int First, int Last) WeeksOf(int day, LocalDate first) => Filled(BeginOf(first))[day];

    /// <summary>The most days from the first day to another, whenever in the year after the request's first day it is; from its own date where that is given.</summary>
    public int MostDays(int day) => (most ??= FindMost())[day];

    /// <summary>The first day of the week in which the first day of the series lies.</summary>
    public LocalDate BeginOf(LocalDate first) => rhythm.Week == WeekKind.Calendar ? first.PlusDays(1 - (int)first.DayOfWeek) : first;

    private int[] FindMost()
    {
        var found = new int[days];
        Array.Fill(found, int.MinValue);
        foreach (var first in given[FirstDay] is { } date ? [date] : Enumerable.Range(0, FirstDays + 1).Select(request.From.PlusDays))
        {
            var (begin, filled) = (BeginOf(first), Filled(BeginOf(first)));
            var before = Period.DaysBetween(first, begin);
            for (var day = 0; day < days; day++)
            {
                found[day] = Math.Max(found[day], before + (7 * filled[day].Last) + 6);
            }
        }

        return found;
    }

    /// <summary>Where the first day lies in its week does not matter to the others: only where it is given its date does, and then it has no other.</summary>
    private (int First, int Last)[] Filled(LocalDate begin)
    {
        if (!byBegin.TryGetValue(begin, out var weeks))
        {
            byBegin.Add(begin, weeks = Fill(begin));
        }

        return weeks;
    }

    private (int First, int Last)[] Fill(LocalDate begin)
    {
        var (beginDay, weeks) = (Period.DaysBetween(origin, begin), new (int First, int Last)[days]);
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

            var length = rhythm.Phases[phase].EveryWeeks;
            while (day > FirstDay && at < LastWeek && !Takes(day, phase, beginDay + (7 * at), held))
            {
                (at, held) = (at + length, 0);
            }

            held++;
            weeks[day] = (at, at + length - 1);
        }

        return weeks;

        bool Takes(int day, int phase, int from, int held) => given[day] is { } date
            ? date < origin.PlusDays(from + (7 * rhythm.Phases[phase].EveryWeeks))
            : held < Room(phase, from);
    }

    /// <summary>How many days of the series a stretch of weeks holds that begins on a day.</summary>
    private int Room(int phase, int begin)
    {
        if (!rhythm.Phases[phase].FewerWhereClosed)
        {
            return rhythm.Phases[phase].Times;
        }

        if (begin >= rooms[phase].Length)
        {
            var known = rooms[phase].Length;
            Array.Resize(ref rooms[phase], Math.Max(begin + 1, 2 * known));
            rooms[phase].AsSpan(known).Fill(NotCounted);
        }

        ref var room = ref rooms[phase][begin];
        if (room == NotCounted)
        {
            room = (short)Count(rhythm.Phases[phase], origin.PlusDays(begin));
        }

        return room;
    }

    private int Count(WeeklyPhase phase, LocalDate begin)
    {
        var (gap, dates) = ((rule.FreeDaysAtLeast ?? 0) + 1, Enumerable.Range(0, 7 * phase.EveryWeeks).Select(begin.PlusDays).ToList());
        var taken = dates.Select((givenDates ??= [.. given.OfType<LocalDate>()]).Contains).ToArray();
        var (count, last) = (0, -gap);
        for (var d = 0; d < dates.Count && count < phase.Times; d++)
        {
            // Taken as early as may be, so that the most fit in.
            if (taken[d] || (d - last >= gap && Array.IndexOf(taken, true, d, Math.Min(gap, dates.Count - d)) < 0 && IsPossible(dates[d])))
            {
                (count, last) = (count + 1, d);
            }
        }

        return count;
    }

    /// <summary>Before the first day of the series, and before the request's first, nothing more can be: that counts where the first day is given.</summary>
    private bool IsPossible(LocalDate date) =>
        (given[FirstDay] is not { } first || (date >= request.From && date >= first)) && weekdays.All(w => w.Days.Contains(date.DayOfWeek)) && IsOpen(date);

    private bool IsOpen(LocalDate date)
    {
        if (!isOpen.TryGetValue(date, out var open))
        {
            isOpen.Add(date, open = shortest is not { } minutes || request.Clinic.OpenOn(date).Any(h => h.To - h.From >= minutes));
        }

        return open;
    }
}
