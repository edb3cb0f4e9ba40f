using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges independence.</summary>
internal static class DifferentPeopleJudge
{
    public static IEnumerable<Breach> Judge(Rule.DifferentPeople rule, Evidence evidence) => !rule.IsMust
        ? []
        : from pair in Meetings(rule, evidence, _ => true)
          where evidence.AreJudged(pair.One.Visit, pair.Other.Visit)
          select new Breach(
              [pair.One.Visit, pair.Other.Visit],
              [pair.Person],
              $"{Say.Resource(evidence.Clinic, pair.Person)} is {pair.One.Need} of {pair.One.Visit} and {pair.Other.Need} of {pair.Other.Visit}; they must be two people.");

    /// <summary>The pairs of needs that one person fills.</summary>
    public static IEnumerable<(VisitNeed One, VisitNeed Other, string Person)> Meetings(Rule.DifferentPeople rule, Evidence evidence, Func<VisitId, bool> counts) =>
        from one in rule.These
        from other in rule.Those
        where counts(one.Visit) && counts(other.Visit)
        let person = evidence.Find(one.Visit)?.ResourceFor(one.Need)
        where person is not null && person == evidence.Find(other.Visit)?.ResourceFor(other.Need)
        select (one, other, person);
}
