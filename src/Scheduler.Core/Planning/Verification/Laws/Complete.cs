using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>complete</c>: every visit is accounted for once unless the course goes without it, nothing else is there, and fixed visits are where they were.</summary>
internal static class Complete
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        var (placed, unplaced) = (new int[evidence.Count], new int[evidence.Count]);
        var (areKnown, first) = (true, new PlacedVisit?[evidence.Count]);
        foreach (var visit in evidence.Calendar.Visits)
        {
            if (evidence.PlaceOf(visit.Id) is { } place)
            {
                placed[place]++;
                first[place] ??= visit;
            }
            else
            {
                areKnown = false;
            }
        }

        foreach (var id in evidence.Calendar.Unplaced)
        {
            if (evidence.PlaceOf(id) is { } place)
            {
                unplaced[place]++;
            }
            else
            {
                areKnown = false;
            }
        }

        for (var i = 0; i < evidence.Count; i++)
        {
            var id = evidence.Protocol.Visits[i];
            var message = evidence.IsLeftOut(id)
                ? LeftOut(id, first[i], unplaced[i] > 0)
                : Message(evidence, id, placed[i], first[i], unplaced[i]);
            if (message is not null)
            {
                yield return new([id], [], message);
            }
        }

        if (!areKnown)
        {
            foreach (var id in evidence.Calendar.Visits.Select(v => v.Id).Concat(evidence.Calendar.Unplaced).Distinct().Where(id => evidence.PlaceOf(id) is null))
            {
                yield return new([id], [], $"The calendar has {id}, but the protocol has no such visit.");
            }
        }
    }

    private static string? LeftOut(VisitId id, PlacedVisit? placed, bool isUnplaced) => (placed, isUnplaced) switch
    {
        ({ } first, _) => $"{id} is placed on {Wording.Of(first.Start)}, but the course goes without it.",
        (_, true) => $"{id} is listed as unplaced, but the course goes without it.",
        _ => null,
    };

    private static string? Message(Evidence evidence, VisitId id, int placed, PlacedVisit? first, int unplaced) =>
        (placed, unplaced, evidence.Fixed(id)) switch
        {
            ( > 1, _, _) => $"{id} is there {placed} times ({string.Join("; ", evidence.Calendar.Visits.Where(v => v.Id == id).Select(p => Wording.Of(p.Start, p.End)))}), but must be there once.",
            (1, > 0, _) => $"{id} is placed on {Wording.Of(first!.Start)} and listed as unplaced, but can only be one of them.",
            (1, _, { } before) when !IsSame(first!, before) => Moved(first!, before),
            (0, _, { } before) => $"{id} is fixed on {Wording.Of(before.Start, before.End)}, but is missing.",
            (0, > 0, _) when !evidence.Protocol.TypeOf(id).IsConditional => $"{id} is listed as unplaced, but it is certain and must be placed.",
            (0, > 1, _) => $"{id} is listed as unplaced {unplaced} times, but must be listed once.",
            (0, 0, _) when evidence.Protocol.TypeOf(id).IsConditional => $"{id} is neither placed nor listed as unplaced.",
            (0, 0, _) => $"{id} is missing.",
            _ => null,
        };

    private static bool IsSame(PlacedVisit a, PlacedVisit b) => a.Start == b.Start && a.End == b.End && a.Uses.SequenceEqual(b.Uses);

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
        string.Join(", ", visit.Uses.Select(u => u.Resource).Distinct()) is { Length: > 0 } names ? names : "nobody and nothing";
}
