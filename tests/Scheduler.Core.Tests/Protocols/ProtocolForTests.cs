using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>What of a protocol is left for one patient.</summary>
public sealed class ProtocolForTests
{
    private const string Text = """
        protocol: parts
        version: 1.0.0
        title: Two arms and a stream
        arms:
          now: {title: At once}
          later: {title: Later}
        streams:
          talking: {means: Talks for those who want them.}
        phases:
          all: {visits: 'dose, extra'}
        visits:
          dose: {purpose: treatment, count: 3, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
          call: {purpose: assessment, duration: 15 min, mode: phone, arm: later, people: {nurse: {exclusive: whole visit}}}
          extra: {purpose: treatment, count: 2, duration: 60 min, stream: talking, people: {therapist: {exclusive: whole visit}}}
        rules:
          call-first:
            order: call before dose[1]
            at least: 7 days
          extra-after:
            order: dose[1] before extra[1]
          mornings:
            time of day for: dose and extra
            starts: 08:00 to 11:30
          never-both:
            not on the same day: [dose, extra]
        events:
          missed:
            when missed: dose, call and extra
            then: skip
          missed-late:
            when late: extra
            by more than: 10 min
            then: hold
        """;

    private static readonly Protocol Whole = ProtocolCompiler.Compile("parts.yaml", Text).Required;

    [Fact]
    public void Visits_of_other_arms_and_streams_are_gone_and_rules_speak_of_them_no_more()
    {
        var protocol = Whole.For("now", []).Required;

        Assert.Equal(["dose"], protocol.VisitTypes.Select(t => t.Id));
        Assert.Equal(["mornings"], protocol.Rules.Select(r => r.Id));
        Assert.Equal(3, Assert.IsType<Rule.TimeOfDay>(protocol.Rules[0]).Visits.Length);
        Assert.Equal(["missed"], protocol.Events.Select(e => e.Id));
        Assert.All(protocol.Events[0].Visits.Concat(protocol.Phases[0].Visits), v => Assert.Equal("dose", v.Type));
        Assert.Empty(protocol.Streams);
    }

    [Fact]
    public void An_arm_and_a_stream_bring_their_visits_and_rules()
    {
        var protocol = Whole.For("later", ["talking"]).Required;

        Assert.Equal(["dose", "call", "extra"], protocol.VisitTypes.Select(t => t.Id));
        Assert.Equal(4, protocol.Rules.Length);
    }

    [Theory]
    [InlineData(null, "", "parts.yaml:1:1: RQ019: The arm is missing: not all arms have call. Say which it is, with '--arm' and one of 'now', 'later'.")]
    [InlineData("latr", "", "parts.yaml:1:1: RQ018: This protocol has no arm 'latr'. Did you mean 'later'? It has 'now', 'later'.")]
    [InlineData("now", "talk", "parts.yaml:1:1: RQ020: This protocol has no optional stream 'talk'. It has 'talking'.")]
    public void What_is_unknown_or_missing_is_named(string? arm, string stream, string expected) =>
        Assert.Equal([expected], Whole.For(arm, stream.Length == 0 ? [] : [stream], "parts.yaml").Diagnostics.Select(d => d.ToString()));

    [Fact]
    public void Where_all_arms_have_the_same_visits_the_arm_need_not_be_known()
    {
        var text = Text.Replace(", arm: later", "", StringComparison.Ordinal);

        Assert.Empty(ProtocolCompiler.Compile("parts.yaml", text).Required.For(null, []).Diagnostics);
    }
}
