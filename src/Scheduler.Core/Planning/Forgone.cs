using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning;

/// <summary>Conditional visits that would have had a place, but are worth nothing without others that have none.</summary>
/// <param name="Rule">The id of the rule of all or none.</param>
/// <param name="Visits">The visits that are not placed although they could be; at least one.</param>
/// <param name="Missing">The visits of the same set for which no place was left beside them; at least one.</param>
public sealed record Forgone(string Rule, ImmutableArray<VisitId> Visits, ImmutableArray<VisitId> Missing)
{
    /// <summary>The rules of all or none that left a whole set without a place.</summary>
    public static ImmutableArray<Rule.AllOrNone> Rules(Protocol protocol, ImmutableArray<VisitId> unplaced) =>
        [.. protocol.Rules.OfType<Rule.AllOrNone>().Where(r => r.Sets.Any(s => s.Any(unplaced.Contains)))];

    /// <summary>What was forgone, seen beside what would be placed without those rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="unplaced">What is not placed with them.</param>
    /// <param name="without">What would not be placed without them.</param>
    public static ImmutableArray<Forgone> Of(ImmutableArray<Rule.AllOrNone> rules, ImmutableArray<VisitId> unplaced, ImmutableArray<VisitId> without) =>
    [
        .. from rule in rules
           from set in rule.Sets
           let visits = set.Where(v => unplaced.Contains(v) && !without.Contains(v)).ToImmutableArray()
           let missing = set.Where(v => unplaced.Contains(v) && without.Contains(v)).ToImmutableArray()
           where !visits.IsEmpty && !missing.IsEmpty
           select new Forgone(rule.Id, visits, missing),
    ];
}
