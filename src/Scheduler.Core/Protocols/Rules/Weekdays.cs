using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Protocols;

/// <content>On which days of the week.</content>
public abstract partial record Rule
{
    /// <summary>The days of the week on which visits lie.</summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Visits">The visits.</param>
    /// <param name="Days">The days, at least one.</param>
    /// <param name="Strength">Must, or should at a price for each visit.</param>
    public sealed record Weekdays(
        RuleHead Head, ImmutableArray<VisitId> Visits, ImmutableArray<IsoDayOfWeek> Days, Strength Strength) : Rule(Head);
}
