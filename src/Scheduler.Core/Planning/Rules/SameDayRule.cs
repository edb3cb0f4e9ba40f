using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>How a bundle of one day narrows the search: no days between, and minutes or turns within the day.</summary>
internal static class SameDayRule
{
    public static void Narrow(Rule.SameDay rule, ProblemBuilder course)
    {
        foreach (var (visit, partner) in rule.Pairs)
        {
            course.HangOn(visit, partner);
            course.ShareDay(partner, visit);
            switch (rule.Place)
            {
                case DayPlace.Anytime:
                    break;
                case DayPlace.Before:
                    course.Precede(visit, partner);
                    break;
                case DayPlace.After:
                    course.Precede(partner, visit);
                    break;
                case DayPlace.Starts starts:
                    var moment = starts.FromEnd ? course.LengthOf(partner) : 0;
                    course.Space(partner, visit, moment + starts.Earliest, moment + starts.Latest);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(rule), rule.Place, "A kind of place without a case here.");
            }
        }
    }

    public static string Say(Rule.SameDay rule, Protocol protocol) =>
        $"{Words.Visits([.. rule.Pairs.Select(p => p.Visit)], protocol)} on the day of {Words.Visits([.. rule.Pairs.Select(p => p.Partner).Distinct()], protocol)}{Place(rule.Place)}";

    private static string Place(DayPlace place) => place switch
    {
        DayPlace.Before => ", before it",
        DayPlace.After => ", after it",
        DayPlace.Starts starts => $", {Words.Minutes(starts.Earliest, starts.Latest)} its {(starts.FromEnd ? "end" : "start")}",
        _ => "",
    };
}
