using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges rotation of people.</summary>
internal static class RotationJudge
{
    public static IEnumerable<Breach> Breaches(Rule.Rotation rule, Evidence evidence) =>
        rule.IsMust
            ? from pair in Repeated(rule, evidence)
              where evidence.AreCompared(pair.Before, pair.After)
              select new Breach(
                  [pair.Before.Id, pair.After.Id],
                  [pair.Person],
                  $"{Wording.ResourceOf(evidence, pair.Person)} is {rule.Need} of {pair.Before.Id} on {Wording.Of(pair.Before.Date)} and of {pair.After.Id} on "
                  + $"{Wording.Of(pair.After.Date)}, but nobody may be it twice in a row.")
            : [];

    public static Price Price(Rule.Rotation rule, Evidence evidence) =>
        rule.IsMust ? Verification.Price.None : Verification.Price.Changes(Repeated(rule, evidence).Count());

    /// <summary>The visits in a row that have one person.</summary>
    private static IEnumerable<(JudgedVisit Before, JudgedVisit After, string Person)> Repeated(Rule.Rotation rule, Evidence evidence)
    {
        for (var i = 0; i < rule.Visits.Length; i++)
        {
            for (var j = i + 1; j < rule.Visits.Length; j++)
            {
                var person = evidence.PersonIn(new(rule.Visits[i], rule.Need));
                if (person is not null
                    && evidence.PersonIn(new(rule.Visits[j], rule.Need)) == person
                    && evidence.Find(rule.Visits[i]) is { } before
                    && evidence.Find(rule.Visits[j]) is { } after
                    && !evidence.ExcludeEachOther(before, after)
                    && !rule.Visits[(i + 1)..j].Any(v => IsThereWithBoth(v, before, after, evidence)))
                {
                    yield return (before, after, person);
                }
            }
        }
    }

    /// <summary>Whether a visit is needed wherever two others are, so that these are not in a row.</summary>
    private static bool IsThereWithBoth(VisitId id, JudgedVisit before, JudgedVisit after, Evidence evidence)
    {
        if (evidence.IsLeftOut(id))
        {
            return false;
        }

        var type = evidence.Protocol.TypeOf(id);
        return !type.IsConditional
            || evidence.Find(id) is { IsFixed: true }
            || (!before.IsFixed && type.OnlyIf == before.Type.OnlyIf)
            || (!after.IsFixed && type.OnlyIf == after.Type.OnlyIf);
    }
}
