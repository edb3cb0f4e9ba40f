using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How weekdays narrow the search: dates that are left, or a price for the others.</summary>
internal static class WeekdaysRule
{
    public static void Narrow(Rule.Weekdays rule, ProblemBuilder course)
    {
        foreach (var visit in rule.Visits)
        {
            if (rule.Strength.Weight is { } weight)
            {
                course.PriceWeekdays(visit, rule.Id, day => rule.Days.Contains(day) ? 0 : weight);
            }
            else
            {
                course.LimitWeekdays(visit, rule.Days);
            }
        }
    }

    public static string Say(Rule.Weekdays rule, Protocol protocol) =>
        $"{Words.Visits(rule.Visits, protocol)} on {Spoken.Join(rule.Days.Select(d => d.ToString()))} only";
}
