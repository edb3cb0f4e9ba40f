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
        for (var i = 1; i < filled.Count; i++)
        {
            var (visit, person) = filled[i];
            var (other, otherPerson) = filled.Take(i).FirstOrDefault(o => o.Person != person && evidence.AreCompared(o.Visit, visit));
            if (other is not null)
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
            var before = filled.Take(i).LastOrDefault(o => !evidence.ExcludeEachOther(o.Visit, filled[i].Visit));
            changes += before.Visit is not null && before.Person != filled[i].Person ? 1 : 0;
        }

        return Verification.Price.Changes(changes);
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
