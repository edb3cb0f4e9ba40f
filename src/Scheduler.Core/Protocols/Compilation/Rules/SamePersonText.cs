using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How continuity is written: of all visits together, or of pairs.</summary>
internal static class SamePersonText
{
    private static readonly Key<SelectorList> For = Keys.Required("same person for", Selectors.Group, "The visits.");

    private static readonly Key<SelectorList> With = Keys.Optional(
        "with", Selectors.Group, "Their partners: as many, paired in their order, or one for all; each visit then has the person of its partner only.");

    private static readonly Key<string> As = Keys.Required("as", Scalars.Name, "Which of their people it is.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rules("a rule of continuity", [For, With, As, RuleKeys.IsMust], (fields, _) => (head, names) =>
    {
        var (group, with, need) = (fields.Get(For), fields.Find(With), fields.Get(As));
        var (named, partners) = (names.Visits(group), with is { } written ? names.Visits(written) : []);
        if (named is not { } visits || partners is not { } others || !names.HavePerson(visits.Concat(others), need.Value, need.Span))
        {
            return [];
        }

        var isMust = fields.Or(RuleKeys.IsMust, otherwise: true);
        if (with is { } paired)
        {
            return Pairs(visits, others, paired.Span, names.Bag)
                is { } pairs ? [.. pairs.Select((p, i) => new Rule.SamePerson(pairs.Length == 1 ? head : head with { Part = i + 1 }, p, need.Value, isMust))] : [];
        }

        if (visits.Length < 2)
        {
            names.Bag.Add(Messages.TooFewForSamePerson(group.Span));
            return [];
        }

        return [new Rule.SamePerson(head, visits, need.Value, isMust)];
    });

    /// <summary>Each visit with its partner; null, and reported, where they cannot be paired.</summary>
    private static ImmutableArray<ImmutableArray<VisitId>>? Pairs(ImmutableArray<VisitId> visits, ImmutableArray<VisitId> partners, SourceSpan at, DiagnosticBag bag)
    {
        if (partners.Length != 1 && partners.Length != visits.Length)
        {
            bag.Add(Messages.PairsDoNotMatch(at, visits.Length, partners.Length));
            return null;
        }

        ImmutableArray<ImmutableArray<VisitId>> pairs = [.. visits.Select((v, i) => ImmutableArray.Create(v, partners.Length == 1 ? partners[0] : partners[i]))];
        if (pairs.FirstOrDefault(p => p[0] == p[1]) is { IsDefault: false } itself)
        {
            bag.Add(Messages.SamePersonAsItself(at, itself[0].ToString()));
            return null;
        }

        return pairs;
    }
}
