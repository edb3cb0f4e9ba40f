using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How an order narrows the search: lags between days, and turns within a day.</summary>
internal static class OrderRule
{
    public static void Narrow(Rule.Order rule, ProblemBuilder course)
    {
        var lag = new Lag.OfPeriods(rule.AtLeast, rule.AtMost);
        for (var g = 1; g < rule.Groups.Length; g++)
        {
            foreach (var earlier in rule.Groups[g - 1])
            {
                foreach (var later in rule.Groups[g])
                {
                    course.Relate(earlier, later, lag);
                    course.Precede(earlier, later);
                }
            }
        }
    }

    public static string Say(Rule.Order rule, Protocol protocol)
    {
        var bounds = (rule.AtLeast, rule.AtMost) switch
        {
            ({ } least, { } most) => $", at least {Words.Period(least)} and at most {Words.Period(most)} apart",
            ({ } least, null) => $", at least {Words.Period(least)} apart",
            (null, { } most) => $", at most {Words.Period(most)} apart",
            _ => "",
        };
        return $"{string.Join(" before ", rule.Groups.Select(g => Words.Visits(g, protocol)))}{bounds}";
    }
}
