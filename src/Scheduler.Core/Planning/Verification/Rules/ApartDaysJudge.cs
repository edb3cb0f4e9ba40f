using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what never shares a day.</summary>
internal static class ApartDaysJudge
{
    public static IEnumerable<Breach> Judge(Rule.ApartDays rule, Evidence evidence) =>
        from a in Enumerable.Range(0, rule.Groups.Length)
        from b in Enumerable.Range(a + 1, rule.Groups.Length - a - 1)
        from one in evidence.Find(rule.Groups[a])
        from other in evidence.Find(rule.Groups[b])
        where one.Date == other.Date && evidence.AreJudged(one.Id, other.Id)
        select new Breach([one.Id, other.Id], [], $"{one.Id} and {other.Id} are both on {Say.Day(one.Date)}, but never share a day.");
}
