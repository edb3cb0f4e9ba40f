using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges the rhythm of a series.</summary>
internal static class CadenceJudge
{
    public static IEnumerable<Breach> Breaches(Rule.Cadence rule, Evidence evidence)
    {
        var chunks = Days(rule);
        var days = chunks.ConvertAll(day => evidence.Placed(day));
        for (var k = 0; k < days.Count; k++)
        {
            foreach (var breach in rule.PerDay is null ? [] : WithinDay(rule, chunks[k], days[k], evidence))
            {
                yield return breach;
            }

            if (k == 0)
            {
                continue;
            }

            foreach (var breach in FromFirst(rule, days, k, evidence))
            {
                yield return breach;
            }

            foreach (var breach in Between(days[k - 1], days[k], evidence, (before, visit) => FromPrevious(rule, before, visit)))
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
        var weeks = evidence.WeeksOf(rule);
        return weeks.First is not { } start
            ? []
            : weeks.Asked.SelectMany(k => Between(days[start], days[k], evidence, (first, visit) => Ask(first, visit, k)));

        List<string>? Ask(JudgedVisit first, JudgedVisit visit, int k)
        {
            var (from, to) = weeks.On(first.Date)[k];
            return visit.Date < from || visit.Date > to ? [OffWeeks(rule, first, visit, WeeksOf(rule.PerWeek!, k)!.Value.Phase, from, to)] : null;
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
    private static IEnumerable<Breach> Between(List<JudgedVisit> earlier, List<JudgedVisit> later, Evidence evidence, Func<JudgedVisit, JudgedVisit, List<string>?> ask)
    {
        foreach (var a in earlier)
        {
            foreach (var b in later)
            {
                if (evidence.AreCompared(a, b) && ask(a, b) is { } messages)
                {
                    return messages.Select(m => new Breach([a.Id, b.Id], [], m));
                }
            }
        }

        return [];
    }

    /// <summary>Visits of one day are on one date, and start evenly spaced.</summary>
    private static IEnumerable<Breach> WithinDay(Rule.Cadence rule, VisitId[] day, List<JudgedVisit> placed, Evidence evidence)
    {
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

    /// <summary>A day lies in its weeks, counted from those of the first, and within the span from it.</summary>
    private static IEnumerable<Breach> FromFirst(Rule.Cadence rule, List<List<JudgedVisit>> days, int day, Evidence evidence)
    {
        var weeks = rule.PerWeek is { HasFewerWhereClosed: false } rhythm ? WeeksOf(rhythm, day) : null;
        return weeks is null && rule.Within is null ? [] : Between(days[0], days[day], evidence, (first, visit) =>
        {
            List<string>? broken = null;
            if (weeks is var (phase, firstWeek, lastWeek))
            {
                var begin = rule.PerWeek!.Week == WeekKind.Calendar ? first.Date.PlusDays(1 - (int)first.Date.DayOfWeek) : first.Date;
                var (from, to) = (begin.PlusDays(7 * firstWeek), begin.PlusDays((7 * lastWeek) + 6));
                if (visit.Date < from || visit.Date > to)
                {
                    (broken ??= []).Add(OffWeeks(rule, first, visit, phase, from, to));
                }
            }

            if (rule.Within is { } within && visit.Date >= first.Date + within)
            {
                (broken ??= []).Add($"{Wording.OnDay(visit)}, but within {Wording.Of(within)} from {first.Id} on {Wording.Of(first.Date)} "
                    + $"the last day is {Wording.Of((first.Date + within).PlusDays(-1))}.");
            }

            return broken;
        });
    }

    private static List<string>? FromPrevious(Rule.Cadence rule, JudgedVisit before, JudgedVisit visit)
    {
        var days = Period.DaysBetween(before.Date, visit.Date);
        List<string>? broken = null;
        if (rule.Every is { } every && Math.Abs(days - every.Days) > every.Tolerance)
        {
            (broken ??= []).Add(every.Tolerance == 0
                ? $"{Found()}: {Gap(days)} apart, but it must be {Wording.Days(every.Days)}."
                : $"{Found()}: {Gap(days)} apart, but it must be {every.Days - every.Tolerance} to {every.Days + every.Tolerance} days.");
        }

        if (rule.FreeDaysAtLeast is { } least && days < least + 1)
        {
            (broken ??= []).Add($"{Found()}: {Free(days)} between them, but there must be at least {least}.");
        }

        if (rule.FreeDaysAtMost is { } most && days > most + 1)
        {
            (broken ??= []).Add($"{Found()}: {Free(days)} between them, but there may be at most {most}.");
        }

        return broken;

        string Found() => $"{Wording.OnDay(visit)} and {Wording.OnDay(before)}";
    }

    private static string OffWeeks(Rule.Cadence rule, JudgedVisit first, JudgedVisit visit, WeeklyPhase phase, LocalDate from, LocalDate to) =>
        $"{Wording.OnDay(visit)}, but with {Often(phase, rule.PerDay is not null)} and {first.Id} on {Wording.Of(first.Date)} "
        + $"it must lie from {Wording.Of(from)} to {Wording.Of(to)}.";

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
