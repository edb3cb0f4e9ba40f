using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>Ranked starts are what planning each day alone says.</summary>
public class StartsTests
{
    [Fact]
    public void Each_day_has_the_answer_of_a_request_for_that_day_alone() => Seeds.Hold(25, (given, chance) =>
    {
        var request = Asked(given, chance);
        var starts = Starts.Of(request, new PreparedClinic(request.Clinic)).ToDictionary(s => s.Day);
        if (starts.Count != request.StartWithinDays)
        {
            return $"days missing: {starts.Count} of {request.StartWithinDays}";
        }

        for (var day = request.From; day <= request.LastStart; day = day.PlusDays(1))
        {
            // Steps are for all days together, and for each alone: those that take very many are not compared.
            var alone = request with { From = day, StartWithinDays = 1, Enrolled = request.Enrolled ?? request.From };
            var outcome = Planner.Plan(alone);
            if (!starts[day].Proved || outcome is Outcome.Unproved)
            {
                continue;
            }

            var proposal = (outcome as Outcome.Placed)?.Proposals[0];
            var start = starts[day];
            if (start.Proposal?.Cost != proposal?.Cost || !Same(start.Proposal?.Calendar, proposal?.Calendar))
            {
                return $"another answer: {day} alone {proposal?.Cost}, ranked {start.Proposal?.Cost}";
            }
        }

        return null;
    });

    [Fact]
    public void The_first_is_no_dearer_than_the_next_and_as_good_as_the_best_calendar_that_begins_on_its_day() => Seeds.Hold(25, (given, chance) =>
    {
        var request = Asked(given, chance) with { StepBudget = 200_000 };
        var starts = Starts.Of(request, new PreparedClinic(request.Clinic));
        var ranked = starts.Where(s => s.Cost is not null).ToList();
        if (!starts.Take(ranked.Count).SequenceEqual(ranked) || ranked.Zip(ranked.Skip(1)).Any(p => p.First.Cost!.Value.CompareTo(p.Second.Cost!.Value) > 0))
        {
            return "order: a dearer one comes first";
        }

        // The whole request may place more: what nothing ties to other visits may lie later where the course may start later.
        if (starts.Any(s => !s.Proved) || Planner.Plan(request) is not Outcome.Placed placed)
        {
            return ranked.Count > 0 && Planner.Plan(request) is Outcome.Infeasible ? "none: but a day has a calendar" : null;
        }

        var best = placed.Proposals[0];
        if (ranked.Count > 0 && ranked[0].Cost!.Value.CompareTo(best.Cost) < 0)
        {
            return $"cheaper: {ranked[0].Cost} than all together {best.Cost}";
        }

        var opens = best.Calendar.Visits.Where(v => !request.Protocol.TypeOf(v.Id).IsConditional).Min(v => v.Date);
        var fits = Verifier.Judge(Starts.On(request, opens), best.Calendar).Holds;
        return fits && (ranked.Count == 0 || ranked[0].Cost != best.Cost) ? $"dearer: {ranked.FirstOrDefault()?.Cost} than {best.Cost} on {opens}" : null;
    });

    [Fact]
    public void Where_not_all_ways_to_crew_a_visit_are_looked_at_no_day_is_said_to_be_impossible()
    {
        const string Text = """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              dose: {purpose: treatment, duration: 30 min, people: {guide: {exclusive: whole visit}, helper: {exclusive: whole visit}}}
              talk: {purpose: treatment, duration: 30 min, people: {guide: {exclusive: whole visit}, helper: {exclusive: whole visit}}}
            rules:
              guides: {same person for: [dose, talk], as: guide, strength: should}
              helpers: {same person for: [dose, talk], as: helper, strength: should}
            """;

        // Of 4,830 ways the last are not looked at; on Monday nobody else is there.
        var people = Enumerable.Range(0, 70).Select(p => TestClinic.Resource($"p{p:00}", ResourceKind.Person, "guide", "helper") with { Hours = p < 68 ? TestClinic.Weekly(2, 5, "09:00 to 17:00") : TestClinic.Weekly(1, 1, "09:00 to 17:00") });
        var request = new PlanningRequest(ProtocolCompiler.Compile("trial.yaml", Text).Required, TestClinic.Of([.. people]), Patient.Anyone, TestClinic.Date("2026-03-02")) { StartWithinDays = 1 };

        Assert.IsType<Outcome.Unproved>(Planner.Plan(request));
        Assert.False(Assert.Single(Starts.Of(request, new(request.Clinic))).Proved);
    }

    [Fact]
    public void Where_steps_run_short_days_are_unproved_and_not_impossible()
    {
        var request = TestCourse.FederLike.Request with { StartWithinDays = 10 };
        var (all, few) = (Of(request), Of(request with { StepBudget = 1 }));

        Assert.Contains(all, s => s.Proposal is not null);
        Assert.All(all, s => Assert.True(s.Proved));
        Assert.All(few.Where(s => s is { Proved: true, Proposal: null }), s => Assert.Null(all.Single(a => a.Day == s.Day).Proposal));
        Assert.Contains(few, s => !s.Proved);

        static System.Collections.Immutable.ImmutableArray<CourseStart> Of(PlanningRequest request) => Starts.Of(request, new PreparedClinic(request.Clinic));
    }

    [Fact]
    public void A_course_that_has_begun_is_refused()
    {
        var course = TestCourse.FederLike;
        var request = course.Request with { Fixed = [course.Calendar.Visits[0]] };
        Assert.Throws<ArgumentException>(() => Starts.Of(request, new PreparedClinic(request.Clinic)));
    }

    /// <summary>A new course; some requests are for one that has begun.</summary>
    private static PlanningRequest Asked(PlanningRequest given, Chance chance) =>
        given with { Fixed = [], Booked = [], LeftOut = [], Proposals = 1, StartWithinDays = chance.From(1, 12), StepBudget = Math.Min(given.StepBudget, 20_000) };

    private static bool Same(TreatmentCalendar? one, TreatmentCalendar? two) => (one is null && two is null)
        || (one is not null && two is not null && one.Unplaced.SequenceEqual(two.Unplaced)
            && one.Visits.Select(v => (v.Id, v.Start, string.Join(' ', v.Uses.Select(u => u.Resource)))).SequenceEqual(two.Visits.Select(v => (v.Id, v.Start, string.Join(' ', v.Uses.Select(u => u.Resource))))));
}
