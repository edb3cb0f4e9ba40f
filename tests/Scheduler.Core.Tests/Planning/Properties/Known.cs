using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>What the planner's answers say of the best cost: it lies between two. Requests and answers are worked out once for all properties.</summary>
/// <param name="Least">Nothing costs less.</param>
/// <param name="Most">The best costs at most this; <see cref="Never"/> where no calendar is known.</param>
internal readonly record struct Known(Cost Least, Cost Most)
{
    /// <summary>More than any calendar costs: there is none.</summary>
    public static readonly Cost Never = new(int.MaxValue, 0, 0, 0, 0, 0, 0);

    private const int StepsForWide = 40_000;

    private static readonly ConcurrentDictionary<int, Lazy<PlanningRequest>> Requests = new();
    private static readonly ConditionalWeakTable<PlanningRequest, Outcome> Outcomes = [];

    /// <summary>The request of a seed: a large one, or for one seed in four a small one with every kind of rule.</summary>
    public static PlanningRequest Request(int seed) =>
        Requests.GetOrAdd(seed, s => new(() => s % 4 == 2 ? RandomRequest.Wide(s) with { StepBudget = StepsForWide } : RandomRequest.Large(s))).Value;

    /// <summary>The planner's answer.</summary>
    public static Outcome Outcome(PlanningRequest request) => Outcomes.GetValue(request, Planner.Plan);

    /// <summary>The calendars of an answer, proved or not.</summary>
    public static ImmutableArray<Proposal> Proposals(Outcome outcome) => outcome switch
    {
        Core.Planning.Outcome.Placed placed => placed.Proposals,
        Core.Planning.Outcome.Unproved unproved => unproved.Proposals,
        _ => [],
    };

    /// <summary>What an answer says.</summary>
    public static Known Of(Outcome outcome) => outcome switch
    {
        Core.Planning.Outcome.Placed placed => new(placed.Proposals[0].Cost, placed.Proposals[0].Cost),
        Core.Planning.Outcome.Unproved unproved => new(unproved.Bound, unproved.Proposals.Select(p => p.Cost).DefaultIfEmpty(Never).Min()),
        _ => new(Never, Never),
    };

    /// <summary>What an answer says of the cost without its last term. The best in all terms is the best in the first ones, too.</summary>
    public Known WithoutFragments => new(Least with { Fragments = 0 }, Most with { Fragments = 0 });

    /// <inheritdoc/>
    public override string ToString() => $"from {Least} to {Most}";

    /// <summary>What the verifier has to say against the calendars of an answer; null for nothing.</summary>
    public static string? Breach(PlanningRequest request, Outcome outcome)
    {
        foreach (var proposal in Proposals(outcome))
        {
            var verdict = Verifier.Judge(request, proposal.Calendar);
            if (!verdict.Holds)
            {
                return $"illegal: {string.Join("; ", verdict.Breaches.Select(b => b.Message))}\n{Description.Describe(proposal.Calendar)}";
            }

            if (verdict.Cost != proposal.Cost || verdict.CostWithConditional != proposal.CostWithConditional)
            {
                return $"priced otherwise: planner {proposal.Cost} {proposal.CostWithConditional}, verifier {verdict.Cost} {verdict.CostWithConditional}\n"
                    + Description.Describe(proposal.Calendar);
            }
        }

        return null;
    }
}
