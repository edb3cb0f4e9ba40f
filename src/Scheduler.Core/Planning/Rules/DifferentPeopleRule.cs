using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How independence narrows the search: the crews of all pairs differ, or each pair that does not has a price.</summary>
internal static class DifferentPeopleRule
{
    public static void Narrow(Rule.DifferentPeople rule, ProblemBuilder course)
    {
        foreach (var one in rule.These)
        {
            foreach (var other in rule.Those)
            {
                course.RelatePeople(one, other, same: false, rule.IsMust);
            }
        }
    }

    public static string Say(Rule.DifferentPeople rule, Protocol protocol) => $"{Sides(rule.These, protocol)} is somebody else than {Sides(rule.Those, protocol)}";

    private static string Sides(IEnumerable<VisitNeed> needs, Protocol protocol) =>
        Spoken.Join(needs.GroupBy(n => n.Need).Select(g => $"the {g.Key} of {Words.Visits([.. g.Select(n => n.Visit)], protocol)}"));
}
