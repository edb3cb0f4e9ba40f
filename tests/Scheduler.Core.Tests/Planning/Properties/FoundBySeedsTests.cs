using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using static Scheduler.Core.Tests.Planning.TestProtocol;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>What random requests have brought to light, written down small.</summary>
public class FoundBySeedsTests
{
    [Fact]
    public void Contradictory_bounds_with_a_visit_fixed_later_than_they_reach_are_infeasible_not_a_crash()
    {
        var course = TestCourse.Bare(new Rule.Order(Head("rule"), [Visits("a[1]"), Visits("b[1]")], Days(5), Days(3)), "a 2026-03-02 10:00; b 2026-03-06 10:00");
        var fixedLate = course.Request with { From = TestClinic.Date("2025-11-03"), Fixed = [course.Calendar.Visits[0]] };

        Assert.IsType<Outcome.Infeasible>(Planner.Plan(fixedLate));
    }

    [Fact]
    public void One_day_with_more_ways_than_anybody_can_try_ends_with_the_step_budget()
    {
        var types = Enumerable.Range(0, 8)
            .Select(i => Assessment($"v{i}", Mode.Phone, 10, Person("therapist", Throughout(Use.Exclusive))) with { Purpose = VisitPurpose.Treatment })
            .ToImmutableArray();
        var today = new Rule.Window(Head("today"), [.. types.SelectMany(t => t.Visits)], new Anchor.Enrolment(), Period.Zero, new(0, 0), new(0, 0), 0);
        var request = TestCourse.Empty(Of(types, today), TestClinic.Riverside with { GridMinutes = 5 }, "2026-03-02").Request with { StepBudget = 1_000 };

        Assert.InRange(Assert.IsType<Outcome.Unproved>(Planner.Plan(request)).Steps, 1, 1_100);
    }
}
