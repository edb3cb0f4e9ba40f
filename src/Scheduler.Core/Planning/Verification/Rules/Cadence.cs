using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges the rhythm of a series.</summary>
internal static class CadenceJudge
{
    public static IEnumerable<Breach> Breaches(Rule.Cadence rule, Evidence evidence)
    {
        var chunks = Days(rule);
        var days = chunks.Select(day => evidence.Placed(day).ToList()).ToList();
        for (var k = 0; k < days.Count; k++)
        {
            var found = WithinDay(rule, chunks[k], evidence);
            if (k > 0)
            {
                found = found
                    .Concat(Between(days[0], days[k], (first, visit) => FromFirst(rule, first, visit, k), evidence))
                    .Concat(Between(days[k - 1], days[k], (before, visit) => FromPrevious(rule, before, visit), evidence));
            }

            foreach (var breach in found)
            {
                yield return breach;
            }
        }

        foreach (var breach in rule.PerWeek is { HasFewerWhereClosed: true } ? OutsideFilledWeeks(rule, days, evidence) : [])
        {
            yield return breach;
        }
    }

    /// <summary>Days that do not lie in the week that the clinic's closures leave to them.</summary>
    private static IEnumerable<Breach> OutsideFilledWeeks(Rule.Cadence rule, List<List<JudgedVisit>> days, Evidence evidence)
    {
        var weeks = new FilledWeeks(rule, evidence);
        return weeks.First is not { } start
            ? []
            : weeks.Asked.SelectMany(k => Between(days[start], days[k], (first, visit) => Ask(first, visit, k), evidence));

        IEnumerable<string> Ask(JudgedVisit first, JudgedVisit visit, int k)
        {
            var (from, to) = weeks.On(first.Date)[k];
            if (visit.Date < from || visit.Date > to)
            {
                yield return $"{Wording.OnDay(visit)}, but with {Often(WeeksOf(rule.PerWeek!, k)!.Value.Phase, rule.PerDay is not null)} and {first.Id} on {Wording.Of(first.Date)} "
                    + $"it must lie from {Wording.Of(from)} to {Wording.Of(to)}.";
            }
        }
    }

    /// <summary>The weeks, counted from that of the first day, in which a day of the series lies: those of its block in its phase.</summary>
    public static (WeeklyPhase Phase, int First, int Last)? WeeksOf(WeeklyRhythm rhythm, int day)
    {
        var (begin, before) = (0, 0);
        foreach (var phase in rhythm.Phases)
        {
            var block = (day - before) / phase.Times;
            if (phase.Weeks is not { } weeks || block < weeks / phase.EveryWeeks)
            {
                var first = begin + (block * phase.EveryWeeks);
                return (phase, first, first + phase.EveryWeeks - 1);
            }

            begin += weeks;
            before += weeks / phase.EveryWeeks * phase.Times;
        }

        return null;
    }

    /// <summary>The series in its days: one visit each, or so many as the cadence says.</summary>
    public static List<VisitId[]> Days(Rule.Cadence rule) => [.. rule.Series.Chunk(rule.PerDay?.Times ?? 1)];

    /// <summary>What is broken between visits of two days: the first pair that breaks something stands for the others.</summary>
    private static IEnumerable<Breach> Between(
        List<JudgedVisit> earlier, List<JudgedVisit> later, Func<JudgedVisit, JudgedVisit, IEnumerable<string>> ask, Evidence evidence)
    {
        var breaches =
            from a in earlier
            from b in later
            where evidence.AreCompared(a, b)
            let messages = ask(a, b).ToList()
            where messages.Count > 0
            select messages.Select(m => new Breach([a.Id, b.Id], [], m));
        return breaches.FirstOrDefault() ?? [];
    }

    /// <summary>Visits of one day are on one date, and start evenly spaced.</summary>
    private static IEnumerable<Breach> WithinDay(Rule.Cadence rule, VisitId[] day, Evidence evidence)
    {
        var placed = evidence.Placed(day).ToList();
        for (var i = 1; i < placed.Count; i++)
        {
            var visit = placed[i];
            if (placed.Take(i).FirstOrDefault(o => o.Date != visit.Date && evidence.AreCompared(o, visit)) is { } other)
            {
                yield return new([other.Id, visit.Id], [], $"{Wording.OnDay(visit)}, but must be on the day of {other.Id}, {Wording.Of(other.Date)}.");
                continue;
            }

            var before = placed[i - 1];
            if (before.Id == day[Array.IndexOf(day, visit.Id) - 1]
                && before.Date == visit.Date
                && evidence.AreCompared(before, visit)
                && Spacing(rule.PerDay!, before, visit) is { } message)
            {
                yield return new([before.Id, visit.Id], [], message);
            }
        }
    }

