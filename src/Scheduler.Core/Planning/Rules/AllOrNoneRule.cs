using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How all or none narrows the search: no visit of a set without the others.</summary>
internal static class AllOrNoneRule
{
    public static void Narrow(Rule.AllOrNone rule, ProblemBuilder course)
    {
        foreach (var set in rule.Sets)
        {
            course.PlaceTogether(set);
        }
    }

    public static string Say(Rule.AllOrNone rule, Protocol protocol) =>
        Spoken.Join(rule.Sets.Select(s => $"all or none of {Words.Visits(s, protocol)}"));
}
