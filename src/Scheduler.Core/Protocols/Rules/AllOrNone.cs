using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>What is worth nothing in parts.</content>
public abstract partial record Rule
{
    /// <summary>Of each set of conditional visits, either all are placed or none is: an infusion whose ratings find no place is not placed either.</summary>
    /// <remarks>A visit that the course goes without does not count; where a visit of a set is certain or fixed, it is placed anyway, and the set is not bound.</remarks>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Sets">One or more sets of two or more visits; the visits of a set depend on one condition.</param>
    public sealed record AllOrNone(RuleHead Head, ImmutableArray<ImmutableArray<VisitId>> Sets) : Rule(Head);
}
