using System.Diagnostics;
using System.Globalization;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Benchmarks.Peers;

/// <summary>The planner beside CP-SAT and Gecode on the same courses: the same verdicts, the same optima, and how long each took.</summary>
internal static class PeersRun
{
    private const int Repeats = 5;

    /// <summary>Runs it, and prints a table.</summary>
    /// <returns>0 where all agree, else 1.</returns>
    public static int Run(string[] args)
    {
        var seed = Option(args, "--seed", 20270301);
        var count = Option(args, "--instances", 216);
        var longest = Option(args, "--cp-sat-seconds", 60);
        var limit = Option(args, "--gecode-seconds", 2);

        // No time at all leaves CP-SAT out, which takes nearly all of it.
        using var cpSat = longest > 0 ? new CpSat(longest) : null;
        WarmUp(seed, cpSat);
        Console.WriteLine($"{count} courses from seed {seed}; one thread each; CP-SAT in WebAssembly, which takes about 1.9 times what it takes as machine code; Gecode for {limit} s.");
        var seen = new List<Seen>();
        var differences = new List<string>();
        foreach (var instance in Instances.Of(seed, count))
        {
            var one = Compare(instance, cpSat, limit);
            seen.Add(one);
            differences.AddRange(one.Differences.Select(d => $"{instance.Name}: {d}"));
            Console.Error.WriteLine($"{seen.Count} of {count}: {one}");
        }

        PeersTable.Print(seen);
        foreach (var difference in differences)
        {
            Console.WriteLine(difference);
        }

        Console.WriteLine(differences.Count == 0 ? "All verdicts and all proved optima are the same." : $"{differences.Count} differences.");
        return differences.Count == 0 ? 0 : 1;
    }

    private static int Option(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Code is compiled, and the solver has started, before anything is timed.</summary>
    private static void WarmUp(int seed, CpSat? cpSat)
    {
        foreach (var instance in Instances.Of(seed + 1, 12))
        {
            for (var i = 0; i < 10; i++)
            {
                Answer(instance.Request);
            }
        }

        var model = new CourseModel(Instances.One(seed + 1, 0).Request);
        cpSat?.Solve(model.Model, model.Terms);
    }

    private static Seen Compare(Instance instance, CpSat? cpSat, int limit)
    {
        var course = new CourseModel(instance.Request);
        return new(
            instance,
            Answer(instance.Request),
            Median(() => Answer(instance.Request)),
            Median(() => Verdict(instance.Request)),
            cpSat?.Solve(course.Model, course.Terms) ?? new(PeerVerdict.Unfinished, [], 0),
            Gecode.Solve(course.Model, limit));
    }

    private static double Median(Action work)
    {
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++)
        {
            var before = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return times.Order().ElementAt(Repeats / 2);
    }

    /// <summary>The same without the reasons where there is no calendar, which no peer tells either.</summary>
    private static void Verdict(PlanningRequest request) => Judged(request, Planner.Try(request, new PreparedClinic(request.Clinic)));

    /// <summary>Plans and has the answer judged, as the product does.</summary>
    private static Outcome Answer(PlanningRequest request) => Judged(request, Planner.Plan(request));

    private static Outcome Judged(PlanningRequest request, Outcome outcome) =>
        outcome is not Outcome.Placed placed || Verifier.Judge(request, placed.Proposals[0].Calendar).Holds
            ? outcome
            : throw new InvalidOperationException("The judge refuted a calendar.");
}

/// <summary>What all three said of a course.</summary>
/// <param name="Instance">The course.</param>
/// <param name="Outcome">The planner's answer.</param>
/// <param name="Seconds">How long it took, judge and reasons included.</param>
/// <param name="VerdictSeconds">The same without reasons.</param>
/// <param name="CpSat">CP-SAT's answer.</param>
/// <param name="Gecode">Gecode's answer.</param>
internal sealed record Seen(Instance Instance, Outcome Outcome, double Seconds, double VerdictSeconds, PeerAnswer CpSat, PeerAnswer Gecode)
{
    /// <summary>The best cost; null where there is no calendar.</summary>
    public Cost? Best => Outcome is Outcome.Placed placed ? placed.Proposals[0].Cost : null;

    /// <inheritdoc />
    public override string ToString() =>
        $"{Instance.Name}: {Best?.ToString() ?? Outcome.GetType().Name} in {1000 * Seconds:0.0} ms; CP-SAT {CpSat.Verdict} in {1000 * CpSat.Seconds:0} ms; Gecode {Gecode.Verdict} in {1000 * Gecode.Seconds:0} ms";

    /// <summary>Where they do not agree.</summary>
    public IEnumerable<string> Differences
    {
        get
        {
            if (Outcome is Outcome.Unproved)
            {
                yield return "the planner proved nothing";
                yield break;
            }

            foreach (var (name, answer) in new[] { ("CP-SAT", CpSat), ("Gecode", Gecode) })
            {
                Cost? theirs = answer.Terms.Length == 0 ? null : CourseModel.CostOf(answer.Terms);
                if (answer.Verdict == PeerVerdict.Optimal && theirs is null)
                {
                    yield return $"{name} says Optimal, and of what nobody knows";
                }
                else if (answer.Verdict == PeerVerdict.Infeasible ? Best is not null : theirs is not null && Best is null)
                {
                    yield return $"{name} says {answer.Verdict}, the planner {(Best is null ? "that there is no calendar" : $"has one for {Best}")}";
                }
                else if (theirs is { } cost && Best is { } best && (answer.Verdict == PeerVerdict.Optimal ? cost != best : cost.CompareTo(best) < 0))
                {
                    yield return $"{name} has {cost} ({answer.Verdict}), the planner {best}";
                }
            }
        }
    }
}
