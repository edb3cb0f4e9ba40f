using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges at what time of the day visits start and end.</summary>
internal static class TimeOfDayJudge
{
    public static IEnumerable<Breach> Breaches(Rule.TimeOfDay rule, Evidence evidence) =>
        rule.Strength.IsMust
            ? from visit in evidence.Placed(rule.Visits)
              where evidence.IsAsked(visit)
              from message in Messages(rule, visit)
              select new Breach([visit.Id], [], message)
            : [];

    public static Price Price(Rule.TimeOfDay rule, Evidence evidence) =>
        Verification.Price.Points((rule.Strength.Weight ?? 0) * evidence.Placed(rule.Visits).Count(v => Messages(rule, v).Any()));

    private static IEnumerable<string> Messages(Rule.TimeOfDay rule, JudgedVisit visit)
    {
        if (rule.StartsFrom is { } earliest && visit.Hours.From < earliest)
        {
            yield return $"{Wording.Of(visit)} starts before {Hours.Clock(earliest)}, the earliest start.";
        }

        if (rule.StartsTo is { } latest && visit.Hours.From > latest)
        {
            yield return $"{Wording.Of(visit)} starts after {Hours.Clock(latest)}, the latest start.";
        }

        if (rule.EndsBy is { } end && visit.Hours.To > end)
        {
            yield return $"{Wording.Of(visit)} ends after {Hours.Clock(end)}, the latest end.";
        }
    }
}
