using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what never shares a day.</summary>
internal static class ApartDaysJudge
{
    public static IEnumerable<Breach> Breaches(Rule.ApartDays rule, Evidence evidence)
    {
        var groups = rule.Groups.Select(g => evidence.Placed(g).ToList()).ToList();
        return
            from i in Enumerable.Range(0, groups.Count)
            from j in Enumerable.Range(i + 1, groups.Count - i - 1)
            from a in groups[i]
            from b in groups[j]
            where a.Date == b.Date && evidence.AreCompared(a, b)
            select new Breach([a.Id, b.Id], [], $"{a.Id} and {b.Id} are both on {Wording.Of(a.Date)}, but must not share a day.");
    }
}
