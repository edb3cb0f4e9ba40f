using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Scheduler.Core.Planning;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>
/// Has FsCheck try a property on large random requests, each drawn from a seed. It fails with the seed and the smallest request that
/// goes wrong in the same way.
/// </summary>
/// <remarks>
/// SCHEDULER_SEEDS=2000 tries more by hand; SCHEDULER_FIRST_SEED=7 begins elsewhere, so that one failing seed is tried alone by
/// <c>SCHEDULER_FIRST_SEED=7 SCHEDULER_SEEDS=1</c>.
/// </remarks>
internal static class Seeds
{
    /// <summary>FsCheck chooses the same seeds in every run and for every property, so that what was planned for one is known to the next.</summary>
    private static readonly FSharpOption<Replay> SameChoice = new(new(new Rnd(2026, 1), FSharpOption<int>.None));

    /// <summary>Asserts that nothing is found wrong.</summary>
    /// <param name="usual">How many requests to try, unless the environment says otherwise.</param>
    /// <param name="wrong">
    /// What is wrong, or null. Whatever it draws comes from the chance, which is as new each time. What goes wrong in one way begins with the same words up to the first colon.
    /// </param>
    public static void Hold(int usual, Func<PlanningRequest, Chance, string?> wrong)
    {
        var (first, many) = (Number("SCHEDULER_FIRST_SEED", 0), Number("SCHEDULER_SEEDS", usual));

        // Drawn from four times as many, few seeds come twice; of one seed there is no choice.
        var seeds = Gen.Choose(first, first + (4 * (many - 1))).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(many).WithReplay(SameChoice),
            Prop.ForAll(seeds, seed =>
            {
                var failure = Wrong(Known.Request(seed), seed, wrong);
                return (failure is null).Label(failure is null ? "" : $"seed {seed}: {Explain(seed, wrong, failure)}");
            }));
    }

    private static string Explain(int seed, Func<PlanningRequest, Chance, string?> wrong, string failure)
    {
        var kind = KindOf(failure);
        var small = Shrinker.Shrink(Known.Request(seed), r => Wrong(r, seed, wrong) is { } other && KindOf(other) == kind);
        return $"{failure}\nand in the smallest such request: {Wrong(small, seed, wrong)}\n{Description.Describe(small)}";
    }

    private static string KindOf(string failure) => failure.Split(':')[0];

    private static string? Wrong(PlanningRequest request, int seed, Func<PlanningRequest, Chance, string?> wrong)
    {
        try
        {
            return wrong(request, new(seed));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"threw {e.GetType().Name}: {e}";
        }
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : usual;
}
