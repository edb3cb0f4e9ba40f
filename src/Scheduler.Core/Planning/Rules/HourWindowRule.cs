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
        $"{Words.Visits(rule.Visits, protocol)} {Words.Hours(rule.TargetMinutes)} from {Words.Anchor(rule.Anchor, protocol)}, {Words.HourLeeway(rule.Ideal)}"
        + (rule.Allowed == rule.Ideal ? "" : $" (allowed: {Words.HourLeeway(rule.Allowed)})");
}
