using Scheduler.Core.Planning;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>What leaves the planner passes the judge, who knows nothing of how it was found.</summary>
public class LegalCalendarTests
{
    [Fact]
    public void The_verifier_accepts_every_calendar_at_the_cost_that_the_planner_says() =>
        Seeds.Hold(200, (request, _) => Known.Breach(request, Known.Outcome(request)));

    [Fact]
    public void An_answer_is_in_keeping_with_itself() => Seeds.Hold(200, (request, _) => Known.Outcome(request) switch
    {
        Outcome.Placed { Proposals: [] } => "placed, but nothing",
        Outcome.Placed placed when placed.Proposals.Any(p => !p.Proved) => "placed, but not proved",
        Outcome.Placed placed when placed.Proposals.Where((p, i) => p.Rank != i + 1).Any() => "ranks do not count from one",
        Outcome.Infeasible { Conflicts: [] } => "infeasible for no reason",
        Outcome.Unproved { Proposals.Length: > 1 } => "unproved, with more than the best found",
        Outcome.Unproved unproved when unproved.Steps < request.StepBudget - (request.StepBudget / 10) => $"given up early: {unproved.Steps} of {request.StepBudget} steps",
        Outcome.Unproved unproved when Known.Of(unproved) is var known && known.Most.CompareTo(known.Least) < 0 => $"bound above what was found: {known}",
        _ => null,
    });
}
