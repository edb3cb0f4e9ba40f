using System.Collections.Concurrent;
using Scheduler.Core.Planning;
using Scheduler.Core.Tests.Planning.BruteForce;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>Small requests with brute force's answers, worked out once for all tests.</summary>
internal sealed record Solved(int Seed, PlanningRequest Request, Answer Answer)
{
    /// <summary>
    /// How many instances the tests try. SCHEDULER_SEEDS=5000 tries more by hand; SCHEDULER_FIRST_SEED=7 begins elsewhere, so that one failing
    /// seed is tried alone by <c>SCHEDULER_FIRST_SEED=7 SCHEDULER_SEEDS=1</c>.
    /// </summary>
    public const int UsualSeeds = 400;

    // An instance that takes longer is replaced by the next of its seed's thousand; two of three seeds go on until a calendar exists.
    private const long MostTries = 60_000;

    private static readonly ConcurrentDictionary<int, Lazy<Solved>> Known = new();
    private static readonly ConcurrentDictionary<int, Lazy<Solved>> KnownWide = new();
    private static readonly ConcurrentDictionary<int, Lazy<Solved>> KnownBranched = new();
    private static readonly ConcurrentDictionary<int, Lazy<Solved?>> KnownRepaired = new();

    /// <summary>The seeds of this run.</summary>
    public static IEnumerable<int> Seeds => Enumerable.Range(Number("SCHEDULER_FIRST_SEED", 0), Number("SCHEDULER_SEEDS", UsualSeeds));

    /// <summary>The instances of this run.</summary>
    public static IEnumerable<Solved> All => Seeds.Select(Of);

    /// <summary>As many instances with all that bundles visits.</summary>
    public static IEnumerable<Solved> Wide => Seeds.Select(WideOf);

    /// <summary>Half as many instances with several conditional visits.</summary>
    public static IEnumerable<Solved> Branched => Seeds.Where(s => s % 2 == 0).Select(s => KnownBranched.GetOrAdd(s, of => new(() => Solve(of, BranchedRequest.Draw))).Value);

    /// <summary>The repair of each where it has a calendar.</summary>
    public static IEnumerable<Solved> Repaired => Seeds.Select(RepairedOf).OfType<Solved>();

    /// <summary>The instance of a seed.</summary>
    public static Solved Of(int seed) => Known.GetOrAdd(seed, s => new(() => Solve(s, RandomRequest.Small))).Value;

    /// <summary>The wide instance of a seed.</summary>
    public static Solved WideOf(int seed) => KnownWide.GetOrAdd(seed, s => new(() => Solve(s, RandomRequest.Wide))).Value;

    /// <summary>The repair of a seed; null where its course has no calendar, or too many for brute force.</summary>
    public static Solved? RepairedOf(int seed) => KnownRepaired.GetOrAdd(seed, s => new(() => Repair(s))).Value;

    private static Solved Solve(int seed, Func<int, PlanningRequest> draw)
    {
        for (var attempt = 0; ; attempt++)
        {
            var request = draw((seed * 1000) + attempt);
            if (Enumeration.Solve(request, MostTries) is { } answer && (answer.IsFeasible || seed % 3 == 0))
            {
                return new(seed, request, answer);
            }
        }
    }

    private static Solved? Repair(int seed)
    {
        var whole = (seed % 4) switch { 0 => Solve(seed, BranchedRequest.Draw), 1 => WideOf(seed), _ => Of(seed) };
        return whole.Answer.Calendar is { } calendar && RepairRequest.Of(whole.Request, calendar, seed) is var request && Enumeration.Solve(request, MostTries) is { } answer
            ? new(seed, request, answer)
            : null;
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : usual;
}
