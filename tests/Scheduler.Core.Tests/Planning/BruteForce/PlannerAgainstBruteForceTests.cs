using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>The independent proof of the planner: it finds what trying everything finds, ties included.</summary>
public class PlannerAgainstBruteForceTests
{
    private const long MostTriesToShrink = 100_000;

    private const int BesideOthers = 150;

    private const int Excused = 400;

    [Fact]
    public void The_planner_finds_the_verdict_the_cost_and_the_calendar_of_brute_force()
    {
        var failures = Solved.All.Where(s => Difference(s.Request, s.Answer) is not null).Take(3).Select(Explain).ToList();

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void The_planner_finds_the_same_beside_visits_of_others_that_ask_for_more_than_bookings_do()
    {
        var asked = Enumerable.Range(0, BesideOthers).Select(seed =>
        {
            var (request, chance) = (Solved.Of(seed).Request, new Chance(seed + 70_000));
            VisitPart? Part() => chance.Percent(80) ? new(chance.One(0, 20, 60, 120), chance.Percent(30) ? null : chance.One(0, 45, 120)) : null;
            return (Seed: seed, Request: request with { Clinic = request.Clinic with { Bookings = [.. request.Clinic.Bookings.Select(b => b with { Part = Part() })] } });
        }).Where(r => r.Request.Clinic.Bookings.Any(b => b.Part is not null)).ToList();
        var solved = asked.Select(r => Enumeration.Solve(r.Request, MostTriesToShrink) is { } answer ? new Solved(r.Seed, r.Request, answer) : null).OfType<Solved>().ToList();

        Assert.InRange(solved.Count, BesideOthers / 4, BesideOthers);
        Assert.InRange(solved.Count(s => Said(s.Answer) != Said(Solved.Of(s.Seed).Answer)), 3, BesideOthers);
        var failures = solved.Where(s => Difference(s.Request, s.Answer) is not null).Take(3).Select(Explain).ToList();
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void The_planner_finds_the_same_where_visits_are_excused_from_rules()
    {
        var asked = Enumerable.Range(0, Excused).SelectMany(seed =>
        {
            var (request, chance) = (Solved.Of(seed).Request, new Chance(seed + 80_000));
            return request.Protocol.Rules.Where(r => r is not (Rule.Window or Rule.HourWindow)).ToList() is { Count: > 0 } rules
                ? [(Seed: seed, Request: request with { Excused = [new(chance.One(request.Protocol.Visits.ToArray()), chance.One(rules.ToArray()).Id), new(chance.One(request.Protocol.Visits.ToArray()), chance.One(rules.ToArray()).Id)] })]
                : Array.Empty<(int Seed, PlanningRequest Request)>();
        }).ToList();
        var solved = asked.Select(r => Enumeration.Solve(r.Request, MostTriesToShrink) is { } answer ? new Solved(r.Seed, r.Request, answer) : null).OfType<Solved>().ToList();

        Assert.InRange(solved.Count, Excused / 4, Excused);
        Assert.InRange(solved.Count(s => Said(s.Answer) != Said(Solved.Of(s.Seed).Answer)), 10, Excused);
        Assert.InRange(solved.Count(s => s.Answer.IsFeasible && !Solved.Of(s.Seed).Answer.IsFeasible), 1, Excused);
        var failures = solved.Where(s => Difference(s.Request, s.Answer) is not null).Take(3).Select(Explain).ToList();
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void The_planner_finds_the_same_where_visits_are_bundled()
    {
        var failures = Solved.Wide.Where(s => Difference(s.Request, s.Answer) is not null).Take(3).Select(Explain).ToList();

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void The_planner_finds_the_same_where_any_of_several_conditions_exclude_each_other()
    {
        var failures = Solved.Branched.Where(s => Difference(s.Request, s.Answer) is not null).Take(3).Select(Explain).ToList();

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void The_planner_moves_no_more_than_brute_force_does()
    {
        var failures = Solved.Repaired.Where(s => Difference(s.Request, s.Answer) is not null).Take(3).Select(Explain).ToList();

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    [Fact]
    public void Among_the_repairs_are_such_with_moves_with_other_people_with_other_rooms_and_with_none()
    {
        var moves = Enumerable.Range(0, Solved.UsualSeeds).Select(Solved.RepairedOf).Select(s => s?.Answer.Cost?.Moves).OfType<Moves>().ToList();

        Assert.All(
            [moves.Count(m => m.Visits > 1), moves.Count(m => m is { Visits: 0, People: > 0 }), moves.Count(m => m is { Visits: 0, People: 0, Others: > 0 }), moves.Count(m => m == default)],
            count => Assert.InRange(count, 3, Solved.UsualSeeds));
    }

    private static string Said(Answer answer) => answer.Calendar is { } calendar ? Description.Describe(calendar) : "";

    private static string Explain(Solved solved)
    {
        // Only smaller requests on which the planner goes wrong in the same way, by the first words of what is said of it.
        var kind = KindOf(Difference(solved.Request, solved.Answer));
        var small = Shrinker.Shrink(
            solved.Request, r => Enumeration.Solve(r, MostTriesToShrink) is { } answer && KindOf(Difference(r, answer)) == kind);
        return $"seed {solved.Seed}: {Difference(small, Enumeration.Solve(small)!)}\n{Description.Describe(small)}";
    }

    private static string? KindOf(string? difference) => difference?.Split([':', '[', ',', '\n'])[0];

    // What is wrong with the planner's answer, or null.
    private static string? Difference(PlanningRequest request, Answer answer)
    {
        var outcome = Attempt(request, out var thrown);
        if (thrown is not null)
        {
            return $"threw {thrown}";
        }

        if (outcome is Outcome.Unproved)
        {
            return $"unproved after {outcome.Steps} steps, though small";
        }

        if (outcome is not Outcome.Placed { Proposals: [var proposal, ..] })
        {
            return answer.IsFeasible ? $"infeasible, but there is {answer.Cost}\n{Description.Describe(answer.Calendar)}" : null;
        }

        if (proposal.Cost != answer.Cost
            || proposal.CostWithConditional != answer.CostWithConditional
            || Description.Describe(proposal.Calendar) != Description.Describe(answer.Calendar))
        {
            return $"""
                planner {proposal.Cost} {proposal.CostWithConditional}
                {Description.Describe(proposal.Calendar)}
                brute force {answer.Cost} {answer.CostWithConditional}
                {Description.Describe(answer.Calendar)}
                """;
        }

        var verdict = Verifier.Judge(request, proposal.Calendar);
        return verdict.Holds && verdict.Cost == proposal.Cost && verdict.CostWithConditional == proposal.CostWithConditional
            ? null
            : $"the verifier finds {verdict.Cost} {verdict.CostWithConditional}: {string.Join("; ", verdict.Breaches.Select(b => b.Message))}";
    }

    private static Outcome? Attempt(PlanningRequest request, out Exception? thrown)
    {
        thrown = null;
        try
        {
            return Planner.Plan(request);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            thrown = e;
            return null;
        }
    }
}
