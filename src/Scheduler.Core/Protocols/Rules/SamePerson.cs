using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>Continuity.</content>
public abstract partial record Rule
{
    /// <summary>
    /// The same person fills a need in all of these visits. Where it only should be so, each visit whose person differs from the
    /// one of the visit before, in the order of <paramref name="Visits"/>, is one change of person (the objective's second term).
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Visits">Two or more visits, in the order in which they are listed; each has the need.</param>
    /// <param name="Need">The id of the need.</param>
    /// <param name="IsMust">Whether it must be so.</param>
    public sealed record SamePerson(RuleHead Head, ImmutableArray<VisitId> Visits, string Need, bool IsMust) : Rule(Head);
}
