using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges the rhythm of a series.</summary>
internal static class CadenceJudge
{
    public static IEnumerable<Breach> Judge(Rule.Cadence rule, Evidence evidence)
    {
        for (var k = 1; k < rule.Series.Length; k++)
        {
            var (first, before, visit) = (evidence.Find(rule.Series[0]), evidence.Find(rule.Series[k - 1]), evidence.Find(rule.Series[k]));
            if (visit is null)
            {
                continue;
            }

            if (first is not null && evidence.AreJudged(first.Id, visit.Id))
            {
                if (rule.PerWeek is { } rhythm && Week(rhythm.Week, first.Date, visit.Date) is var week && week != k / rhythm.Times)
                {
                    yield return Of([first, visit], $"{Say.Visit(visit)} lies in week {week + 1} of its series; with {rhythm.Times} a week it belongs in week {(k / rhythm.Times) + 1}.");
                }

                if (rule.Within is { } within && visit.Date >= first.Date + within)
                {
                    yield return Of([first, visit], $"{Say.Visit(visit)} lies outside the span that begins with {Say.Visit(first)}; the last day is {Say.Day((first.Date + within).PlusDays(-1))}.");
                }
            }

            if (before is not null && evidence.AreJudged(before.Id, visit.Id))
            {
                var apart = Period.DaysBetween(before.Date, visit.Date);
                if (rule.Every is { } every && Math.Abs(apart - every.Days) > every.Tolerance)
                {
                    yield return Of([before, visit], $"{Say.Visit(visit)} lies {apart} days after {before.Id}; expected {every.Days}{(every.Tolerance > 0 ? $", give or take {every.Tolerance}" : "")}.");
                }

                if (apart - 1 < rule.FreeDaysAtLeast)
                {
                    yield return Of([before, visit], $"Between {before.Id} and {Say.Visit(visit)} lie {Math.Max(0, apart - 1)} free days; expected at least {rule.FreeDaysAtLeast}.");
                }

                if (apart - 1 > rule.FreeDaysAtMost)
                {
                    yield return Of([before, visit], $"Between {before.Id} and {Say.Visit(visit)} lie {apart - 1} free days; expected at most {rule.FreeDaysAtMost}.");
                }
            }
        }
    }

    private static int Week(WeekKind kind, LocalDate first, LocalDate date)
    {
        var begin = kind == WeekKind.Calendar ? first.PlusDays(1 - (int)first.DayOfWeek) : first;
        return (int)Math.Floor(Period.DaysBetween(begin, date) / 7.0);
    }

    private static Breach Of(PlacedVisit[] visits, string message) => new([.. visits.Select(v => v.Id)], [], message);
}
