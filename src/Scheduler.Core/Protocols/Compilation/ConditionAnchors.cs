using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>
/// The pass that gives windows which count from a condition the visits that judge it. Only a whole protocol says which of them comes first.
/// </summary>
/// <param name="protocol">The protocol, every name in it bound.</param>
/// <param name="counted">The condition that a window counts from, by the place of its rule.</param>
/// <param name="bag">Receives the mistakes.</param>
internal sealed class ConditionAnchors(Protocol protocol, IReadOnlyDictionary<SourceSpan, Located<string>> counted, DiagnosticBag bag)
{
    private readonly VisitOrder order = new(protocol);

    private readonly Dictionary<string, Condition> conditions = protocol.Conditions.DistinctBy(c => c.Id).ToDictionary(c => c.Id);

    private readonly Dictionary<(string, string), bool> implied = [];

    private readonly HashSet<SourceSpan> said = [];

    /// <summary>The protocol with these anchors; those that have a mistake are reported and stay as they are.</summary>
    public Protocol Resolve() => counted.Count == 0 || IsTooLarge() || HasCycle()
        ? protocol
        : protocol with { Rules = [.. protocol.Rules.Select(r => r is Rule.Window window && counted.TryGetValue(r.Head.Where, out var from) ? Resolve(window, from) : r)] };

    /// <summary>What is too large, or runs in a circle, is reported by other passes.</summary>
    private bool IsTooLarge() =>
        protocol.Conditions.Length > BranchChecks.MostConditions || protocol.Visits.Length > Checks.MostVisits
        || protocol.Rules.Length > Contradictions.Contradiction.MostRules;

    private bool HasCycle() => protocol.Conditions.Any(c => Parts(c.Id).Skip(1).Contains(c.Id));

    private Rule.Window Resolve(Rule.Window window, Located<string> from)
    {
        var types = window.Visits.Select(v => v.Type).Distinct().Select(t => protocol.VisitTypes.First(v => v.Id == t)).ToList();
        if (types.Find(t => t.OnlyIf is null || !Implies(t.OnlyIf, from.Value)) is { } other)
        {
            return Wrong(window, Messages.CountsFromOtherCondition(from.Span, from.Value, other.Id, other.OnlyIf));
        }

        if (Parts(from.Value).FirstOrDefault(c => conditions[c].When is null) is { } untested)
        {
            return Wrong(window, Messages.CountsFromUntested(from.Span, from.Value, untested));
        }

        ImmutableArray<VisitId> judges = [.. Parts(from.Value).SelectMany(c => JudgesOf(conditions[c].When!)).Distinct().Where(v => MayJudge(v, from.Value, types))];
        if (order.Of(judges, out var unclear) is not { } turns)
        {
            return Wrong(window, Messages.JudgesWithoutOrder(from.Span, from.Value, unclear.One.ToString(), unclear.Other.ToString()));
        }

        var first = new EarliestTruth(protocol, _ => null, v => turns.IndexOf(v) is >= 0 and var turn ? turn : null, (_, _) => false, _ => false).Of(from.Value);
        return first is { } earliest
            ? window with { Anchor = new Anchor.CameTrue(from.Value, turns[earliest], turns) }
            : Wrong(window, Messages.NothingJudges(from.Span, from.Value, types[0].Id));
    }

    /// <summary>One mistake is told once, however many windows are written as one rule.</summary>
    private Rule.Window Wrong(Rule.Window window, Diagnostic mistake)
    {
        if (said.Add(window.Head.Where))
        {
            bag.Add(mistake);
        }

        return window;
    }

    /// <summary>A visit that is only there where the condition holds, or never together with those that count from it, tells nobody that it came true.</summary>
    private bool MayJudge(VisitId judge, string condition, List<VisitType> types) =>
        protocol.TypeOf(judge) is var type && (type.OnlyIf is null || !Implies(type.OnlyIf, condition))
        && !types.Exists(t => protocol.ExcludeEachOther(t.Visits[0], judge) || (t.Arm is not null && type.Arm is not null && t.Arm != type.Arm));

    /// <summary>Whether one condition cannot hold without another.</summary>
    private bool Implies(string name, string other)
    {
        if (!implied.TryGetValue((name, other), out var implies))
        {
            implied[(name, other)] = implies = name == other || (conditions[name].When switch
            {
                OutcomeTest.AllOf all => all.Conditions.Any(c => Implies(c, other)),
                OutcomeTest.AnyOf any => any.Conditions.All(c => Implies(c, other)),
                _ => false,
            });
        }

        return implies;
    }

    /// <summary>A condition and all that it rests on, each once; once more what rests on itself.</summary>
    private List<string> Parts(string name)
    {
        List<string> parts = [name];
        for (var i = 0; i < parts.Count; i++)
        {
            parts.AddRange((conditions[parts[i]].When?.Others ?? []).Distinct().Where(o => !parts.Contains(o) || (o == name && parts.Count(p => p == name) == 1)));
        }

        return parts;
    }

    private ImmutableArray<VisitId> JudgesOf(OutcomeTest test) => test switch
    {
        OutcomeTest.Between between => [between.At],
        OutcomeTest.FellBy fell => [fell.Before, fell.At],
        OutcomeTest.FellByPoints fell => [fell.Before, fell.At],
        OutcomeTest.Yes yes => protocol.Outcomes.First(o => o.Id == yes.Outcome).At,
        _ => [],
    };
}
