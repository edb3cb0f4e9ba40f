using Scheduler.Benchmarks.Peers;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Benchmarks.Tests;

/// <summary>
/// What other solvers are given is the same question that the planner answers. They need not be installed for that: a model can be asked about one calendar.
/// </summary>
public sealed class PeersTests
{
    private const int Seed = 4;
    private const int SpoiltCalendars = 40;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_model_allows_a_calendar_where_the_judge_does_and_at_the_same_cost(int number)
    {
        var request = Instances.One(Seed, number).Request;
        if (Planner.Plan(request) is not Outcome.Placed placed)
        {
            return;
        }

        var model = new CourseModel(request);
        var best = placed.Proposals[0];
        Assert.Equal(best.Cost, CostIn(model, best.Calendar));

        var chance = new Random(number);
        for (var i = 0; i < SpoiltCalendars; i++)
        {
            var calendar = Spoilt(request, best.Calendar, chance);
            var verdict = Verifier.Judge(request, calendar);
            Assert.Equal(verdict.Holds ? verdict.Cost : null, CostIn(model, calendar));
        }
    }

    [Fact]
    public void The_numbers_of_the_test_above_are_of_all_protocols_and_some_calendars_that_are_spoilt_stay_legal()
    {
        var requests = Enumerable.Range(0, 12).Select(n => Instances.One(Seed, n).Request).ToList();
        var placed = requests.Select(r => (Request: r, Outcome: Planner.Plan(r) as Outcome.Placed)).Where(r => r.Outcome is not null).ToList();
        Assert.Equal(Instances.Protocols.Length, placed.Select(p => p.Request.Protocol.Id).Distinct().Count());
        Assert.Contains(placed, p => p.Request.Deviations == DeviationLimit.Minor);

        var chance = new Random(0);
        var legal = placed.Sum(p => Enumerable.Range(0, SpoiltCalendars).Count(_ => Verifier.Judge(p.Request, Spoilt(p.Request, p.Outcome!.Proposals[0].Calendar, chance)).Holds));
        Assert.InRange(legal, placed.Count, placed.Count * SpoiltCalendars / 2);
    }

    [Fact]
    public void The_same_number_is_the_same_course()
    {
        var (one, two) = (new CourseModel(Instances.One(Seed, 4).Request), new CourseModel(Instances.One(Seed, 4).Request));
        Assert.Equal(CpSatText.Of(one.Model), CpSatText.Of(two.Model));
        Assert.Equal(MiniZincText.Of(one.Model), MiniZincText.Of(two.Model));
    }

    [Fact]
    public void What_the_models_do_not_say_is_refused()
    {
        var request = Instances.One(Seed, 0).Request;
        Assert.Throws<NotSupportedException>(() => new CourseModel(request with { Deviations = DeviationLimit.Major }));
        Assert.Throws<NotSupportedException>(() => new CourseModel(request with { Protocol = Instances.Shipped("macconnel-2025-ketamine") }));
        Assert.Throws<NotSupportedException>(() => new CourseModel(request with { Protocol = Instances.Shipped("cole-2022-accelerated-tms") }));
    }

    [Fact]
    public void A_proof_that_differs_is_found_and_an_unfinished_search_that_is_no_better_is_none()
    {
        var instance = Instances.One(Seed, 0);
        var best = new Cost(0, 0, 0, 0, 3, 20, 1);
        var placed = new Outcome.Placed([new(1, best, null, Proved: true, new([], []))]);
        PeerAnswer optimal = new(PeerVerdict.Optimal, [0, 0, 0, 3, 20, 1], 1);
        Assert.Empty(Of(optimal, new(PeerVerdict.Unfinished, [0, 0, 0, 3, 21, 0], 1)));
        Assert.Empty(Of(optimal, new(PeerVerdict.Unfinished, [], 1)));
        Assert.Single(Of(optimal, new(PeerVerdict.Unfinished, [0, 0, 0, 3, 19, 4], 1)));
        Assert.Single(Of(optimal, new(PeerVerdict.Infeasible, [], 1)));
        Assert.Single(Of(new(PeerVerdict.Optimal, [0, 0, 0, 3, 20, 2], 1), optimal));
        Assert.Single(Of(optimal, new(PeerVerdict.Optimal, [], 1)));
        Assert.Equal(2, new Seen(instance, new Outcome.Infeasible([]), 1, 1, optimal, optimal).Differences.Count());
        Assert.Single(new Seen(instance, new Outcome.Unproved([], best), 1, 1, optimal, optimal).Differences);

        IEnumerable<string> Of(PeerAnswer cpSat, PeerAnswer gecode) => new Seen(instance, placed, 1, 1, cpSat, gecode).Differences;
    }

    private static Cost? CostIn(CourseModel model, TreatmentCalendar calendar) =>
        model.Model.TermsOf(model.ChoiceOf(calendar)) is { } terms ? CourseModel.CostOf(terms) : null;

    /// <summary>One visit, and sometimes a second one, elsewhere: at another time, on another day, or with somebody else.</summary>
    private static TreatmentCalendar Spoilt(PlanningRequest request, TreatmentCalendar calendar, Random chance)
    {
        var visits = calendar.Visits;
        for (var i = 0; i < 1 + chance.Next(2); i++)
        {
            var at = chance.Next(visits.Length);
            var visit = visits[at];
            if (chance.Next(3) == 0)
            {
                var need = visit.Uses[chance.Next(visit.Uses.Length)].Need;
                var who = request.Clinic.Find(visit.ResourceFor(need)!)!;
                var others = request.Clinic.Resources.Where(r => r.Roles.SequenceEqual(who.Roles)).ToList();
                var other = others[chance.Next(others.Count)].Id;
                visits = visits.SetItem(at, visit with { Uses = [.. visit.Uses.Select(u => u.Need == need ? u with { Resource = other } : u)] });
            }
            else
            {
                var minutes = chance.Next(2) == 0 ? 15 * (chance.Next(9) - 4) : 24 * 60 * (chance.Next(9) - 4);
                visits = visits.SetItem(at, visit with
                {
                    Start = visit.Start.PlusMinutes(minutes),
                    End = visit.End.PlusMinutes(minutes),
                    Uses = [.. visit.Uses.Select(u => u with { Start = u.Start.PlusMinutes(minutes), End = u.End.PlusMinutes(minutes) })],
                });
            }
        }

        return calendar with { Visits = visits };
    }
}
