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

    private static readonly ScalarShape<DaysText> Days = new("days around the target such as '3 days before to 3 days after'", TryDays);

    private static readonly Key<DaysText> Ideal = Keys.Optional("ideal", Days, "The days that are as planned; the allowed ones unless stated.");

    private static readonly Key<DaysText> Allowed = Keys.Optional("allowed", Days, "The days that are a minor deviation at worst; the ideal ones unless stated.");

    private static readonly Key<int> Weight = Keys.Optional(
        "weight", Scalars.Number(0, 100), "Preference points for each day between visit and target; 0 unless stated, so that any ideal day is as good.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a window", [For, CountsFrom, Target, Ideal, Allowed, Weight], (fields, reading) =>
    {
        foreach (var days in new[] { fields.Find(Ideal), fields.Find(Allowed) }.OfType<Located<DaysText>>().Where(d => d.Value.Days.From > d.Value.Days.To))
        {
            reading.Bag.Add(Messages.WindowReversed(days.Span, days.Value.Turned));
        }

        return (head, names) => Bind(fields, head, names);
    });

    private static Rule.Window? Bind(Fields fields, RuleHead head, Names names)
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

        var (inner, outer) = ((ideal ?? allowed)!.Value.Value.Days, (allowed ?? ideal)!.Value.Value.Days);
        if (inner.From <= inner.To && outer.From <= outer.To && (inner.From < outer.From || inner.To > outer.To))
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
    }

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

    private static bool TryDays(Phrase phrase, out DaysText value)
    {
        value = default;
        if (!TryOffset(phrase, out var from))
        {
            return false;
        }

        var (to, first, second) = (from, phrase.Text[..phrase.Rest.Offset].Trim(), "");
        if (phrase.TryWords("to"))
        {
            var offset = phrase.Rest.Offset;
            if (!TryOffset(phrase, out to))
            {
                return false;
            }

            second = phrase.Text[offset..].Trim();
        }

        value = new(new(from, to), $"{second} to {first}");
        return true;
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

    /// <summary>Days around the target, and the same with their ends swapped, for an author who wrote them backwards.</summary>
    private readonly record struct DaysText(Leeway Days, string Turned);

    private sealed record AnchorText(SelectorList? Visit, bool AtEnd);
}
