using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges on which days of the week visits lie.</summary>
internal static class WeekdaysJudge
{
    public static IEnumerable<Breach> Breaches(Rule.Weekdays rule, Evidence evidence) =>
        rule.Strength.IsMust
            ? from visit in Others(rule, evidence)
              where evidence.IsAsked(visit)
              select new Breach([visit.Id], [], $"{Wording.OnDay(visit)}, but must be on one of {Wording.Of(rule.Days)}.")
            : [];

    public static Price Price(Rule.Weekdays rule, Evidence evidence) =>
        Verification.Price.Points((rule.Strength.Weight ?? 0) * Others(rule, evidence).Count());

    private static IEnumerable<JudgedVisit> Others(Rule.Weekdays rule, Evidence evidence) =>
        evidence.Placed(rule.Visits).Where(v => !rule.Days.Contains(v.Date.DayOfWeek));
}
