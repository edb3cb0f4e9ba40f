using System.Text;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Protocols.Compilation.Contradictions;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Protocols;

/// <summary>What is called impossible is so in every clinic. The case table says in which words; these say that it is never said in vain.</summary>
public sealed class ContradictionTests
{
    private const string Head = "protocol: trial\nversion: 1.0.0\ntitle: Trial\nvisits:\n";

    [Fact]
    public void Rules_that_some_calendar_keeps_do_not_contradict_each_other()
    {
        var kept = Solved.All.Where(s => s.Answer.IsFeasible && s.Request.Deviations != DeviationLimit.Major && s.Request.Fixed.IsEmpty).ToList();

        Assert.NotEmpty(kept);
        Assert.All(kept, s =>
        {
            var bag = new DiagnosticBag();
            Contradiction.Check(s.Request.Protocol, bag);
            var certain = bag.ToSorted().Where(_ => s.Request.Protocol.VisitTypes.All(t => !t.IsConditional));

            Assert.Equal("", string.Join('\n', certain.Select(d => $"seed {s.Seed}: {d}")));
        });
    }

    [Fact]
    public void Visits_that_exclude_each_other_never_make_a_contradiction_together()
    {
        var read = ProtocolCompiler.Compile("trial.yaml", Head + """
              a: {purpose: treatment, count: 2, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
              well: {purpose: assessment, duration: 30 min, only if: well, people: {rater: {exclusive: whole visit}}}
              ill: {purpose: assessment, duration: 30 min, only if: ill, people: {rater: {exclusive: whole visit}}}
            conditions:
              well: {means: It worked., excludes: [ill]}
              ill: {means: It did not.}
            rules:
              one: {order: 'a[1] before well', at least: 3 days}
              two: {order: 'well before ill', at least: 3 days}
              three: {order: 'a[1] before ill', at most: 4 days}
            """);

        Assert.DoesNotContain(read.Diagnostics, d => d.Code == "PR027");
    }

    [Fact]
    public void Several_contradictions_are_told_at_once()
    {
        var read = ProtocolCompiler.Compile("trial.yaml", Head + """
              a: {purpose: treatment, count: 4, duration: 60 min, people: {nurse: {exclusive: whole visit}}}
              b: {purpose: assessment, duration: 30 min, people: {rater: {exclusive: whole visit}}}
            rules:
              weekly: {cadence of: a, every: 7 days}
              soon: {order: 'a[1] before a[4]', at most: 14 days}
              mornings: {time of day for: b, ends by: '12:00'}
              evenings: {time of day for: b, starts: '17:00 to 18:00'}
              tie: {order: a before b}
            """);

        Assert.Equal(["PR027", "PR228"], read.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void The_largest_protocol_is_judged_like_a_small_one()
    {
        var told = ProtocolCompiler.Compile("trial.yaml", TwoSeries(i => i switch
        {
            0 => "{order: a before b, at least: 1 day}",
            398 => "{order: 'b[200] before a[1]'}",
            _ => $"{{order: 'a[{1 + (i % 200)}] before b[1 to 100]', at least: 1 day}}",
        })).Diagnostics;

        Assert.StartsWith("No calendar can keep 'r398' together with 'r0'", Assert.Single(told).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{order: a before b}", "PR242")]
    [InlineData("{not on the same day: [a, b]}", "PR242")]
    [InlineData("{different person for: a as nurse, from: [b as nurse]}", "PR242")]
    [InlineData("{window for: b, counts from: 'start of a[1]', target: 12 months, ideal: 300 days before to 300 days after}", "PR243")]
    [InlineData("{window for: b, counts from: 'start of a[1]', target: 12 months, ideal: 1500 days before to 3000 days after, weight: 100}", "PR244")]
    public void Rules_that_ask_for_more_than_can_be_judged_are_refused(string rule, string code)
    {
        var told = ProtocolCompiler.Compile("trial.yaml", TwoSeries(_ => rule)).Diagnostics;

        Assert.Contains(told, d => d.Code == code);
    }

    private static string TwoSeries(Func<int, string> rule)
    {
        var text = new StringBuilder(Head);
        foreach (var type in new[] { "a", "b" })
        {
            text.Append($"  {type}: {{purpose: treatment, count: 200, duration: 60 min, people: {{nurse: {{exclusive: whole visit}}}}}}\n");
        }

        text.Append("rules:\n");
        for (var i = 0; i < 399; i++)
        {
            text.Append($"  r{i}: {rule(i)}\n");
        }

        return text.ToString();
    }
}
