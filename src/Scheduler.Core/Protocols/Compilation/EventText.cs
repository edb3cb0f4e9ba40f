using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols.Compilation.Events;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>An event as written, ready to be bound once all names are known.</summary>
/// <param name="Visits">The visits that it is about; null where it is about the course.</param>
/// <param name="At">Where that is written.</param>
/// <param name="Bind">Makes the event rule of an id; null when a name is unknown or the event contradicts itself, which is then reported.</param>
internal sealed record EventText(Located<SelectorList>? Visits, SourceSpan At, Func<string, ImmutableArray<VisitId>, EventNames, EventRule?> Bind)
{
    public static Key<NamedEntries<string, EventText>> Events { get; } = Keys.Optional(
        "events",
        new MapShape<string, EventText>("events by id", Scalars.Id, new CaseShape<EventText>("an event", [MissedText.Shape, LateText.Shape, ResultText.Shape])
        {
            // 'when held', 'when: poor', 'if': an author who wants to say what follows a result.
            Elsewhere = key => key.Split(' ')[0] is "when" or "if" or "after" or "on"
                ? "An event follows a missed visit, a late patient or a result: a condition by its name. What is only done after a result is said by visits that are 'only if' or 'until' a condition; 'and' beside 'when missed' names one."
                : null,
        }),
        "What to do when visits are missed, patients come late, or results come true.");

    /// <summary>The event rules; a visit with two of one kind, and for the same condition, is reported, and an id that a rule has.</summary>
    public static ImmutableArray<EventRule> BindAll(NamedEntries<string, EventText> entries, ImmutableArray<Rule> rules, EventNames names)
    {
        var bag = names.Names.Bag;
        var bound = ImmutableArray.CreateBuilder<EventRule>();
        var first = new Dictionary<(Type Kind, string? And, VisitId Visit), (string Id, SourceSpan At)>();
        var results = new List<(EventRule.Result Rule, SourceSpan At)>();
        foreach (var (key, (text, _)) in entries.Entries)
        {
            if (rules.FirstOrDefault(r => r.Head.Id == key.Value) is { } rule)
            {
                bag.Add(Messages.EventNamedAsRule(key.Span, key.Value, rule.Head.Where));
            }

            if ((text.Visits is { } named ? names.Names.Visits(named) : []) is not { } visits || text.Bind(key.Value, visits, names) is not { } made)
            {
                continue;
            }

            // Of those for one visit, a rule with a condition comes before the one without.
            (Type, string?, VisitId) Of(VisitId visit) => (made.GetType(), (made as EventRule.Missed)?.And ?? (made as EventRule.Result)?.When, visit);
            if (visits.Where(v => first.ContainsKey(Of(v))).Select(v => (VisitId?)v).FirstOrDefault() is { } both)
            {
                var (other, at) = first[Of(both)];
                bag.Add(Messages.TwoEventsForOne(text.At, both.ToString(), other, key.Value, at));
            }

            foreach (var visit in visits)
            {
                first.TryAdd(Of(visit), (key.Value, text.At));
            }

            if (made is EventRule.Result result)
            {
                results.Add((result, text.At));
            }

            bound.Add(made);
        }

        CheckStops(results, bag);
        return bound.ToImmutable();
    }

    /// <summary>A stop is about no visits by name: beside it, the condition needs no other event.</summary>
    private static void CheckStops(IEnumerable<(EventRule.Result Rule, SourceSpan At)> results, DiagnosticBag bag)
    {
        foreach (var same in results.GroupBy(r => r.Rule.When))
        {
            var (stops, releases) = (same.Where(r => r.Rule.Then == ResultRemedy.StopCourse).ToList(), same.Where(r => r.Rule.Then == ResultRemedy.ReleaseTheRest));
            if (stops.Count == 0)
            {
                continue;
            }

            var (first, where) = stops[0];
            bag.AddRange(stops.Skip(1).Select(s => Messages.TwoStopsForOne(s.At, same.Key, first.Id, s.Rule.Id, where)));
            bag.AddRange(releases.Select(r => Messages.ReleaseBesideStop(r.At, same.Key, r.Rule.Id, first.Id, where)));
        }
    }
}

/// <summary>What events may name.</summary>
/// <param name="Names">The visits.</param>
/// <param name="Phases">The phases, as declared.</param>
/// <param name="Conditions">The conditions, as declared.</param>
internal sealed record EventNames(Names Names, ImmutableArray<string> Phases, ImmutableArray<string> Conditions);
