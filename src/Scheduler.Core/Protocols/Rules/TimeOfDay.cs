using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>At what time.</content>
public abstract partial record Rule
{
    /// <summary>The wall times between which visits start and end, in minutes from midnight. At least one bound is given.</summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Visits">The visits.</param>
    /// <param name="StartsFrom">The earliest start (inclusive), or null.</param>
    /// <param name="StartsTo">The latest start (inclusive), or null.</param>
    /// <param name="EndsBy">The latest end (inclusive), or null.</param>
    /// <param name="Strength">Must, or should at a price for each visit.</param>
    public sealed record TimeOfDay(
        RuleHead Head, ImmutableArray<VisitId> Visits, int? StartsFrom, int? StartsTo, int? EndsBy, Strength Strength) : Rule(Head);
}
