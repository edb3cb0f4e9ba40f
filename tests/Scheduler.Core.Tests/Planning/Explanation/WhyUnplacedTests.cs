using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Explanation;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Planning.Explanation;

/// <summary>Conditional treatment without a place is told with what is in the way of the first visit of its chain, and with what hangs on that.</summary>
public sealed class WhyUnplacedTests
{
    private const string Text = """
        protocol: trial
        version: 1.0.0
        title: Trial
        conditions:
          ill: {means: Still ill.}
        visits:
          dose: {purpose: treatment, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
          booster: {purpose: treatment, count: 2, duration: 1 h, only if: ill, people: {therapist: {exclusive: whole visit}}}
          check: {purpose: assessment, duration: 1 h, only if: ill, people: {therapist: {exclusive: whole visit}}}
        rules:
          monday: {weekdays for: dose, days: Monday}
          two-weeks: {window for: 'booster[1]', counts from: start of dose, target: 13 days, ideal: on the day}
          then: {window for: 'booster[2]', counts from: 'start of booster[1]', target: 8 days, ideal: on the day}
          later: {window for: check, counts from: 'start of booster[2]', target: 7 days, ideal: on the day to 3 days after}
        """;

    [Fact]
    public void The_first_of_a_chain_has_a_reason_and_the_others_hang_on_it()
    {
        // 13 days after a Monday is a Sunday, when the clinic is closed.
        var why = Assert.Single(Of(Text));

        Assert.Equal("booster[1]", why.First.ToString());
        Assert.Equal(["booster[2]", "check[1]"], why.Hanging.Select(v => v.ToString()));
        Assert.Equal(["two-weeks"], why.Conflict!.Rules.AsEnumerable());
        Assert.Equal(["the clinic's opening hours and closures"], why.Conflict.Limits.AsEnumerable());
    }

    [Fact]
    public void What_is_placed_before_it_stays_where_it_is()
    {
        // The first booster has a place, and 6 days after its Monday is a Sunday.
        var why = Assert.Single(Of(Text.Replace("13 days", "14 days", StringComparison.Ordinal).Replace("8 days", "6 days", StringComparison.Ordinal)));

        Assert.Equal("booster[2]", why.First.ToString());
        Assert.Equal(["check[1]"], why.Hanging.Select(v => v.ToString()));
        Assert.Equal(["then"], why.Conflict!.Rules.AsEnumerable());
    }

    [Fact]
    public void A_visit_that_counts_from_one_for_another_result_has_a_reason_too()
    {
        // Both boosters have a place, and 6 days after the Monday of the last is a Sunday.
        var why = Assert.Single(Of(Text
            .Replace("13 days", "14 days", StringComparison.Ordinal)
            .Replace("8 days", "7 days", StringComparison.Ordinal)
            .Replace("ill: {means: Still ill.}", "ill: {means: Still ill.}\n  worse: {means: Worse than before.}", StringComparison.Ordinal)
            .Replace("check: {purpose: assessment, duration: 1 h, only if: ill", "check: {purpose: treatment, duration: 1 h, only if: worse", StringComparison.Ordinal)
            .Replace("target: 7 days, ideal: on the day to 3 days after", "target: 6 days, ideal: on the day", StringComparison.Ordinal)));

        Assert.Equal("check[1]", why.First.ToString());
        Assert.Equal(["later"], why.Conflict!.Rules.AsEnumerable());
    }

    [Fact]
    public void Assessments_alone_are_no_missing_treatment() =>
        Assert.Empty(Of(Text.Replace("13 days", "14 days", StringComparison.Ordinal).Replace("8 days", "7 days", StringComparison.Ordinal)
            .Replace("target: 7 days, ideal: on the day to 3 days after", "target: 6 days, ideal: on the day", StringComparison.Ordinal)));

    private static ImmutableArray<WhyUnplaced> Of(string text)
    {
        var clinic = ClinicReader.Read("clinic.yaml", Repository.Text("protocols/samples/clinic-small.yaml")).Required;
        var request = new PlanningRequest(ProtocolCompiler.Compile("trial.yaml", text).Required, clinic, Patient.Anyone, new(2027, 1, 4));
        var placed = Assert.IsType<Outcome.Placed>(Planner.Plan(request));
        Assert.NotEmpty(placed.Proposals[0].Calendar.Unplaced);
        return WhyUnplaced.Of(request, placed.Proposals[0].Calendar);
    }
}
