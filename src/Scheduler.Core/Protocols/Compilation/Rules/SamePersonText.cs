using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How continuity is written.</summary>
internal static class SamePersonText
{
    private static readonly Key<SelectorList> For = Keys.Required("same person for", Selectors.Group, "The visits.");

    private static readonly Key<string> As = Keys.Required("as", Scalars.Name, "Which of their people it is.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a rule of continuity", [For, As, RuleKeys.IsMust], (fields, _) => (head, names) =>
    {
        var (group, need) = (fields.Get(For), fields.Get(As));
        if (names.Visits(group) is not { } visits || !names.HavePerson(visits, need.Value, need.Span))
        {
            return null;
        }

        if (visits.Length < 2)
        {
            names.Bag.Add(Messages.TooFewForSamePerson(group.Span));
            return null;
        }

        return new Rule.SamePerson(head, visits, need.Value, fields.Or(RuleKeys.IsMust, otherwise: true));
    });
}
