using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>Independence.</content>
public abstract partial record Rule
{
    /// <summary>
    /// Who fills the need in one of <paramref name="These"/> fills none of <paramref name="Those"/>. Where it only should be so, each pair
    /// of visits with the same person counts as one change of person (the objective's second term).
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="These">The needs of visits on one side.</param>
    /// <param name="Those">The needs of visits on the other side; none is on both.</param>
    /// <param name="IsMust">Whether it must be so.</param>
    public sealed record DifferentPeople(RuleHead Head, ImmutableArray<VisitNeed> These, ImmutableArray<VisitNeed> Those, bool IsMust) : Rule(Head);
}

/// <summary>A need of one visit: the therapist of <c>wet[2]</c>.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Need">The id of the need in its visit type.</param>
public readonly record struct VisitNeed(VisitId Visit, string Need);
