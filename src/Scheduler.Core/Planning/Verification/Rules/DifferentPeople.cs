using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges independence of people.</summary>
internal static class DifferentPeopleJudge
{
    public static IEnumerable<Breach> Breaches(Rule.DifferentPeople rule, Evidence evidence) =>
        rule.IsMust
            ? from pair in Shared(rule, evidence)
              let visit = evidence.Find(pair.This.Visit)!
              let other = evidence.Find(pair.That.Visit)!
              where evidence.AreCompared(visit, other)
              select new Breach(
                  visit.Id == other.Id ? [visit.Id] : [visit.Id, other.Id],
                  [pair.Person],
                  $"{Wording.ResourceOf(evidence, pair.Person)} is {pair.This.Need} of {visit.Id} on {Wording.Of(visit.Date)} and {pair.That.Need} of "
                  + $"{other.Id} on {Wording.Of(other.Date)}, but these must be different people.")
            : [];

    public static Price Price(Rule.DifferentPeople rule, Evidence evidence) =>
        rule.IsMust ? Verification.Price.None : Verification.Price.Changes(Shared(rule, evidence).Count());

    /// <summary>The pairs that have a person in common.</summary>
    private static IEnumerable<(VisitNeed This, VisitNeed That, string Person)> Shared(Rule.DifferentPeople rule, Evidence evidence)
    {
        var others = new Dictionary<string, List<VisitNeed>>();
        foreach (var need in rule.Those)
        {
            if (evidence.PersonIn(need) is not { } person)
            {
                continue;
            }

            if (!others.TryGetValue(person, out var needs))
            {
                others[person] = needs = [];
            }

            needs.Add(need);
        }

        foreach (var need in rule.These)
        {
            if (evidence.PersonIn(need) is { } person && others.TryGetValue(person, out var needs))
            {
                foreach (var other in needs)
                {
                    if (!evidence.ExcludeEachOther(evidence.Find(need.Visit)!, evidence.Find(other.Visit)!))
                    {
                        yield return (need, other, person);
                    }
                }
            }
        }
    }
}
