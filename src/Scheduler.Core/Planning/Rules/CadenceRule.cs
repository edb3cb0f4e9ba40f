using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How a cadence narrows the search: lags between the days of a series, and minutes between the visits of one day.</summary>
internal static class CadenceRule
{
    public static void Narrow(Rule.Cadence rule, ProblemBuilder course)
    {
        var days = rule.Days;

        // Visits of one day lie on one date: what is said to the first of them is said to all, unless one may be missing.
        var hasGaps = course.HasGaps(rule.Series);
        var said = hasGaps ? days : [.. days.Select(day => day[..1])];
        foreach (var day in days)
        {
            for (var k = 1; k < day.Length; k++)
            {
                // Where one in between may be missing, those beside it still belong to one day.
                for (var j = hasGaps ? 0 : k - 1; j < k; j++)
                {
                    course.ShareDay(day[j], day[k]);
                }

                course.Space(day[k - 1], day[k], rule.PerDay!.EveryMinutes - rule.PerDay.ToleranceMinutes, rule.PerDay.EveryMinutes + rule.PerDay.ToleranceMinutes);
            }
        }

        if (rule.PerWeek is { HasFewerWhereClosed: true })
        {
            FillWeeks(rule, said, course);
        }

        for (var d = 1; d < days.Length; d++)
        {
            // Follows from the lags to the first day; said to neighbours as well, more days go at once.
            var (fromFirst, fromBefore) = rule.PerWeek is { HasFewerWhereClosed: false } rhythm ? Weeks(rhythm, d, neighbours: !hasGaps) : (null, null);
            foreach (var visit in said[d])
            {
                foreach (var before in said[d - 1])
                {
                    FromDayBefore(rule, course, before, visit);
                }

                foreach (var first in said[0])
                {
                    Relate(course, first, visit, fromFirst);
                    Relate(course, days[d - 1][0], visit, fromBefore);
                    if (rule.Within is { } within)
                    {
                        course.Relate(first, visit, new Lag.Within(within));
                    }
                }
            }
        }
    }

    public static string Say(Rule.Cadence rule)
    {
        var said = new List<string>();
        if (rule.PerDay is { } daily)
        {
            said.Add($"{daily.Times} a day, one every {Words.GiveOrTake(daily.EveryMinutes, daily.ToleranceMinutes, "minute")}");
        }

        if (rule.PerWeek is { } rhythm)
        {
            said.Add(string.Join(", then ", rhythm.Phases.Select(p => Say(p, rhythm.Week))));
        }

        if (rule.Every is { } every)
        {
            said.Add($"one every {Words.GiveOrTake(every.Days, every.Tolerance, "day")}");
        }

        if (rule.FreeDaysAtLeast is { } least)
        {
            said.Add($"at least {Spoken.Count(least, "free day")} between");
        }

        if (rule.FreeDaysAtMost is { } most)
        {
            said.Add($"at most {Spoken.Count(most, "free day")} between");
        }

        if (rule.Within is { } within)
        {
            said.Add($"all within {Words.Period(within)}");
        }

        return $"{rule.Series[0].Type}: {Spoken.Join(said)}";
    }

    private static string Say(WeeklyPhase phase, WeekKind kind)
    {
        var week = kind == WeekKind.Calendar ? "calendar week" : "course week";
        return $"{phase.Times} in {(phase.EveryWeeks == 1 ? $"each {week}" : $"every {Spoken.Count(phase.EveryWeeks, week)}")}"
            + (phase.Weeks is { } weeks ? $" for {Spoken.Count(weeks, "week")}" : "") + (phase.FewerWhereClosed ? ", fewer where closed" : "");
    }

    private static void FromDayBefore(Rule.Cadence rule, ProblemBuilder course, VisitId before, VisitId visit)
    {
        if (rule.Every is { } every)
        {
            course.Relate(before, visit, new Lag.OfDays(every.Days - every.Tolerance, every.Days + every.Tolerance));
        }

        if (rule.FreeDaysAtLeast is not null || rule.FreeDaysAtMost is not null)
        {
            course.Relate(before, visit, new Lag.OfDays(rule.FreeDaysAtLeast + 1, rule.FreeDaysAtMost + 1));
        }
    }

    private static void Relate(ProblemBuilder course, VisitId first, VisitId visit, Lag? lag)
    {
        if (lag is not null)
        {
            course.Relate(first, visit, lag);
        }
    }

    /// <summary>The weeks of a day, counted from the first day, and those counted from the day before where that says anything.</summary>
    private static (Lag FromFirst, Lag? FromBefore) Weeks(WeeklyRhythm rhythm, int day, bool neighbours)
    {
        var (before, now) = (rhythm.WeeksOf(day - 1), rhythm.WeeksOf(day));
        return (
            Weeks(rhythm.Week, now),
            rhythm.Week == WeekKind.Calendar && neighbours ? Weeks(rhythm.Week, (now.First - before.Last, now.Last - before.First)) : null);
    }

    /// <summary>The weeks that follow from the date of the first day, and from the closures after it.</summary>
    private static void FillWeeks(Rule.Cadence rule, ImmutableArray<ImmutableArray<VisitId>> said, ProblemBuilder course)
    {
        var weeks = course.WeeksOf(rule);
        for (var d = 1; d < said.Length; d++)
        {
            if (weeks.IsAsked(d))
            {
                foreach (var first in said[weeks.FirstDay])
                {
                    foreach (var visit in said[d])
                    {
                        course.Relate(first, visit, new Lag.OfOpenWeeks(weeks, d));
                    }
                }
            }
        }
    }

    private static Lag Weeks(WeekKind kind, (int First, int Last) weeks) => kind == WeekKind.Calendar
        ? new Lag.OfCalendarWeeks(weeks.First, weeks.Last)
        : new Lag.OfDays(7 * weeks.First, (7 * weeks.Last) + 6);
}
