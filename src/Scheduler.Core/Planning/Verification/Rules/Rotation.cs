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
        string?[] people = [.. rule.Visits.Select(v => evidence.PersonIn(new(v, rule.Need)))];
        for (var i = 0; i < people.Length; i++)
        {
            // Behind a visit that is there in any case nothing follows directly.
            for (var j = i + 1; people[i] is not null && j < people.Length; j++)
            {
                if (people[j] == people[i]
                    && evidence.Find(rule.Visits[i]) is { } before
                    && evidence.Find(rule.Visits[j]) is { } after
                    && !evidence.ExcludeEachOther(before, after)
                    && !AnyBetween(rule, i, j, before, after, evidence))
                {
                    yield return (before, after, people[i]!);
                }

                if (IsThere(rule.Visits[j], evidence))
                {
                    break;
                }
            }
        }
    }

    private static bool AnyBetween(Rule.Rotation rule, int first, int last, JudgedVisit before, JudgedVisit after, Evidence evidence)
    {
        for (var i = first + 1; i < last; i++)
        {
            if (IsThereWithBoth(rule.Visits[i], before, after, evidence))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a visit is there in any case.</summary>
    private static bool IsThere(VisitId id, Evidence evidence) =>
        !evidence.IsLeftOut(id) && (!evidence.Protocol.TypeOf(id).IsConditional || evidence.Find(id) is { IsFixed: true });

    /// <summary>Whether a visit is needed wherever two others are, so that these are not in a row.</summary>
    private static bool IsThereWithBoth(VisitId id, JudgedVisit before, JudgedVisit after, Evidence evidence)
    {
        if (evidence.IsLeftOut(id))
        {
            return false;
        }

        var condition = evidence.Protocol.TypeOf(id).OnlyIf;
        return IsThere(id, evidence)
            || (!before.IsFixed && condition == before.Type.OnlyIf)
            || (!after.IsFixed && condition == after.Type.OnlyIf);
    }
}
