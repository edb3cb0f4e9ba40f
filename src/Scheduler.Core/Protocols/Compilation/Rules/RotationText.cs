using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How it is written that nobody comes twice in a row: along one list of visits, or along several series in turn.</summary>
internal static class RotationText
{
    private static readonly Key<SelectorList> For = Keys.Required("no person twice in a row for", Selectors.Group, "The visits, in the order in which they follow each other.");

    private static readonly Key<ImmutableArray<Located<SelectorList>>> InTurn = Keys.Optional(
        "in turn with",
        new ListShape<SelectorList>(Selectors.Group),
        "Groups of as many visits, in turn with the others: the first of each, then the second of each, and so on.");

    private static readonly Key<string> As = Keys.Required("as", Scalars.Name, "Which of their people it is.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a rule of rotation", [For, InTurn, As, RuleKeys.IsMust], (fields, _) => (head, names) =>
    {
        ImmutableArray<Located<SelectorList>> groups = [fields.Get(For), .. fields.Find(InTurn)?.Value ?? []];
        var (bound, need) = (groups.Select(names.Visits).ToList(), fields.Get(As));
        if (bound.Exists(g => g is null) || !names.HavePerson(bound.SelectMany(g => g!.Value), need.Value, need.Span))
        {
            return null;
        }

        ImmutableArray<ImmutableArray<VisitId>> visits = [.. bound.Select(g => g!.Value)];
        if (Turns.Of(groups, visits, names.Bag, Messages.TurnsDoNotMatch) is not { } turns)
        {
            return null;
        }

        ImmutableArray<VisitId> inOrder = [.. turns.SelectMany(t => t)];
        if (inOrder.Length == 1)
        {
            names.Bag.Add(Messages.TooFewForRotation(groups[0].Span));
            return null;
        }

        return names.AreDisjoint(visits, groups[^1].Span) ? new Rule.Rotation(head, inOrder, need.Value, fields.Or(RuleKeys.IsMust, otherwise: true)) : null;
    });
}
