using NodaTime;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;

namespace Scheduler.Core.Tests.Planning;

/// <summary>The Feder 2025 course in the sample clinics, as it was placed when somebody last looked at it.</summary>
public sealed class GoldenCalendarTests
{
    private static readonly string[] Clinics = ["small", "busy", "full"];

    private static readonly string[] Patients = ["any", "worker", "far", "evenings"];

    private static readonly int[] Budgets = [1, 10, 30, 100, 300];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var clinic in Clinics)
            {
                foreach (var patient in Patients)
                {
                    cases.Add(clinic, patient);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_course_is_placed_as_it_was(string clinic, string patient)
    {
        var request = Request(clinic, patient);
        var answer = new PlanningAnswer(request, Planner.Plan(request), HasPatient: true);

        GoldenCalendar.Check($"{clinic}-{patient}", answer);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_placed_course_passes_its_judge_at_the_cost_that_the_planner_claims(string clinic, string patient)
    {
        var request = Request(clinic, patient) with { Proposals = 3 };
        var proposals = CalendarJson.Proposals(Planner.Plan(request));

        // In the busy clinic the working patient can see one therapist only, before leaving for the holidays: there is one course.
        var expected = clinic == "full" || patient == "evenings" ? 0 : (clinic, patient) == ("busy", "worker") ? 1 : 3;
        Assert.Equal(expected, proposals.Count);
        Assert.All(proposals, p => Assert.Equal(("", p.Cost), (string.Join(' ', Verifier.Judge(request, p.Calendar).Breaches.Select(b => b.Message)), Verifier.Judge(request, p.Calendar).Cost)));
        Assert.Equal(proposals.OrderBy(p => p.Cost).Select(p => p.Rank), proposals.Select(p => p.Rank));
    }

    [Fact]
    public void A_search_whose_budget_is_used_up_says_so_and_is_never_wrong()
    {
        var request = Request("busy", "worker");
        var optimum = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0].Cost;

        foreach (var budget in Budgets)
        {
            if (Planner.Plan(request with { StepBudget = budget }) is Outcome.Unproved unproved)
            {
                Assert.True(unproved.Bound.CompareTo(optimum) <= 0, $"bound {unproved.Bound} after {budget} steps, optimum {optimum}");
                Assert.All(unproved.Proposals, p => Assert.True(p.Cost.CompareTo(optimum) >= 0 && !p.Proved));
                Assert.All(unproved.Proposals, p => Assert.True(Verifier.Judge(request, p.Calendar).Holds));
            }
        }

        Assert.IsType<Outcome.Unproved>(Planner.Plan(request with { StepBudget = 1 }));
    }

    private static PlanningRequest Request(string clinic, string patient) => new(
        Repository.Protocol("feder-2025-ketamine-wet.yaml"),
        Repository.Clinic($"clinic-{clinic}.yaml"),
        Repository.Patient($"patient-{patient}.yaml"),
        new LocalDate(2026, 12, 1));
}
