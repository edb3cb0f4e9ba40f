using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>A visit that has happened takes what it took, whatever its length was meant to be.</summary>
public sealed class FixedVisitTests
{
    private const string Text = """
        protocol: trial
        version: 1.0.0
        title: Trial
        visits:
          dose: {purpose: treatment, count: 1, duration: 1 h, people: {therapist: {exclusive: whole visit}}}
          talk: {purpose: treatment, count: 1, duration: 30 min, people: {therapist: {exclusive: whole visit}}}
        rules:
          with: {same day for: talk, with: dose, starts: after it}
        """;

    /// <summary>The therapist is there from 10:00 to 11:50.</summary>
    private static readonly Clinic Clinic =
        TestClinic.Of(TestClinic.Resource("kim", ResourceKind.Person, "therapist") with { Hours = TestClinic.Weekly(1, 5, "10:00 to 11:50") }) with { GridMinutes = 5 };

    [Theory]
    [InlineData("2026-03-02 10:05", "2026-03-02 10:50")]
    [InlineData("2026-03-02 10:05", "2026-03-02 11:05")]
    [InlineData("2026-03-02 10:00", "2026-03-02 11:20")]
    [InlineData("2026-03-02 10:00", "2026-03-02 10:10")]
    [InlineData("2026-03-02 10:03", "2026-03-02 10:52")]
    public void Its_price_is_that_of_what_it_took(string start, string end) => Assert.NotNull(Planned(start, end));

    [Fact]
    public void What_it_took_longer_is_taken() =>
        Assert.Equal(TestCourse.At("2026-03-02 11:20"), Planned("2026-03-02 10:00", "2026-03-02 11:20")!.Find(TestProtocol.Visit("talk[1]"))!.Start);

    [Fact]
    public void What_it_took_less_is_free() =>
        Assert.Equal(TestCourse.At("2026-03-02 10:10"), Planned("2026-03-02 10:00", "2026-03-02 10:10")!.Find(TestProtocol.Visit("talk[1]"))!.Start);

    [Theory]
    [InlineData("someone")]
    [InlineData("therapist")]
    public void What_it_took_for_a_need_that_it_has_no_more_is_taken_too(string need) =>
        Assert.Equal(
            TestCourse.At("2026-03-02 11:00"),
            Planned("2026-03-02 10:00", "2026-03-02 10:20", new ResourceUse("kim", need, "therapist", Use.Exclusive, TestCourse.At("2026-03-02 10:20"), TestCourse.At("2026-03-02 11:00")))!
                .Find(TestProtocol.Visit("talk[1]"))!.Start);

    [Fact]
    public void Who_is_no_longer_at_the_clinic_was_somebody_else()
    {
        var text = Text.Replace("rules:", "rules:\n  one: {same person for: [dose, talk], as: therapist, strength: should}", StringComparison.Ordinal);
        var (from, to) = (TestCourse.At("2026-03-02 10:00"), TestCourse.At("2026-03-02 11:00"));
        var request = new PlanningRequest(ProtocolCompiler.Compile("trial.yaml", text).Required, Clinic, Patient.Anyone, TestClinic.Date("2026-03-02"))
        {
            Fixed = [new PlacedVisit(TestProtocol.Visit("dose[1]"), from, to, [new("lee", "therapist", "therapist", Use.Exclusive, from, to)])],
        };
        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];

        Assert.Equal(1, proposal.Cost.PersonChanges);
        Assert.Equal(Verifier.Judge(request, proposal.Calendar).Cost, proposal.Cost);
    }

    [Fact]
    public void Who_filled_a_role_that_they_have_no_more_is_still_the_same_person()
    {
        const string Rated = """
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              rate: {purpose: assessment, duration: 30 min, people: {rater: {exclusive: whole visit}}}
              talk: {purpose: treatment, duration: 30 min, people: {therapist: {exclusive: whole visit}}}
            rules:
              after: {order: rate before talk}
              independent: {different person for: rate as rater, from: talk as therapist}
            """;
        var (from, to) = (TestCourse.At("2026-03-02 10:00"), TestCourse.At("2026-03-02 10:30"));
        var clinic = TestClinic.Of(
            TestClinic.Resource("kim", ResourceKind.Person, "therapist"), TestClinic.Resource("lee", ResourceKind.Person, "therapist"), TestClinic.Resource("ray", ResourceKind.Person, "rater"));
        var request = new PlanningRequest(ProtocolCompiler.Compile("trial.yaml", Rated).Required, clinic, Patient.Anyone, TestClinic.Date("2026-03-02"))
        {
            Fixed = [new PlacedVisit(TestProtocol.Visit("rate[1]"), from, to, [new("kim", "rater", "rater", Use.Exclusive, from, to)])],
        };
        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];

        Assert.Equal("lee", proposal.Calendar.Find(TestProtocol.Visit("talk[1]"))!.ResourceFor("therapist"));
        Assert.True(Verifier.Judge(request, proposal.Calendar).Holds);
    }

    [Theory]
    [InlineData("dose", "talk")]
    [InlineData("talk", "dose")]
    public void What_is_booked_across_it_is_nobody_s_business_whichever_type_comes_first(string first, string second)
    {
        var visits = new Dictionary<string, string>
        {
            ["dose"] = "dose: {purpose: treatment, duration: 1 h, people: {therapist: {exclusive: whole visit}}}",
            ["talk"] = "talk: {purpose: assessment, duration: 30 min, people: {therapist: {exclusive: whole visit}}}",
        };
        var text = $$"""
            protocol: trial
            version: 1.0.0
            title: Trial
            visits:
              {{visits[first]}}
              {{visits[second]}}
            rules:
              with: {same day for: talk, with: dose, starts: after it}
            """;
        var (from, to) = (TestCourse.At("2026-03-02 10:00"), TestCourse.At("2026-03-02 11:00"));
        var request = new PlanningRequest(
            ProtocolCompiler.Compile("trial.yaml", text).Required, Clinic.Booked("kim", "2026-03-02", "10:30 to 11:15"), Patient.Anyone, TestClinic.Date("2026-03-02"))
        {
            Fixed = [new PlacedVisit(TestProtocol.Visit("dose[1]"), from, to, [new("kim", "therapist", "therapist", Use.Exclusive, from, to)])],
        };
        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];

        Assert.Equal(TestCourse.At("2026-03-02 11:15"), proposal.Calendar.Find(TestProtocol.Visit("talk[1]"))!.Start);
        Assert.True(Verifier.Judge(request, proposal.Calendar).Holds);
    }

    private static TreatmentCalendar? Planned(string start, string end, params ResourceUse[] more)
    {
        var (from, to) = (TestCourse.At(start), TestCourse.At(end));
        ImmutableArray<ResourceUse> uses = [new("kim", "therapist", "therapist", Use.Exclusive, from, to), .. more];
        var request = new PlanningRequest(ProtocolCompiler.Compile("trial.yaml", Text).Required, Clinic, Patient.Anyone, TestClinic.Date("2026-03-02"))
        {
            Fixed = [new PlacedVisit(TestProtocol.Visit("dose[1]"), from, to, uses)],
        };
        var proposal = Assert.IsType<Outcome.Placed>(Planner.Plan(request)).Proposals[0];
        var verdict = Verifier.Judge(request, proposal.Calendar);

        Assert.Empty(verdict.Breaches);
        Assert.Equal(verdict.Cost, proposal.Cost);
        return proposal.Calendar;
    }
}
