using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges the rhythm of a series.</summary>
internal static class CadenceJudge
{
    public static IEnumerable<Breach> Breaches(Rule.Cadence rule, Evidence evidence)
    {
        var first = evidence.Find(rule.Series[0]);
        for (var k = 1; k < rule.Series.Length; k++)
        {
            if (evidence.Find(rule.Series[k]) is not { } visit)
            {
                continue;
            }

            if (first is not null && evidence.AreCompared(first, visit))
            {
                foreach (var message in FromFirst(rule, first, visit, k))
                {
                    yield return new([first.Id, visit.Id], [], message);
                }
            }

            if (evidence.Find(rule.Series[k - 1]) is { } before && evidence.AreCompared(before, visit))
            {
                foreach (var message in FromPrevious(rule, before, visit))
                {
                    yield return new([before.Id, visit.Id], [], message);
                }
            }
        }
    }

    private static IEnumerable<string> FromFirst(Rule.Cadence rule, JudgedVisit first, JudgedVisit visit, int k)
    {
        if (rule.PerWeek is { } rhythm)
        {
            var begin = rhythm.Week == WeekKind.Calendar ? first.Date.PlusDays(1 - (int)first.Date.DayOfWeek) : first.Date;
            var times = rhythm.Phases[0].Times;
            var week = begin.PlusDays(7 * (k / times));
            if (visit.Date < week || visit.Date > week.PlusDays(6))
            {
                yield return $"{Wording.OnDay(visit)}, but with {times} a week and {first.Id} on {Wording.Of(first.Date)} "
                    + $"it must lie from {Wording.Of(week)} to {Wording.Of(week.PlusDays(6))}.";
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

    private static string Gap(int days) => days < 0 ? $"{Wording.Days(days)} the wrong way" : Wording.Days(days);

    private static string Free(int days) => days switch
    {
        <= 1 => "no free day",
        2 => "1 free day",
        _ => $"{days - 1} free days",
    };
}
