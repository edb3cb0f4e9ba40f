using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>Two readings of the contract, written apart: what brute force makes of a request, and what the verifier makes of that.</summary>
public class VerifierAgainstBruteForceTests
{
    private const long MostTriesToShrink = 100_000;

    [Fact]
    public void The_verifier_accepts_the_calendars_of_brute_force_at_the_same_cost()
    {
        var failures = Solved.All.Concat(Solved.Wide).Where(s => Difference(s.Request, s.Answer) is not null).Take(3).Select(Explain).ToList();

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static string Explain(Solved solved)
    {
        var small = Shrinker.Shrink(
            solved.Request, r => Enumeration.Solve(r, MostTriesToShrink) is { } answer && Difference(r, answer) is not null);
        var answer = Enumeration.Solve(small)!;
        return $"seed {solved.Seed}: {Difference(small, answer)}\n{Description.Describe(answer.Calendar)}\n{Description.Describe(small)}";
    }

    private static string? Difference(PlanningRequest request, Answer answer)
    {
        if (answer.Calendar is not { } calendar)
        {
            return null;
        }

        var verdict = Verifier.Judge(request, calendar);
        if (!verdict.Holds)
        {
            return "the verifier finds " + string.Join("; ", verdict.Breaches.Select(b => b.Message));
        }

        return verdict.Cost == answer.Cost && verdict.CostWithConditional == answer.CostWithConditional
            ? null
            : $"brute force {answer.Cost} {answer.CostWithConditional}, verifier {verdict.Cost} {verdict.CostWithConditional}";
    }
}
