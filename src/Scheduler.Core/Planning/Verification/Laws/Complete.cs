using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>complete</c>: every visit is accounted for once unless the course goes without it, nothing else is there, and fixed visits are where they were.</summary>
internal static class Complete
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        var placed = evidence.Calendar.Visits.ToLookup(v => v.Id);
        var unplaced = evidence.Calendar.Unplaced.ToLookup(v => v);
        var fixedVisits = evidence.Request.Fixed.ToLookup(v => v.Id);
        foreach (var id in evidence.Protocol.Visits)
        {
            var message = evidence.IsLeftOut(id)
                ? LeftOut(id, [.. placed[id]], unplaced[id].Any())
                : Message(id, evidence.Protocol.TypeOf(id), [.. placed[id]], unplaced[id].Count(), fixedVisits[id].FirstOrDefault());
            if (message is not null)
            {
                yield return new([id], [], message);
            }
        }

        var known = evidence.Protocol.Visits.ToHashSet();
        foreach (var id in placed.Select(p => p.Key).Union(unplaced.Select(p => p.Key)).Where(id => !known.Contains(id)))
        {
            yield return new([id], [], $"The calendar has {id}, but the protocol has no such visit.");
        }
    }

    private static string? LeftOut(VisitId id, PlacedVisit[] placed, bool isUnplaced) => (placed, isUnplaced) switch
    {
        ([var first, ..], _) => $"{id} is placed on {Wording.Of(first.Start)}, but the course goes without it.",
        (_, true) => $"{id} is listed as unplaced, but the course goes without it.",
        _ => null,
    };

    private static string? Message(VisitId id, VisitType type, PlacedVisit[] placed, int unplaced, PlacedVisit? fixedVisit) =>
        (placed, unplaced, fixedVisit) switch
        {
            ({ Length: > 1 }, _, _) => $"{id} is there {placed.Length} times ({string.Join("; ", placed.Select(p => Wording.Of(p.Start, p.End)))}), but must be there once.",
            ({ Length: 1 }, > 0, _) => $"{id} is placed on {Wording.Of(placed[0].Start)} and listed as unplaced, but can only be one of them.",
            ({ Length: 1 }, _, { } before) when !IsSame(placed[0], before) => Moved(placed[0], before),
            ({ Length: 0 }, _, { } before) => $"{id} is fixed on {Wording.Of(before.Start, before.End)}, but is missing.",
            ({ Length: 0 }, > 0, _) when !type.IsConditional => $"{id} is listed as unplaced, but it is certain and must be placed.",
            ({ Length: 0 }, > 1, _) => $"{id} is listed as unplaced {unplaced} times, but must be listed once.",
            ({ Length: 0 }, 0, _) when type.IsConditional => $"{id} is neither placed nor listed as unplaced.",
            ({ Length: 0 }, 0, _) => $"{id} is missing.",
            _ => null,
        };

    private static bool IsSame(PlacedVisit a, PlacedVisit b) => a.Start == b.Start && a.End == b.End && UsesOf(a).SequenceEqual(UsesOf(b));

    private static ImmutableArray<ResourceUse> UsesOf(PlacedVisit visit) => visit.Uses.IsDefault ? [] : visit.Uses;

    private static string Moved(PlacedVisit now, PlacedVisit before)
    {
        if (now.Start != before.Start || now.End != before.End)
        {
            return $"{now.Id} is fixed on {Wording.Of(before.Start, before.End)}, but the calendar has it on {Wording.Of(now.Start, now.End)}.";
        }

        var (wanted, found) = (Names(before), Names(now));
        return wanted == found
            ? $"{now.Id} is fixed, but the calendar has what it takes at other times or in other ways."
            : $"{now.Id} is fixed with {wanted}, but the calendar has it with {found}.";
    }

    private static string Names(PlacedVisit visit) =>
        string.Join(", ", UsesOf(visit).Select(u => u.Resource).Distinct()) is { Length: > 0 } names ? names : "nobody and nothing";
}
