using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>
/// The weeks of a rhythm that has fewer visits where the clinic is closed, dealt out block by block from the week of the first day: each block takes the next days of the
/// series until it is full.
/// </summary>
internal sealed class FilledWeeks
{
    private const int LastWeek = 520;
    private const int YearOfFirstDays = 366;

    private readonly Rule.Cadence rule;
    private readonly Evidence evidence;
    private readonly List<VisitId[]> days;
    private readonly bool isSelfReport;
    private readonly int shortest;
    private readonly LocalDate?[] given;
    private readonly LocalDate[] givenDates;
    private readonly List<int> there;
    private readonly List<(WeeklyPhase Phase, List<int> Members)> phases;
    private readonly List<Rule.Weekdays> weekdays;
    private readonly Dictionary<LocalDate, bool> possible = [];
    private readonly Dictionary<LocalDate, (LocalDate From, LocalDate To)[]> dealt = [];

    public FilledWeeks(Rule.Cadence rule, Evidence evidence)
    {
        (this.rule, this.evidence, days) = (rule, evidence, CadenceJudge.Days(rule));
        var type = evidence.Protocol.TypeOf(rule.Series[0]);
        (isSelfReport, shortest) = (type.Mode == Mode.SelfReport, rule.Series.Min(v => type.DurationOf(v.Ordinal)));
        given = [.. days.Select(day => day.Select(v => evidence.Fixed(v)?.Date).FirstOrDefault(d => d is not null))];
        givenDates = [.. given.OfType<LocalDate>()];
        there = [.. Enumerable.Range(0, days.Count).Where(k => !days[k].All(evidence.IsLeftOut))];
        phases = [.. ByPhase()];
        weekdays = [.. evidence.Protocol.Rules.OfType<Rule.Weekdays>().Where(w => w.Strength.IsMust && !rule.Series.Except(w.Visits).Any())];
    }

    /// <summary>The day of the series from whose week the others are counted; null where the course goes without all.</summary>
    public int? First => there.Count == 0 ? null : there[0];

    /// <summary>The days that must lie in the week that falls to them: neither the first, nor left out, nor given.</summary>
    public IEnumerable<int> Asked => there.Skip(1).Where(k => given[k] is null);

    /// <summary>For each day of the series that is there its first and last date, where the first day is on a date.</summary>
    public (LocalDate From, LocalDate To)[] On(LocalDate first)
    {
        if (!dealt.TryGetValue(first, out var weeks))
        {
            dealt.Add(first, weeks = Deal(first));
        }

        return weeks;
    }

    /// <summary>For each day that is asked about, how many days it may lie after the first at most, as the horizon counts it.</summary>
    public IEnumerable<(int Day, int Most)> MostDays()
    {
        if (First is not { } day0)
        {
            return [];
        }

        var firsts = given[day0] is { } date ? [date] : Enumerable.Range(0, YearOfFirstDays + 1).Select(evidence.Request.From.PlusDays);
        var all = firsts.Select(first => (First: first, Weeks: On(first))).ToList();
        return Asked.Select(k => (k, all.Max(a => Period.DaysBetween(a.First, a.Weeks[k].To))));
    }

    /// <summary>How many days after the first, where that is placed, each day that is asked about may lie: no more than <see cref="MostDays"/> says.</summary>
    public IEnumerable<(int Day, int Most)> DaysAsPlaced(Evidence calendar)
    {
        if (First is not { } day0 || (given[day0] ?? calendar.Placed(days[day0]).FirstOrDefault()?.Date) is not { } first)
        {
            return MostDays();
        }

        var counts = given[day0] is not null || (first >= evidence.Request.From && first <= evidence.Request.From.PlusDays(YearOfFirstDays));
        return counts ? Asked.Select(k => (k, Period.DaysBetween(first, On(first)[k].To))) : MostDays();
    }

    private (LocalDate From, LocalDate To)[] Deal(LocalDate first)
    {
        var found = new (LocalDate From, LocalDate To)[given.Length];
        var begin = rule.PerWeek!.Week == WeekKind.Calendar ? first.PlusDays(1 - (int)first.DayOfWeek) : first;
        var week = 0;
        foreach (var (phase, members) in phases)
        {
            var next = 0;
            while (next < members.Count)
            {
                var (from, after) = (begin.PlusDays(7 * week), begin.PlusDays(7 * (week + phase.EveryWeeks)));
                var (room, held) = (phase.FewerWhereClosed ? Room(phase, from, after, first) : phase.Times, 0);
                while (next < members.Count
                    && members[next] is var day
                    && (day == there[0] || week >= LastWeek || (given[day] is { } date ? date < after : held < room)))
                {
                    found[day] = (from, after.PlusDays(-1));
                    next++;
                    held++;
                }

                week += phase.EveryWeeks;
            }
        }

        return found;
    }

    /// <summary>The days that are there, in the phases that have them.</summary>
    private IEnumerable<(WeeklyPhase Phase, List<int> Members)> ByPhase()
    {
        var before = 0;
        foreach (var phase in rule.PerWeek!.Phases)
        {
            var count = phase.Weeks is { } weeks ? weeks / phase.EveryWeeks * phase.Times : given.Length;
            var members = there.Where(k => k >= before && k < before + count).ToList();
            before += count;
            if (members.Count > 0)
            {
                yield return (phase, members);
            }
        }
    }

    /// <summary>The most days that a block holds: those given in it, and besides as many others as keep their distance from these and from each other.</summary>
    private int Room(WeeklyPhase phase, LocalDate from, LocalDate after, LocalDate first)
    {
        var (length, gap) = (Period.DaysBetween(from, after), (rule.FreeDaysAtLeast ?? 0) + 1);
        int[] taken = givenDates.Length == 0 ? [] : [.. givenDates.Select(d => Period.DaysBetween(from, d)).Where(d => d >= 0 && d < length).Distinct()];
        var most = new int[length + gap];
        for (var d = length - 1; d >= 0; d--)
        {
            var fits = !Array.Exists(taken, t => Math.Abs(t - d) < gap) && MayHold(from.PlusDays(d), first);
            most[d] = Math.Max(most[d + 1], fits ? 1 + most[d + gap] : 0);
        }

        return Math.Min(phase.Times, taken.Length + most[0]);
    }

    /// <summary>Whether a date is possible, and not in the past of a course that has begun.</summary>
    private bool MayHold(LocalDate date, LocalDate first)
    {
        if (given[there[0]] is not null && (date < evidence.Request.From || date < first))
        {
            return false;
        }

        if (!possible.TryGetValue(date, out var may))
        {
            possible[date] = may = IsPossible(date);
        }

        return may;
    }

    /// <summary>Whether the clinic is open long enough, on a weekday that is left to the series.</summary>
    private bool IsPossible(LocalDate date) =>
        weekdays.TrueForAll(w => w.Days.Contains(date.DayOfWeek)) && (isSelfReport || evidence.OpenOn(date).Any(h => h.To - h.From >= shortest));
}
