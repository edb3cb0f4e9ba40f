using System.Collections.Immutable;

namespace Scheduler.Core.Protocols;

/// <content>When a visit may happen, counted in hours.</content>
public abstract partial record Rule
{
    /// <summary>
    /// A window like <see cref="Window"/>, in elapsed minutes from the anchor's moment to the visit's start: a rating 24 hours after an infusion,
    /// give or take 4 hours.
    /// </summary>
    /// <param name="Head">Id, reason and provenance.</param>
    /// <param name="Visits">The visits; each has this window.</param>
    /// <param name="Anchor">The start or the end of a visit.</param>
    /// <param name="TargetMinutes">Minutes from the anchor to the target; not negative.</param>
    /// <param name="Ideal">Minutes around the target that are as planned; each whole hour between them and the start costs one preference point.</param>
    /// <param name="Allowed">Minutes around it that are a minor deviation at worst; contains <paramref name="Ideal"/>.</param>
    /// <param name="Weight">Preference points for each whole hour between the start and the target; 0 where any ideal moment is as good.</param>
    public sealed record HourWindow(
        RuleHead Head, ImmutableArray<VisitId> Visits, Anchor Anchor, int TargetMinutes, Leeway Ideal, Leeway Allowed, int Weight) : Rule(Head)
    {
        /// <summary>What is counted from where the anchor's visit was skipped; null where nothing is.</summary>
        public Anchor? Fallback { get; init; }
    }
}
