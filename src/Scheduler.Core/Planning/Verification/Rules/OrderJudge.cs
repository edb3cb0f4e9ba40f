using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what comes before what.</summary>
internal static class OrderJudge
{
    public static IEnumerable<Breach> Judge(Rule.Order rule, Evidence evidence) =>
        from g in Enumerable.Range(1, rule.Groups.Length - 1)
        from earlier in evidence.Find(rule.Groups[g - 1])
        from later in evidence.Find(rule.Groups[g])
        where evidence.AreJudged(earlier.Id, later.Id)
        from message in Messages(rule, earlier, later)
        select new Breach([earlier.Id, later.Id], [], message);

    private static IEnumerable<string> Messages(Rule.Order rule, PlacedVisit earlier, PlacedVisit later)
    {
        if (earlier.End > later.Start)
        {
            yield return $"{Say.Visit(earlier)} must end before {Say.Visit(later)} starts.";
        }

        if (rule.AtLeast is { } least && later.Date < earlier.Date + least)
        {
            yield return $"{Say.Visit(later)} comes too soon after {earlier.Id}; the first day is {Say.Day(earlier.Date + least)}.";
        }

        if (rule.AtMost is { } most && later.Date > earlier.Date + most)
        {
            yield return $"{Say.Visit(later)} comes too late after {earlier.Id}; the last day is {Say.Day(earlier.Date + most)}.";
        }
    }
}
