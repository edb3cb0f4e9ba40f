using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges on which weekdays visits lie.</summary>
internal static class WeekdaysJudge
{
    public static IEnumerable<Breach> Judge(Rule.Weekdays rule, Evidence evidence) => !rule.Strength.IsMust
        ? []
        : from visit in evidence.Find(rule.Visits)
          where !evidence.FixedVisits.Contains(visit.Id) && !rule.Days.Contains(visit.Date.DayOfWeek)
          select new Breach([visit.Id], [], $"{Say.Visit(visit)} is on the wrong weekday; expected {string.Join(" or ", rule.Days)}.");
}
