using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How a window is written.</summary>
internal static class WindowText
{
    private static readonly Key<SelectorList> For = Keys.Required("window for", Selectors.Group, "The visits that have this window.");

    private static readonly Key<AnchorText> CountsFrom = Keys.Required(
        "counts from", new ScalarShape<AnchorText>("'start of wet[1]', 'end of infusion[6]' or 'enrolment'", TryAnchor), "What the window counts from.");

    private static readonly Key<Period> Target = Keys.Required("target", Scalars.Days, "How long after that the target date is.");

    private static readonly ScalarShape<Leeway> Days = new("days around the target such as '3 days before to 3 days after'", TryLeeway);

    private static readonly Key<Leeway> Ideal = Keys.Optional("ideal", Days, "The days that are as planned; the allowed ones unless stated.");

    private static readonly Key<Leeway> Allowed = Keys.Optional("allowed", Days, "The days that are a minor deviation at worst; the ideal ones unless stated.");

    private static readonly Key<int> Weight = Keys.Optional(
        "weight", Scalars.Number(0, 100), "Preference points for each day between visit and target; 0 unless stated, so that any ideal day is as good.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a window", [For, CountsFrom, Target, Ideal, Allowed, Weight], (fields, _) => (head, names) =>
    {
        var (group, from) = (fields.Get(For), fields.Get(CountsFrom));
        var (ideal, allowed) = (fields.Find(Ideal), fields.Find(Allowed));
        if (ideal is null && allowed is null)
        {
            names.Bag.Add(Messages.WindowWithoutRange(fields.KeySpan(For)));
            return null;
        }

        var visits = names.Visits(group);
        if (Anchor(from, names) is not { } anchor || visits is null)
        {
            return null;
        }

        var (inner, outer) = (ideal?.Value ?? allowed!.Value.Value, allowed?.Value ?? ideal!.Value.Value);
        if (inner.From < outer.From || inner.To > outer.To)
        {
            names.Bag.Add(Messages.IdealOutsideAllowed(ideal!.Value.Span));
        }

        if (anchor.VisitOrNone is { } counted)
        {
            foreach (var visit in visits.Value)
            {
                if (visit == counted)
                {
                    names.Bag.Add(Messages.WindowOnItself(from.Span, visit.ToString()));
                }
                else if (names.Type(counted.Type)!.IsConditional && !names.Type(visit.Type)!.IsConditional)
                {
                    names.Bag.Add(Messages.CertainOnConditional(from.Span, visit.ToString(), counted.ToString()));
                }
            }
        }

        return new Rule.Window(head, visits.Value, anchor, fields.Get(Target).Value, inner, outer, fields.Or(Weight, 0));
    });

    private static Anchor? Anchor(Located<AnchorText> from, Names names)
    {
        if (from.Value.Visit is not { } selector)
        {
            return new Anchor.Enrolment();
        }

        if (names.Visits(selector, from.Span) is not { } visits)
        {
            return null;
        }

        if (visits.Length != 1)
        {
            names.Bag.Add(Messages.AnchorIsSeveral(from.Span, selector.Written, visits.Length));
            return null;
        }

        return from.Value.AtEnd ? new Anchor.EndOf(visits[0]) : new Anchor.StartOf(visits[0]);
    }

    private static bool TryAnchor(Phrase phrase, [MaybeNullWhen(false)] out AnchorText value)
    {
        value = null;
        if (phrase.TryWords("enrolment"))
        {
            value = new(null, AtEnd: false);
            return true;
        }

        var atEnd = phrase.TryWords("end", "of");
        if (!atEnd && !phrase.TryWords("start", "of"))
        {
            return false;
        }

        value = Selectors.TryGroup(phrase, out var visit) ? new(visit, atEnd) : null;
        return value is not null;
    }

    private static bool TryLeeway(Phrase phrase, out Leeway value)
    {
        value = default;
        if (!TryOffset(phrase, out var from))
        {
            return false;
        }

        var to = from;
        if (phrase.TryWords("to") && !TryOffset(phrase, out to))
        {
            return false;
        }

        value = new(from, to);
        return from <= to;
    }

    private static bool TryOffset(Phrase phrase, out int days)
    {
        days = 0;
        if (phrase.TryWords("on", "the", "day") || phrase.TryWords("the", "day", "itself"))
        {
            return true;
        }

        if (!Scalars.TryDays(phrase, out var period) || period.Months > 0)
        {
            return false;
        }

        days = period.Days + (7 * period.Weeks);
        if (phrase.TryWords("before"))
        {
            days = -days;
            return true;
        }

        return phrase.TryWords("after");
    }

    private sealed record AnchorText(SelectorList? Visit, bool AtEnd);
}
