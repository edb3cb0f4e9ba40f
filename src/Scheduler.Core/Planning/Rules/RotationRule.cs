using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How rotation narrows the search: the crews of visits in a row differ, or each pair that does not has a price.</summary>
internal static class RotationRule
{
    public static void Narrow(Rule.Rotation rule, ProblemBuilder course)
    {
        foreach (var (before, after) in rule.InARow(course.ConditionOf, course.IsLeftOut))
        {
            course.RelatePeople(new(before, rule.Need), new(after, rule.Need), same: false, rule.IsMust);
        }
    }

    public static string Say(Rule.Rotation rule, Protocol protocol) => $"no {rule.Need} twice in a row for {Words.Visits(rule.Visits, protocol)}";
}
