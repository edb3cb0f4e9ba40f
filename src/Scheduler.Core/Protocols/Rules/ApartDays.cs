using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>What never shares a day.</content>
public abstract partial record Rule
{
    /// <summary>No visit of one group is on the same day as a visit of another group.</summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Groups">Two or more groups; no visit is in two.</param>
    public sealed record ApartDays(RuleHead Head, ImmutableArray<ImmutableArray<VisitId>> Groups) : Rule(Head);
}
