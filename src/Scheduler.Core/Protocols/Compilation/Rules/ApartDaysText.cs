using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How an exclusion by day is written.</summary>
internal static class ApartDaysText
{
    private static readonly Key<ImmutableArray<Located<SelectorList>>> Groups = Keys.Required(
        "not on the same day", new ListShape<SelectorList>(Selectors.OneGroup), "Two or more groups of visits that never share a day.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("an exclusion by day", [Groups], (fields, _) => (head, names) =>
    {
        var groups = fields.Get(Groups);
        var bound = groups.Value.Select(names.Visits).ToList();
        if (groups.Value.Length < 2)
        {
            names.Bag.Add(Messages.TooFewGroups(groups.Span, Groups.Name));
            return null;
        }

        if (bound.Exists(g => g is null))
        {
            return null;
        }

        ImmutableArray<ImmutableArray<VisitId>> visits = [.. bound.Select(g => g!.Value)];
        return names.AreDisjoint(visits, groups.Span) ? new Rule.ApartDays(head, visits) : null;
    });
}
