using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How phases are written.</summary>
internal sealed record PhaseText(string? Title, Located<SelectorList> Visits, Provenance Provenance)
{
    private static readonly Key<string> TitleKey = Keys.Optional("title", Scalars.Text, "What people call it; its id unless stated.");

    private static readonly Key<SelectorList> VisitsKey = Keys.Required("visits", Selectors.Group, "Its visits.");

    public static Key<NamedEntries<string, PhaseText>> Phases { get; } = Keys.Optional(
        "phases",
        new MapShape<string, PhaseText>(
            "phases by id",
            Scalars.Id,
            new MappingShape<PhaseText>(
                "a phase", [TitleKey, VisitsKey, RuleKeys.Cites, RuleKeys.Assumed], (fields, _) => new(fields.Find(TitleKey)?.Value, fields.Get(VisitsKey), RuleKeys.From(fields)))),
        "Named parts of the course, which an event may repeat.");

    /// <summary>The phases; a visit that is in two is reported.</summary>
    public static ImmutableArray<Phase> Bind(NamedEntries<string, PhaseText> entries, Names names)
    {
        var phases = ImmutableArray.CreateBuilder<Phase>();
        var first = new Dictionary<VisitId, (string Phase, SourceSpan At)>();
        foreach (var (key, (text, _)) in entries.Entries)
        {
            if (names.Visits(text.Visits) is not { } visits)
            {
                continue;
            }

            if (visits.Where(first.ContainsKey).Select(v => (VisitId?)v).FirstOrDefault() is { } both)
            {
                names.Bag.Add(Messages.VisitInTwoPhases(text.Visits.Span, both.ToString(), first[both].Phase, key.Value, first[both].At));
            }

            foreach (var visit in visits)
            {
                first.TryAdd(visit, (key.Value, text.Visits.Span));
            }

            phases.Add(new(key.Value, text.Title ?? key.Value, visits) { Provenance = text.Provenance });
        }

        return phases.ToImmutable();
    }
}
