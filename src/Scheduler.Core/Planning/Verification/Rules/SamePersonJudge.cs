using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges continuity.</summary>
internal static class SamePersonJudge
{
    public static IEnumerable<Breach> Judge(Rule.SamePerson rule, Evidence evidence)
    {
        var visits = rule.IsMust ? evidence.Find(rule.Visits).ToList() : [];
        for (var i = 0; i < visits.Count; i++)
        {
            for (var j = i + 1; j < visits.Count; j++)
            {
                var (one, other) = (visits[i].ResourceFor(rule.Need), visits[j].ResourceFor(rule.Need));
                if (one != other && evidence.AreJudged(visits[i].Id, visits[j].Id))
                {
                    yield return new(
                        [visits[i].Id, visits[j].Id],
                        [.. new[] { one, other }.OfType<string>()],
                        $"{visits[i].Id} has {one ?? "nobody"} and {visits[j].Id} has {other ?? "nobody"} as {rule.Need}; it must be the same person.");
                }
            }
        }
    }

    /// <summary>Changes of person from a placed visit to the next.</summary>
    public static int Changes(Rule.SamePerson rule, IReadOnlyList<PlacedVisit> visits) =>
        Enumerable.Range(1, Math.Max(0, visits.Count - 1)).Count(i => visits[i].ResourceFor(rule.Need) != visits[i - 1].ResourceFor(rule.Need));
}
