using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says the rhythm of a series.</summary>
internal static class CadenceSentence
{
    public static string Of(Rule.Cadence rule)
    {
        var series = $"the {rule.Series.Length} {rule.Series[0].Type} visits";
        var rhythm = Rhythm(rule);
        if (rule.PerDay is not { } daily)
        {
            return $"{series} must {English.Join(rhythm)}.";
        }

        var day = $"{series} must come {daily.Times} a day, each {daily.EveryMinutes} min after the start of the one before{GiveOrTake(daily.ToleranceMinutes, $"{daily.ToleranceMinutes} min")}";
        return rhythm.Count == 0 ? $"{day}." : $"{day}; the days of the series must {English.Join(rhythm)}.";
    }

    private static List<string> Rhythm(Rule.Cadence rule)
    {
        var said = new List<string>();
        if (rule.PerWeek is { } weekly)
        {
            said.Add($"come {string.Join(", then ", weekly.Phases.Select(p => Of(p, weekly.Week)))} ({(weekly.Week == WeekKind.Calendar ? "Monday to Sunday" : "weeks of 7 days from the first")})");
        }

        if (rule.Every is { } every)
        {
            said.Add($"follow each other every {(every.Days == 1 ? "day" : English.Count(every.Days, "day"))}{GiveOrTake(every.Tolerance, English.Count(every.Tolerance, "day"))}");
        }

        if ((rule.FreeDaysAtLeast, rule.FreeDaysAtMost) is not (null, null))
        {
            said.Add($"have {FreeDays(rule.FreeDaysAtLeast, rule.FreeDaysAtMost)} between one and the next");
        }

        if (rule.Within is { } within)
        {
            said.Add($"all lie within {English.Period(within)}, the first day included");
        }

        return said;
    }

    private static string FreeDays(int? least, int? most) => (least, most) switch
    {
        ({ } l, { } m) when l == m => $"exactly {English.Count(l, "free day")}",
        ({ } l, { } m) => $"at least {l} and at most {English.Count(m, "free day")}",
        ({ } l, null) => $"at least {English.Count(l, "free day")}",
        (_, var m) => $"at most {English.Count(m!.Value, "free day")}",
    };

    private static string Of(WeeklyPhase phase, WeekKind kind)
    {
        var week = kind == WeekKind.Calendar ? "calendar week" : "course week";
        return $"{phase.Times} in {(phase.EveryWeeks == 1 ? $"each {week}" : $"every {English.Count(phase.EveryWeeks, week)}")}"
            + (phase.Weeks is { } weeks ? $" for {English.Count(weeks, "week")}" : "") + (phase.FewerWhereClosed ? ", fewer where the clinic is closed" : "");
    }

    private static string GiveOrTake(int tolerance, string said) => tolerance > 0 ? $", give or take {said}" : "";
}
