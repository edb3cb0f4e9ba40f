using System.Collections.Immutable;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>A conflict is one: its constraints alone leave no calendar for the whole course, and none of them can be spared. Each is planned again to see it.</summary>
public class ConflictsTests
{
    /// <summary>Twenty times what the explanation may take for a trial.</summary>
    private const long Steps = 20_000;

    [Fact]
    public void Each_conflict_is_impossible_by_itself() =>
        Seeds.Hold(120, (request, _) => First(request, (reason, isImpossible) => isImpossible(reason) ? null : $"not a conflict: {Said(reason)}"));

    [Fact]
    public void None_of_a_conflict_can_be_spared() =>
        Seeds.Hold(120, (request, _) => First(
            request, (reason, isImpossible) => reason.Where(one => isImpossible(reason.Remove(one))).Select(one => $"more than it must: {one} of {Said(reason)}").FirstOrDefault()));

    [Fact]
    public void What_is_said_to_be_smallest_has_a_calendar_without_each_of_it() => Seeds.Hold(120, (request, _) =>
    {
        foreach (var reason in Reasons(request, out var plan).Where(r => r.IsSmallest))
        {
            if (reason.Constraints.FirstOrDefault(one => plan(reason.Constraints.Remove(one)).Best is null) is { } needless)
            {
                return $"no calendar without it: {needless} of {Said(reason.Constraints)}";
            }
        }

        return null;
    });

    [Fact]
    public void No_two_conflicts_are_the_same_and_none_holds_another() => Seeds.Hold(120, (request, _) =>
    {
        var reasons = Reasons(request, out var _).Select(r => r.Constraints).ToList();
        return reasons.Any(one => reasons.Any(other => one != other && one.All(other.Contains))) ? $"one holds another: {string.Join(" and ", reasons.Select(Said))}" : null;
    });

    [Fact]
    public void Several_conflicts_are_seen_often() =>
        Assert.True(Enumerable.Range(0, 200).Count(seed => Reasons(Known.Request(seed), out var _).Length > 1) >= 3);

    private static string? First(PlanningRequest request, Func<ImmutableArray<Waiver>, Predicate<ImmutableArray<Waiver>>, string?> wrong)
    {
        foreach (var reason in Reasons(request, out var plan))
        {
            if (wrong(reason.Constraints, kept => plan(kept) is { Best: null, IsComplete: true }) is { } what)
            {
                return what;
            }
        }

        return null;
    }

    // What is conditional is not asked for: it is left out where there is no room.
    private static ImmutableArray<Reason> Reasons(PlanningRequest request, out Func<ImmutableArray<Waiver>, SearchResult> plan)
    {
        if (request.Protocol.VisitTypes.Any(t => t.IsConditional)
            || Known.Outcome(request) is not Outcome.Infeasible
            || !ConflictWords.Unfillable(request).IsEmpty)
        {
            plan = _ => throw new InvalidOperationException("There is no reason to try.");
            return [];
        }

        var almanac = Almanac.Of(request);
        var frame = Planner.Frame(request);
        plan = kept =>
        {
            var waived = Conflicts.Waivers(request).Where(w => !kept.Contains(w)).Append(new Waiver.Costs()).ToImmutableHashSet();
            return new DaySearch(Planner.Problem(request, almanac, waived.Contains, Conflicts.Wide(frame)), Steps).First();
        };
        return Conflicts.Reasons(request, almanac, frame);
    }

    private static string Said(ImmutableArray<Waiver> reason) => string.Join(", ", reason);
}