    private static string? Spacing(DailyRhythm rhythm, JudgedVisit before, JudgedVisit visit)
    {
        var apart = Ticks.Floor(visit.Hours.From) - Ticks.Floor(before.Hours.From);
        return Math.Abs(apart - rhythm.EveryMinutes) <= rhythm.ToleranceMinutes
            ? null
            : $"{visit.Id} starts on {Wording.Of(visit.Placed.Start)} and {before.Id} at {Wording.Clock(before.Placed.Start)}: {apart} min apart, but it must be "
                + (rhythm.ToleranceMinutes == 0
                    ? $"{rhythm.EveryMinutes} min."
                    : $"{rhythm.EveryMinutes - rhythm.ToleranceMinutes} to {rhythm.EveryMinutes + rhythm.ToleranceMinutes} min.");
    }

    private static IEnumerable<string> FromFirst(Rule.Cadence rule, JudgedVisit first, JudgedVisit visit, int day)
    {
        if (rule.PerWeek is { HasFewerWhereClosed: false } rhythm && WeeksOf(rhythm, day) is { } weeks)
        {
            var begin = rhythm.Week == WeekKind.Calendar ? first.Date.PlusDays(1 - (int)first.Date.DayOfWeek) : first.Date;
            var (from, to) = (begin.PlusDays(7 * weeks.First), begin.PlusDays((7 * weeks.Last) + 6));
            if (visit.Date < from || visit.Date > to)
            {
                yield return $"{Wording.OnDay(visit)}, but with {Often(weeks.Phase, rule.PerDay is not null)} and {first.Id} on {Wording.Of(first.Date)} "
                    + $"it must lie from {Wording.Of(from)} to {Wording.Of(to)}.";
            }
        }

        if (rule.Within is { } within && visit.Date >= first.Date + within)
        {
            yield return $"{Wording.OnDay(visit)}, but within {Wording.Of(within)} from {first.Id} on {Wording.Of(first.Date)} "
                + $"the last day is {Wording.Of((first.Date + within).PlusDays(-1))}.";
        }
    }

    private static IEnumerable<string> FromPrevious(Rule.Cadence rule, JudgedVisit before, JudgedVisit visit)
    {
        var days = Period.DaysBetween(before.Date, visit.Date);
        var found = $"{Wording.OnDay(visit)} and {Wording.OnDay(before)}";
        if (rule.Every is { } every && Math.Abs(days - every.Days) > every.Tolerance)
        {
            yield return every.Tolerance == 0
                ? $"{found}: {Gap(days)} apart, but it must be {Wording.Days(every.Days)}."
                : $"{found}: {Gap(days)} apart, but it must be {every.Days - every.Tolerance} to {every.Days + every.Tolerance} days.";
        }

        if (rule.FreeDaysAtLeast is { } least && days < least + 1)
        {
            yield return $"{found}: {Free(days)} between them, but there must be at least {least}.";
        }

        if (rule.FreeDaysAtMost is { } most && days > most + 1)
        {
            yield return $"{found}: {Free(days)} between them, but there may be at most {most}.";
        }
    }

    /// <summary>As <c>3 a week</c>, <c>1 in 2 weeks</c>, <c>5 days a week, fewer where closed,</c>.</summary>
    private static string Often(WeeklyPhase phase, bool inDays) =>
        phase.Times + (inDays ? phase.Times == 1 ? " day" : " days" : "") + (phase.EveryWeeks == 1 ? " a week" : $" in {phase.EveryWeeks} weeks") + (phase.FewerWhereClosed ? ", fewer where closed," : "");

    private static string Gap(int days) => days < 0 ? $"{Wording.Days(days)} the wrong way" : Wording.Days(days);

    private static string Free(int days) => days switch
    {
        <= 1 => "no free day",
        2 => "1 free day",
        _ => $"{days - 1} free days",
    };
}
