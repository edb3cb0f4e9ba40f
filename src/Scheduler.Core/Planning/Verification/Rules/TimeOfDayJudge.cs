using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges at what time visits lie.</summary>
internal static class TimeOfDayJudge
{
    public static IEnumerable<Breach> Judge(Rule.TimeOfDay rule, Evidence evidence) => !rule.Strength.IsMust
        ? []
        : from visit in evidence.Find(rule.Visits)
          where !evidence.FixedVisits.Contains(visit.Id) && !Keeps(rule, visit)
          select new Breach([visit.Id], [], $"{Say.Visit(visit)} is at the wrong time of day; expected {Expected(rule)}.");

    /// <summary>Whether a visit keeps the times.</summary>
    public static bool Keeps(Rule.TimeOfDay rule, PlacedVisit visit)
    {
        var (start, end) = (Say.Minute(visit.Start, visit.Date), Say.Minute(visit.End, visit.Date));
        return !(start < rule.StartsFrom) && !(start > rule.StartsTo) && !(end > rule.EndsBy);
    }

    private static string Expected(Rule.TimeOfDay rule)
    {
        var said = new List<string>();
        if (rule.StartsFrom is { } from)
        {
            said.Add($"a start from {Hours.Clock(from)}");
        }

        if (rule.StartsTo is { } to)
        {
            said.Add($"a start by {Hours.Clock(to)}");
        }

        if (rule.EndsBy is { } end)
        {
            said.Add($"an end by {Hours.Clock(end)}");
        }

        return string.Join(" and ", said);
    }
}
