using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How a window is written.</summary>
internal static class WindowText
{
    private static readonly Key<SelectorList> For = Keys.Required("window for", Selectors.Group, "The visits that have this window.");

    private static readonly ScalarShape<AnchorText> AnchorShape = new("'start of wet[1]', 'end of infusion[6]', 'enrolment' or 'when remission came true'", TryAnchor);

    private static readonly Key<AnchorText> CountsFrom = Keys.Required("counts from", AnchorShape, "What the window counts from.");

    private static readonly Key<AnchorText> OrFrom = Keys.Optional(
        "or from", AnchorShape, "What the window counts from where the anchor's visit was skipped.");

    private static readonly Key<TargetsText> Target = Keys.Required(
        "target", new JoinedShape<TargetsText>(TargetsText.Shape), "How long after that the target is, its date or in hours its moment; one for all visits, one for each, or one every so often.");

    private static readonly Key<LeewayText> Ideal = Keys.Optional("ideal", LeewayText.Shape, "What is as planned, around the target; the allowed time unless stated.");

    private static readonly Key<LeewayText> Allowed = Keys.Optional("allowed", LeewayText.Shape, "What is a minor deviation at worst; the ideal time unless stated.");

    private static readonly Key<int> Weight = Keys.Optional(
        "weight", Scalars.Number(0, Scalars.MostWeight), "Preference points for each day (or whole hour) between visit and target; 0 unless stated, so that all that is ideal is as good.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rules("a window", [For, CountsFrom, OrFrom, Target, Ideal, Allowed, Weight], (fields, _) => (head, names) =>
    {
        var (group, from, or) = (fields.Get(For), fields.Get(CountsFrom), fields.Find(OrFrom));
        var (targets, ideal, allowed) = (fields.Get(Target), fields.Find(Ideal), fields.Find(Allowed));
        if (ideal is null && allowed is null)
        {
            names.Bag.Add(Messages.WindowWithoutRange(fields.KeySpan(For)));
            return [];
        }

        var backwards = new[] { ideal, allowed }.OfType<Located<LeewayText>>().Where(r => r.Value.Leeway.From > r.Value.Leeway.To).ToList();
        names.Bag.AddRange(backwards.Select(r => Messages.WindowReversed(r.Span, r.Value.Turned)));
        var named = names.Visits(group);
        var anchors = Anchors(from, named?.Length, names);
        var fallbacks = or is { } second ? Anchors(second, named?.Length, names) : null;
        if (named is not { } visits || anchors is null || (or is not null && fallbacks is null) || backwards.Count > 0 || !FitsCondition(head, from, or, names)
            || !UnitsAgree(targets, [ideal, allowed], names.Bag) || !targets.Value.Fit(visits, targets.Span, names.Bag))
        {
            return [];
        }

        var (inner, outer) = (ideal?.Value.Leeway ?? allowed!.Value.Value.Leeway, allowed?.Value.Leeway ?? ideal!.Value.Value.Leeway);
        if (inner.From < outer.From || inner.To > outer.To)
        {
            names.Bag.Add(Messages.IdealOutsideAllowed(ideal!.Value.Span));
        }

        CheckHangs(visits, anchors, from.Span, names);
        if (fallbacks is not null)
        {
            CheckHangs(visits, fallbacks, or!.Value.Span, names);
        }

        // One window for all visits, or one for each where anchors or targets differ.
        var isOne = anchors.Count == 1 && (fallbacks is null || fallbacks.Count == 1) && targets.Value.IsOne;
        return [.. Enumerable.Range(0, isOne ? 1 : visits.Length).Select(Window).OfType<Rule>()];

        Rule? Window(int i)
        {
            var one = isOne ? visits : [visits[i]];
            var (anchor, target) = (anchors[anchors.Count == 1 ? 0 : i], targets.Value.Of(i));
            var fallback = fallbacks?[fallbacks.Count == 1 ? 0 : i];
            CheckAnchor(one, anchor, from.Span, names);
            if (fallback is not null)
            {
                CheckFallback(anchor, fallback, or!.Value.Span, names.Bag);
                CheckAnchor(one, fallback, or.Value.Span, names);
            }

            var length = target.Days is { } days ? days.Days + (7 * days.Weeks) + (31 * days.Months) : target.Minutes;
            if (from.Value.Condition is { } condition && length + outer.To < 0)
            {
                names.Bag.Add(Messages.WindowBeforeCondition((allowed ?? ideal)!.Value.Span, condition));
            }
            else if (length > 0 && length + outer.To < 0)
            {
                names.Bag.Add(Messages.WindowBeforeAnchor((allowed ?? ideal)!.Value.Span, anchor.ToString()!));
            }

            var part = isOne ? head : head with { Part = i + 1 };
            if (target.Days is { } period)
            {
                return new Rule.Window(part, one, anchor, period, inner, outer, fields.Or(Weight, 0)) { Fallback = fallback };
            }

            if (from.Value.Condition is { } day)
            {
                names.Bag.Add(Messages.HoursFromCondition(from.Span, day));
                return null;
            }

            foreach (var (counted, at) in new[] { (anchor, from.Span), (fallback, or?.Span ?? from.Span) }.Where(a => a.Item1 is Protocols.Anchor.Enrolment))
            {
                names.Bag.Add(Messages.HoursFromEnrolment(at));
            }

            if (length + outer.To > 60 * LeewayText.MostHours || outer.From < -60 * LeewayText.MostHours)
            {
                names.Bag.Add(Messages.TooManyHours(targets.Span, LeewayText.MostHours));
                return null;
            }

            return new Rule.HourWindow(part, one, anchor, target.Minutes, inner, outer, fields.Or(Weight, 0)) { Fallback = fallback };
        }
    });

