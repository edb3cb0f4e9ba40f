using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How conditional visits are written that are placed all together or not at all.</summary>
internal static class AllOrNoneText
{
    private static readonly Key<SelectorList> Of = Keys.Required("all or none", Selectors.Group, "Visits with 'only if' of which all are placed, or none.");

    private static readonly Key<ImmutableArray<Located<SelectorList>>> EachWith = Keys.Optional(
        "each with",
        new ListShape<SelectorList>(Selectors.OneGroup),
        "Groups of as many visits: the first of each belong together, the second of each, and so on. Without it, all visits belong together.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a rule of all or none", [Of, EachWith], (fields, _) => (head, names) =>
    {
        ImmutableArray<Located<SelectorList>> groups = [fields.Get(Of), .. fields.Find(EachWith)?.Value ?? []];
        var bound = groups.Select(names.Visits).ToList();
        if (bound.Exists(g => g is null))
        {
            return null;
        }

        ImmutableArray<ImmutableArray<VisitId>> visits = [.. bound.Select(g => g!.Value)];
        if (groups.Length == 1 && visits[0].Length == 1)
        {
            names.Bag.Add(Messages.TooFewForAllOrNone(groups[0].Span));
            return null;
        }

        if (Turns.Of(groups, visits, names.Bag, Messages.EachWithDoesNotMatch) is not { } turns)
        {
            return null;
        }

        var sets = groups.Length == 1 ? visits : turns;
        return names.AreDisjoint(visits, groups[^1].Span) && DependOnOneResult(groups, visits, names) ? new Rule.AllOrNone(head, sets) : null;
    });

    /// <summary>Reports visits that may be needed without the others.</summary>
    private static bool DependOnOneResult(ImmutableArray<Located<SelectorList>> groups, ImmutableArray<ImmutableArray<VisitId>> visits, Names names)
    {
        var first = visits[0][0];
        var result = names.Type(first.Type)!.OnlyIf;
        for (var g = 0; g < visits.Length; g++)
        {
            foreach (var visit in visits[g])
            {
                if (names.Type(visit.Type)!.OnlyIf is not { } other)
                {
                    names.Bag.Add(Messages.AllOrNoneOfCertain(groups[g].Span, visit.ToString()));
                    return false;
                }

                if (other != result)
                {
                    names.Bag.Add(Messages.AllOrNoneOfSeveralResults(groups[g].Span, first.ToString(), result!, visit.ToString(), other));
                    return false;
                }
            }
        }

        return true;
    }
}
