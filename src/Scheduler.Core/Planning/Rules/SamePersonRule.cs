using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How continuity narrows the search: the crews of all pairs agree, or each change along the visits has a price.</summary>
internal static class SamePersonRule
{
    public static void Narrow(Rule.SamePerson rule, ProblemBuilder course)
    {
        if (!rule.IsMust)
        {
            course.ChainPeople(rule.Visits, rule.Need);
            return;
        }

        for (var i = 0; i < rule.Visits.Length; i++)
        {
            for (var j = i + 1; j < rule.Visits.Length; j++)
            {
                course.RelatePeople(new(rule.Visits[i], rule.Need), new(rule.Visits[j], rule.Need), same: true, isMust: true);
            }
        }
    }

    public static string Say(Rule.SamePerson rule, Protocol protocol) => $"the same {rule.Need} for {Words.Visits(rule.Visits, protocol)}";
}
