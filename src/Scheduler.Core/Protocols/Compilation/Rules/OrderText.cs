using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How an order is written.</summary>
internal static class OrderText
{
    private static readonly Key<ImmutableArray<SelectorList>> Sequence = Keys.Required(
        "order", Selectors.Sequence, "Visits in their order: every visit on the left ends before any on the right starts.");

    private static readonly ScalarShape<Period> Distance = new(Scalars.Days.Expected, Scalars.TryDays)
    {
        Pattern = Scalars.Days.Pattern,
        OtherForm = text => Scalars.Minutes.TryParse(text, out _) || text.Split(' ') is [_, "hours" or "h"]
            ? $"An order counts dates. Hours are counted by a window: 'window for' the later visit, 'counts from: end of' the earlier one, 'target: {text}'."
            : null,
    };

    private static readonly Key<Period> AtLeast = Keys.Optional("at least", Distance, "The least distance between their dates; without it they may share a day.");

    private static readonly Key<Period> AtMost = Keys.Optional("at most", Distance, "The greatest distance between their dates.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("an order", [Sequence, AtLeast, AtMost], (fields, _) => (head, names) =>
    {
        var (sequence, span) = fields.Get(Sequence);
        var (least, most) = (fields.Find(AtLeast), fields.Find(AtMost));
        var groups = sequence.Select(g => names.Visits(g, span)).ToList();
        if (groups.Exists(g => g is null))
        {
            return null;
        }

        ImmutableArray<ImmutableArray<VisitId>> bound = [.. groups.Select(g => g!.Value)];
        if (bound.Length < 2)
        {
            names.Bag.Add(Messages.TooFewGroups(span, "order"));
            return null;
        }

        if (!names.AreDisjoint(bound, span))
        {
            return null;
        }

        for (var i = 0; i < bound.Length && RunsAgainstSeries(bound); i++)
        {
            foreach (var later in bound[(i + 1)..].SelectMany(g => g))
            {
                if (bound[i].FirstOrDefault(v => v.Type == later.Type && v.Ordinal > later.Ordinal) is { Type: not null } earlier)
                {
                    names.Bag.Add(Messages.OrderAgainstSeries(span, earlier.ToString(), later.ToString()));
                    return null;
                }
            }
        }

        if (least is { } l && most is { } m && FewestDays(l.Value) > MostDays(m.Value))
        {
            names.Bag.Add(Messages.RangeReversed(l.Span, PeriodWords.Of(l.Value), PeriodWords.Of(m.Value)));
        }

        return new Rule.Order(head, bound, least?.Value, most?.Value);
    });

    private static bool RunsAgainstSeries(ImmutableArray<ImmutableArray<VisitId>> groups)
    {
        var highest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            if (group.Any(v => highest.GetValueOrDefault(v.Type) > v.Ordinal))
            {
                return true;
            }

            foreach (var visit in group)
            {
                highest[visit.Type] = Math.Max(highest.GetValueOrDefault(visit.Type), visit.Ordinal);
            }
        }

        return false;
    }

    private static int MostDays(Period p) => p.Days + (7 * p.Weeks) + (31 * p.Months);

    private static int FewestDays(Period p) => p.Days + (7 * p.Weeks) + (28 * p.Months);
}
