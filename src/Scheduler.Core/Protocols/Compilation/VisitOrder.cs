using System.Collections.Immutable;
using Scheduler.Core.Protocols.Compilation.Contradictions;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Which visits are never on a later day than which, by all that a protocol says about their days.</summary>
/// <param name="protocol">The protocol.</param>
internal sealed class VisitOrder(Protocol protocol)
{
    /// <summary>Bounds are followed there and back so often; a protocol in which that is not enough says nothing clear.</summary>
    private const int MostRounds = 40;

    private readonly DateBound[] bounds =
        [.. protocol.VisitTypes.SelectMany(t => Dates.OfSeries(t, PerDay(protocol, t), _ => true)).Concat(protocol.Rules.SelectMany(Dates.Of))];

    private readonly Dictionary<VisitId, Dictionary<VisitId, long>> known = [];

    /// <summary>The visits in their order; null with two of them for which nobody can say it.</summary>
    public ImmutableArray<VisitId>? Of(ImmutableArray<VisitId> visits, out (VisitId One, VisitId Other) unclear)
    {
        unclear = default;
        for (var i = 0; i < visits.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!IsNeverLater(visits[i], visits[j]) && !IsNeverLater(visits[j], visits[i]))
                {
                    unclear = (visits[j], visits[i]);
                    return null;
                }
            }
        }

        return [.. visits.OrderBy(v => visits.Count(w => w != v && IsNeverLater(w, v) && !IsNeverLater(v, w)))];
    }

    private bool IsNeverLater(VisitId one, VisitId other) =>
        one.Type == other.Type ? one.Ordinal <= other.Ordinal : LatestAfter(other).TryGetValue(one, out var days) && days <= 0;

    /// <summary>How many days after a visit others are at most.</summary>
    private Dictionary<VisitId, long> LatestAfter(VisitId visit)
    {
        if (known.TryGetValue(visit, out var latest))
        {
            return latest;
        }

        known[visit] = latest = new() { [visit] = 0 };
        var changed = true;
        for (var round = 0; changed && round < MostRounds; round++)
        {
            changed = false;
            for (var i = 0; i < bounds.Length; i++)
            {
                var bound = bounds[round % 2 == 0 ? i : bounds.Length - 1 - i];
                if (latest.TryGetValue(bound.From, out var from) && (!latest.TryGetValue(bound.To, out var to) || from + bound.Most < to))
                {
                    latest[bound.To] = from + bound.Most;
                    changed = true;
                }
            }
        }

        return latest;
    }

    private static int PerDay(Protocol protocol, VisitType type) =>
        protocol.Rules.OfType<Rule.Cadence>().FirstOrDefault(c => c.PerDay is not null && c.Series[0].Type == type.Id)?.PerDay?.Times ?? 1;
}
