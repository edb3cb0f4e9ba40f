using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How an exclusion by day narrows the search: a day taken by one group is gone for the others.</summary>
internal static class ApartDaysRule
{
    public static void Narrow(Rule.ApartDays rule, ProblemBuilder course)
    {
        for (var g = 0; g < rule.Groups.Length; g++)
        {
            foreach (var other in rule.Groups[(g + 1)..].SelectMany(v => v))
            {
                foreach (var visit in rule.Groups[g])
                {
                    course.KeepApart(visit, other);
                }
            }
        }
    }

    public static string Say(Rule.ApartDays rule, Protocol protocol) => $"{Spoken.Join(rule.Groups.Select(g => Words.Visits(g, protocol)))} never on the same day";
}
