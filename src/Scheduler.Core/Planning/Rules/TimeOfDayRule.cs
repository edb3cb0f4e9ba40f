using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How a time of day narrows the search: starts that are left, or a price for the others.</summary>
internal static class TimeOfDayRule
{
    public static void Narrow(Rule.TimeOfDay rule, ProblemBuilder course)
    {
        foreach (var visit in rule.Visits)
        {
            if (rule.Strength.Weight is { } weight)
            {
                course.PriceTimes(visit, rule.Id, (start, end) => Keeps(rule, start, end) ? 0 : weight);
            }
            else
            {
                course.LimitTimes(visit, rule.Id, (start, end) => Keeps(rule, start, end));
            }
        }
    }

    public static string Say(Rule.TimeOfDay rule, Protocol protocol)
    {
        var said = new List<string>();
        if ((rule.StartsFrom, rule.StartsTo) is not (null, null))
        {
            said.Add("start " + (rule.StartsFrom, rule.StartsTo) switch
            {
                ({ } from, { } to) => from == to ? $"at {Hours.Clock(from)}" : $"from {Hours.Clock(from)} to {Hours.Clock(to)}",
                ({ } from, null) => $"at {Hours.Clock(from)} or later",
                (_, var to) => $"at {Hours.Clock(to!.Value)} or earlier",
            });
        }

        if (rule.EndsBy is { } end)
        {
            said.Add($"end by {Hours.Clock(end)}");
        }

        return $"{Words.Visits(rule.Visits, protocol)} must {Spoken.Join(said)}";
    }

    private static bool Keeps(Rule.TimeOfDay rule, int start, int end) =>
        start >= (rule.StartsFrom ?? 0) && start <= (rule.StartsTo ?? Hours.MinutesPerDay) && end <= (rule.EndsBy ?? Hours.MinutesPerDay);
}
