using System.Collections.Immutable;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Why a calendar has visits outside their allowed windows: what there is inside them.</summary>
/// <param name="Conflicts">What leaves no calendar inside them; empty where there is one, or where none was found within the request's steps.</param>
/// <param name="Inside">What changes of what is booked where all windows are kept as allowed; null where there is no such calendar, or none was found.</param>
public sealed record WhyOutside(ImmutableArray<Conflict> Conflicts, Moves? Inside)
{
    /// <summary>The reason; null where a calendar keeps all windows as allowed.</summary>
    /// <param name="request">A request that permits major deviations.</param>
    /// <param name="calendar">Its answer.</param>
    public static WhyOutside? Of(PlanningRequest request, Proposal calendar) => calendar.Cost.Major == 0
        ? null
        : Planner.Plan(request with { Deviations = DeviationLimit.Minor, Proposals = 1 }) switch
        {
            Outcome.Infeasible infeasible => new(infeasible.Conflicts, null),
            Outcome.Placed { Proposals: [var inside, ..] } => new([], inside.Cost.Moves),
            _ => new([], null),
        };
}
