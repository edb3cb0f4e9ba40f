using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Planning.Explanation;

/// <summary>What a few visits are asked by themselves is no more than they are asked in the whole course.</summary>
public sealed class ConflictsTests
{
    private const string Pair = """
        protocol: trial
        version: 1.0.0
        title: Trial
        visits:
          rating: {purpose: assessment, duration: 20 min, people: {rater: {exclusive: whole visit}}}
          dose: {purpose: treatment, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
        rules:
          after: {same day for: rating, with: dose, starts: 70 min after its start}
        """;

    private const string Hours = """
        clinic: small
        title: Small
        time zone: Europe/Berlin
        slot grid: 30 min
        opening hours:
          Monday to Friday: 08:00 to 18:00
        resources:
          nurse-a: {kind: person, roles: nurse, exceptions: {2027-01-01 to 2029-12-31: off}}
          rater-r: {kind: person, roles: rater, hours: {Monday to Friday: 10:10 to 10:30}}
        """;

    [Fact]
    public void Nobody_is_blamed_for_being_there_off_the_grid_where_a_visit_starts_off_it()
    {
        var request = new PlanningRequest(
            ProtocolCompiler.Compile("p.yaml", Pair).Required, ClinicReader.Read("c.yaml", Hours).Required, Patient.Anyone, new LocalDate(2027, 1, 4));
        var conflict = Assert.Single(((Outcome.Infeasible)Planner.Plan(request)).Conflicts);
        Assert.Contains("nurse-a", conflict.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("rater-r", conflict.Message, StringComparison.Ordinal);

        var there = Hours.Replace(", exceptions: {2027-01-01 to 2029-12-31: off}", "", StringComparison.Ordinal);
        Assert.IsType<Outcome.Placed>(Planner.Plan(request with { Clinic = ClinicReader.Read("c.yaml", there).Required }));
    }
}
