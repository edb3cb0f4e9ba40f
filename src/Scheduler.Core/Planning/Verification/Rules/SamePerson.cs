using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges continuity of people.</summary>
internal static class SamePersonJudge
{
    public static IEnumerable<Breach> Breaches(Rule.SamePerson rule, Evidence evidence)
    {
        if (!rule.IsMust)
        {
            yield break;
        }

        var filled = Filled(rule, evidence);
        var areOne = true;
        for (var i = 1; i < filled.Count; i++)
        {
            var (visit, person) = filled[i];
            areOne &= person == filled[0].Person;
            if (!areOne && FirstOther(filled, i, evidence) is var (other, otherPerson))
            {
                yield return new(
                    [other.Id, visit.Id],
                    [otherPerson, person],
                    $"{visit.Id} on {Wording.Of(visit.Date)} has {Wording.ResourceOf(evidence, person)} as {rule.Need} and {other.Id} on "
                    + $"{Wording.Of(other.Date)} has {Wording.ResourceOf(evidence, otherPerson)}, but it must be the same person.");
            }
        }
    }

    /// <summary>One change for each visit whose person differs from that of the visit before; a visit of another branch is not "before".</summary>
    public static Price Price(Rule.SamePerson rule, Evidence evidence)
    {
        if (rule.IsMust)
        {
            return Verification.Price.None;
        }

        var filled = Filled(rule, evidence);
        var changes = 0;
        for (var i = 1; i < filled.Count; i++)
        {
            var before = i - 1;
            while (before >= 0 && evidence.ExcludeEachOther(filled[before].Visit, filled[i].Visit))
            {
                before--;
            }

            changes += before >= 0 && filled[before].Person != filled[i].Person ? 1 : 0;
        }

        return Verification.Price.Changes(changes);
    }

    /// <summary>The first of those before a visit that has somebody else.</summary>
    private static (JudgedVisit Visit, string Person)? FirstOther(List<(JudgedVisit Visit, string Person)> filled, int index, Evidence evidence)
    {
        for (var i = 0; i < index; i++)
        {
            if (filled[i].Person != filled[index].Person && evidence.AreCompared(filled[i].Visit, filled[index].Visit))
            {
                return filled[i];
            }
        }

        return null;
    }

    private static List<(JudgedVisit Visit, string Person)> Filled(Rule.SamePerson rule, Evidence evidence)
    {
        var filled = new List<(JudgedVisit, string)>();
        foreach (var visit in evidence.Placed(rule.Visits))
        {
            if (evidence.PersonIn(new(visit.Id, rule.Need)) is { } person)
            {
                filled.Add((visit, person));
            }
        }

        return filled;
    }
}