    private static bool UnitsAgree(Located<TargetsText> targets, IEnumerable<Located<LeewayText>?> ranges, DiagnosticBag bag)
    {
        var inHours = targets.Value.Listed[0].Days is null;
        var wrong = ranges.OfType<Located<LeewayText>>().Where(r => r.Value.InHours == !inHours).ToList();
        bag.AddRange(wrong.Select(r => Messages.WindowUnitsDiffer(r.Span, inHours)));
        return wrong.Count == 0;
    }

    /// <summary>Whether what is said of conditions to count from can be; notes the condition for the pass that finds its visits.</summary>
    private static bool FitsCondition(RuleHead head, Located<AnchorText> from, Located<AnchorText>? or, Names names)
    {
        if (or?.Value.Condition is { } second)
        {
            names.Bag.Add(Messages.FallbackIsCondition(or.Value.Span, second));
            return false;
        }

        if (from.Value.Condition is not { } condition)
        {
            return true;
        }

        if (!Names.IsWritten(condition, names.Conditions))
        {
            names.Bag.Add(Messages.UnknownCondition(from.Span, condition, names.Conditions));
            return false;
        }

        if (or is { } fallback)
        {
            names.Bag.Add(Messages.ConditionNeedsNoFallback(fallback.Span, condition));
            return false;
        }

        names.CountedFrom[head.Where] = new(condition, from.Span);
        return true;
    }

    private static void CheckAnchor(ImmutableArray<VisitId> visits, Anchor anchor, SourceSpan at, Names names)
    {
        if (anchor.VisitOrNone is not { } counted)
        {
            return;
        }

        foreach (var visit in visits)
        {
            if (visit == counted)
            {
                names.Bag.Add(Messages.WindowOnItself(at, visit.ToString()));
            }
        }
    }

    /// <summary>Reports, once for all of them, certain visits whose window counts from a conditional one.</summary>
    private static void CheckHangs(ImmutableArray<VisitId> visits, List<Anchor> anchors, SourceSpan at, Names names)
    {
        var hanging = visits
            .Select((v, i) => (Visit: v, On: anchors[anchors.Count == 1 ? 0 : i].VisitOrNone))
            .Where(h => h.On is { } on && on != h.Visit && names.HangsOn(h.Visit, on))
            .ToList();
        if (hanging is [var first, ..])
        {
            names.Bag.Add(Messages.CertainOnConditional(at, first.Visit.ToString(), hanging.Count - 1, first.On!.Value.ToString()));
        }
    }

    private static void CheckFallback(Anchor anchor, Anchor fallback, SourceSpan at, DiagnosticBag bag)
    {
        if (anchor.VisitOrNone is not { } counted)
        {
            bag.Add(Messages.FallbackNeverNeeded(at));
        }
        else if (fallback.VisitOrNone == counted)
        {
            bag.Add(Messages.FallbackIsAnchor(at, counted.ToString()));
        }
    }

    /// <summary>
    /// One anchor for all visits, or one for each; null where it names something else, which is then reported. A condition is the enrolment until
    /// its visits are found.
    /// </summary>
    private static List<Anchor>? Anchors(Located<AnchorText> from, int? count, Names names)
    {
        if (from.Value.Visit is not { } selector)
        {
            return [new Anchor.Enrolment()];
        }

        if (names.Visits(selector, from.Span) is not { } visits)
        {
            return null;
        }

        if (visits.Length != 1 && count is { } those && visits.Length != those)
        {
            names.Bag.Add(Messages.AnchorIsSeveral(from.Span, selector.Written, visits.Length, those, Example(selector.Items[0], visits[0], those), selector.Items.Length == 1));
            return null;
        }

        return [.. visits.Select(v => from.Value.AtEnd ? (Anchor)new Anchor.EndOf(v) : new Anchor.StartOf(v))];
    }

    /// <summary>What may stand where an anchor names too many: as many of its series as the window is for, one for each, else one of it.</summary>
    private static string Example(Selector written, VisitId first, int visits) => written switch
    {
        { From: null } => first.ToString(),
        { From: var from, To: var to } when from == to => written.Written,
        { To: Selector.Last } when visits == 1 => $"{written.Type}[last]",
        _ when visits == 1 => first.ToString(),
        _ => $"{written.Type}[{first.Ordinal} to {first.Ordinal + visits - 1}]",
    };

    private static bool TryAnchor(Phrase phrase, [MaybeNullWhen(false)] out AnchorText value)
    {
        value = null;
        if (phrase.TryWords("enrolment"))
        {
            value = new(null, AtEnd: false, null);
            return true;
        }

        if (phrase.TryWords("when"))
        {
            value = phrase.TryAny(out var condition) && phrase.TryWords("came", "true") ? new(null, AtEnd: false, condition) : null;
            return value is not null;
        }

        var atEnd = phrase.TryWords("end", "of");
        if (!atEnd && !phrase.TryWords("start", "of"))
        {
            return false;
        }

        value = Selectors.TryGroup(phrase, out var visit) ? new(visit, atEnd, null) : null;
        return value is not null;
    }

    private sealed record AnchorText(SelectorList? Visit, bool AtEnd, string? Condition);
}
