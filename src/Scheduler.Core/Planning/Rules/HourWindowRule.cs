using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How a window in hours narrows the search: starts on two days that depend on each other, with prices for deviations and hours off target.</summary>
internal static class HourWindowRule
{
    public static void Narrow(Rule.HourWindow rule, ProblemBuilder course)
    {
        foreach (var visit in rule.Visits)
        {
            course.AddHours(rule, visit);
        }
    }

    public static string Say(Rule.HourWindow rule, Protocol protocol) =>
        Words.Window(rule.Visits, Words.Hours(rule.TargetMinutes), rule.Anchor, (rule.Ideal, rule.Allowed), Words.HourLeeway, protocol);
}
