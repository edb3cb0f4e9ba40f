using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How a bundle of one day is written.</summary>
internal static class SameDayText
{
    private static readonly Key<SelectorList> For = Keys.Required("same day for", Selectors.Group, "The visits that belong on the day of another.");

    private static readonly Key<SelectorList> With = Keys.Required(
        "with", Selectors.Group, "Their partners: as many, paired in their order, or one for all.");

    private static readonly Key<PlaceText> Starts = Keys.Optional(
        "starts", PlaceText.Shape, "Where on that day they start; anywhere beside the partner unless stated.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a bundle of one day", [For, With, Starts], (fields, _) => (head, names) =>
    {
        var (group, with) = (fields.Get(For), fields.Get(With));
        var (visits, partners) = (names.Visits(group), names.Visits(with));
        var place = fields.Find(Starts) is { } starts ? starts.Value.Bind(starts.Span, names.Bag) : new DayPlace.Anytime();
        if (visits is not { } those || partners is not { } these || place is null)
        {
            return null;
        }

        if (these.Length != 1 && these.Length != those.Length)
        {
            names.Bag.Add(Messages.PairsDoNotMatch(with.Span, those.Length, these.Length));
            return null;
        }

        ImmutableArray<DayPair> pairs = [.. those.Select((v, i) => new DayPair(v, these.Length == 1 ? these[0] : these[i]))];
        foreach (var (visit, partner) in pairs)
        {
            if (visit.Type == partner.Type)
            {
                names.Bag.Add(Messages.PartnerOfOwnType(with.Span, visit.ToString(), partner.ToString()));
                return null;
            }
        }

        foreach (var pair in pairs.DistinctBy(p => (p.Visit.Type, p.Partner.Type)))
        {
            names.CheckHangsOn(pair.Visit, pair.Partner, with.Span, Messages.CertainBesideConditional);
        }

        return new Rule.SameDay(head, pairs, place);
    });
}
