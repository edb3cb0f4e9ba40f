using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How a cadence narrows the search: all of it is lags between days.</summary>
internal static class CadenceRule
{
    public static void Narrow(Rule.Cadence rule, ProblemBuilder course)
    {
        var series = rule.Series;
        for (var k = 1; k < series.Length; k++)
        {
            if (rule.PerWeek is { } rhythm)
            {
                course.Relate(series[0], series[k], Week(rhythm, k / rhythm.Times));
                if (rhythm.Week == WeekKind.Calendar && !course.HasGaps(series))
                {
                    // Follows from the lags to the first visit; said to neighbours as well, more days go at once.
                    course.Relate(series[k - 1], series[k], Week(rhythm, (k / rhythm.Times) - ((k - 1) / rhythm.Times)));
                }
            }

            if (rule.Every is { } every)
            {
                course.Relate(series[k - 1], series[k], new Lag.OfDays(every.Days - every.Tolerance, every.Days + every.Tolerance));
            }

            if (rule.FreeDaysAtLeast is not null || rule.FreeDaysAtMost is not null)
            {
                course.Relate(series[k - 1], series[k], new Lag.OfDays(rule.FreeDaysAtLeast + 1, rule.FreeDaysAtMost + 1));
            }

            if (rule.Within is { } within)
            {
                course.Relate(series[0], series[k], new Lag.Within(within));
            }
        }
    }

    public static string Say(Rule.Cadence rule)
    {
        var said = new List<string>();
        if (rule.PerWeek is { } rhythm)
        {
            said.Add($"{rhythm.Times} in each {(rhythm.Week == WeekKind.Calendar ? "calendar" : "course")} week");
        }

        if (rule.Every is { } every)
        {
            said.Add($"one every {Words.Count(every.Days, "day")}{(every.Tolerance > 0 ? $", give or take {Words.Count(every.Tolerance, "day")}" : "")}");
        }

        if (rule.FreeDaysAtLeast is { } least)
        {
            said.Add($"at least {Words.Count(least, "free day")} between");
        }

        if (rule.FreeDaysAtMost is { } most)
        {
            said.Add($"at most {Words.Count(most, "free day")} between");
        }

        if (rule.Within is { } within)
        {
            said.Add($"all within {Words.Period(within)}");
        }

        return $"{rule.Series[0].Type}: {Words.Join(said)}";
    }

    private static Lag Week(WeeklyRhythm rhythm, int weeks) => rhythm.Week == WeekKind.Calendar
        ? new Lag.OfCalendarWeeks(weeks)
        : new Lag.OfDays(7 * weeks, (7 * weeks) + 6);
}
