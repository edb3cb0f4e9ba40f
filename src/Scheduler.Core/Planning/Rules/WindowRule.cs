using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How a window narrows the search: a lag from the anchor, and a price for each deviation and each day off target.</summary>
internal static class WindowRule
{
    public static void Narrow(Rule.Window rule, ProblemBuilder course)
    {
        foreach (var visit in rule.Visits)
        {
            course.AddWindow(rule, visit);
        }
    }

    public static string Say(Rule.Window rule, Protocol protocol) =>
        Words.Window(rule.Visits, Words.Period(rule.Target), rule.Anchor, (rule.Ideal, rule.Allowed), Words.Leeway, protocol);
}
