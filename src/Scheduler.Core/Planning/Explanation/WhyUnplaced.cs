using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Why conditional treatment found no place in a calendar.</summary>
/// <param name="First">The first visit of a chain that has none.</param>
/// <param name="Hanging">Unplaced visits that cannot be placed without it.</param>
/// <param name="Conflict">What stands in its way beside the visits that are placed; null where the other visits of its result take its place, or where the reason takes too long to find.</param>
public sealed record WhyUnplaced(VisitId First, ImmutableArray<VisitId> Hanging, Conflict? Conflict)
{
    /// <summary>Reasons are looked for so many chains at most: the first that has no place is the one to mend.</summary>
    private const int MostChains = 2;

    /// <summary>Steps for each reason, so that an explanation never takes longer than the answer.</summary>
    private const long Steps = 20_000;

    /// <summary>The chains of unplaced visits that hold treatment, each with its reason.</summary>
    /// <param name="request">The request.</param>
    /// <param name="calendar">A calendar for it.</param>
    public static ImmutableArray<WhyUnplaced> Of(PlanningRequest request, TreatmentCalendar calendar)
    {
        var unplaced = calendar.Unplaced.ToHashSet();
        var needs = unplaced.ToDictionary(v => v, v => Needs(request.Protocol, v).Where(unplaced.Contains).ToList());
        var chains =
            from first in calendar.Unplaced
            where needs[first].Count == 0
            let hanging = calendar.Unplaced.Where(v => v != first && HangsOn(v, first, needs, [])).ToImmutableArray()
            where hanging.Prepend(first).Any(v => request.Protocol.TypeOf(v).Purpose == VisitPurpose.Treatment)
            select new WhyUnplaced(first, hanging, null);
        return [.. chains.Take(MostChains).Select(c => c with { Conflict = Reason(request, calendar, c.First) })];
    }

    /// <summary>The visits without which a visit cannot be placed.</summary>
    private static IEnumerable<VisitId> Needs(Protocol protocol, VisitId visit) => protocol.Rules.SelectMany(rule => rule switch
    {
        Rule.Window window when window.Visits.Contains(visit) && window.Anchor.VisitOrNone is { } anchor => [anchor],
        Rule.HourWindow window when window.Visits.Contains(visit) && window.Anchor.VisitOrNone is { } anchor => [anchor],
        Rule.SameDay same => same.Pairs.Where(p => p.Visit == visit).Select(p => p.Partner),
        _ => Enumerable.Empty<VisitId>(),
    });

    private static bool HangsOn(VisitId visit, VisitId first, Dictionary<VisitId, List<VisitId>> needs, HashSet<VisitId> seen) =>
        seen.Add(visit) && needs[visit].Exists(v => v == first || HangsOn(v, first, needs, seen));

    /// <summary>
    /// What stands in the way of one visit, were it certain, beside the visits that are always needed, those placed for the same result, and those that it counts
    /// from: others are not there when it is.
    /// </summary>
    private static Conflict? Reason(PlanningRequest request, TreatmentCalendar calendar, VisitId visit)
    {
        var protocol = request.Protocol;
        var condition = protocol.TypeOf(visit).OnlyIf;
        var needed = new HashSet<VisitId>();
        AddNeeds(visit);
        ImmutableArray<PlacedVisit> beside =
            [.. calendar.Visits.Where(v => needed.Contains(v.Id) || (protocol.TypeOf(v.Id) is var type && (!type.IsConditional || type.OnlyIf == condition)))];
        var stays = beside.Select(v => v.Id).Append(visit).ToHashSet();
        var alone = ProtocolParts.Alone(protocol, v => !stays.Contains(v), request.LeftOut);
        var certain = alone with { VisitTypes = [.. alone.VisitTypes.Select(t => t.Id == visit.Type ? t with { OnlyIf = null } : t)] };
        var outcome = Planner.Plan(request with
        {
            Protocol = certain,
            Fixed = beside,
            LeftOut = [.. request.LeftOut.Union(protocol.Visits.Where(v => !stays.Contains(v)))],
            Proposals = 1,
            StepBudget = Math.Min(request.StepBudget, Steps),
        });
        return outcome is Outcome.Infeasible { Conflicts: [var conflict, ..] } ? conflict : null;

        void AddNeeds(VisitId of)
        {
            foreach (var other in Needs(protocol, of).Where(needed.Add))
            {
                AddNeeds(other);
            }
        }
    }
}
