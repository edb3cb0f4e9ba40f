using Scheduler.Core.Planning;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>A search that is cut short says so, and says nothing that is not so.</summary>
public class StepBudgetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void A_small_budget_gives_the_same_answer_or_none_that_is_wrong(int budget) =>
        Seeds.Hold(100, (request, _) => Wrong(request, Planner.Plan(request with { StepBudget = budget })));

    [Fact]
    public void A_budget_that_ends_just_before_the_proof_gives_no_wrong_answer() => Seeds.Hold(100, (request, chance) =>
        Known.Outcome(request).Steps is > 2 and var steps
            ? Wrong(request, Planner.Plan(request with { StepBudget = steps - 1 }))
                ?? Wrong(request, Planner.Plan(request with { StepBudget = chance.From(1, (int)steps - 1) }))
            : null);

    [Fact]
    public void A_budget_that_suffices_decides_nothing_by_its_size() => Seeds.Hold(60, (request, _) =>
        Known.Outcome(request) is (Outcome.Placed or Outcome.Infeasible) and { Steps: var steps }
        && steps < request.StepBudget - (request.StepBudget / 10)
        && Description.Describe(Planner.Plan(request with { StepBudget = 10 * request.StepBudget })) is var other
        && other != Description.Describe(Known.Outcome(request))
            ? $"different: {other}\nand {Description.Describe(Known.Outcome(request))}"
            : null);

    // The last step may be one of a visit's days, which are all tried.
    [Fact]
    public void The_budget_is_kept() => Seeds.Hold(100, (request, chance) =>
        request with { StepBudget = chance.One(10, 300, 3_000), Proposals = 1 } is var small
        && Planner.Plan(small).Steps is var steps && steps > small.StepBudget + 2_000
            ? $"too many: {steps} steps, where {small.StepBudget} are allowed"
            : null);

    // Where a part is asked twice and steps run short between, it may end on another day the second time.
    [Fact]
    public void Wherever_a_budget_ends_what_was_found_costs_what_it_says()
    {
        foreach (var seed in Solved.Seeds.Where(s => s % 4 == 0))
        {
            var request = SpreadRequest.Draw(seed);
            var steps = Known.Outcome(request).Steps;
            for (var budget = 1; budget <= Math.Min(steps * 10 / 9, 300); budget++)
            {
                var wrong = Wrong(request, Planner.Plan(request with { StepBudget = budget }));
                Assert.True(wrong is null, $"seed {seed}, {budget} of {steps} steps: {wrong}\n{Description.Describe(request)}");
            }
        }
    }

    private static string? Wrong(PlanningRequest request, Outcome cut)
    {
        var full = Known.Outcome(request);
        var known = Known.Of(full);
        return cut switch
        {
            Outcome.Infeasible when full is not Outcome.Infeasible => $"infeasible: though there is {known}",
            Outcome.Placed placed when full is Outcome.Placed all => Differs(placed, all),
            Outcome.Placed placed when full is Outcome.Infeasible || known.Most.CompareTo(placed.Proposals[0].Cost) < 0 =>
                $"proved: {placed.Proposals[0].Cost}, where there is {known}",
            Outcome.Unproved { Proposals: not [] } when full is Outcome.Infeasible => "found: a calendar where none exists",
            Outcome.Unproved unproved when unproved.Bound.CompareTo(known.Most) > 0 => $"bound: {unproved.Bound}, where there is {known}",
            Outcome.Unproved { Proposals: [var found, ..] } when found.Cost.CompareTo(known.Least) < 0 => $"found: {found.Cost}, where there is {known}",
            Outcome.Unproved { Proposals: [var found, ..] } when found.Proved => "unproved, but proved",
            _ => null,
        } ?? Known.Breach(request, cut);
    }

    // The later proposals may be missing.
    private static string? Differs(Outcome.Placed cut, Outcome.Placed full)
    {
        var same = full with { Proposals = full.Proposals[..Math.Min(cut.Proposals.Length, full.Proposals.Length)], Steps = cut.Steps };
        return Description.Describe(same) == Description.Describe(cut) ? null : $"proved: {Description.Describe(cut)}\nwhere there is {Description.Describe(full)}";
    }
}
