using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How independence is written.</summary>
internal static class DifferentPeopleText
{
    private static readonly Key<NeedSelector> For = Keys.Required("different person for", Selectors.People, "Whose independence it is.");

    private static readonly Key<ImmutableArray<Located<NeedSelector>>> From = Keys.Required(
        "from", new ListShape<NeedSelector>(Selectors.People), "Whom they must not be.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a rule of independence", [For, From, RuleKeys.IsMust], (fields, _) => (head, names) =>
    {
        var these = names.People(fields.Get(For));
        var those = fields.Get(From).Value.Select(names.People).ToList();
        if (these is null || those.Exists(t => t is null))
        {
            return null;
        }

        ImmutableArray<VisitNeed> others = [.. those.SelectMany(t => t!.Value).Distinct()];
        if (these.Value.FirstOrDefault(others.Contains) is { Need: not null } both)
        {
            names.Bag.Add(Messages.NeedOnBothSides(
                fields.Get(For).Span, both.Visit.ToString(), both.Need, these.Value.Count(t => t.Visit.Type == both.Visit.Type) > 1));
            return null;
        }

        return new Rule.DifferentPeople(head, these.Value, others, fields.Or(RuleKeys.IsMust, otherwise: true));
    });
}
