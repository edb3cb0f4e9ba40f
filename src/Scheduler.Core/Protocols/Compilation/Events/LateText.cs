using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Events;

/// <summary>How it is written what follows when the patient comes late.</summary>
internal static class LateText
{
    private static readonly Key<SelectorList> When = Keys.Required("when late", Selectors.Group, "The visits.");

    private static readonly Key<int> ByMoreThan = Keys.Required("by more than", Scalars.Minutes, "How late is no matter.");

    private static readonly Key<LateRemedy> Then = Keys.Required(
        "then",
        new ScalarShape<LateRemedy>(
            "'today if it still fits, else hold', 'hold' or 'go on'",
            (Phrase phrase, out LateRemedy value) =>
            {
                value = LateRemedy.Hold;
                if (phrase.TryWords("hold"))
                {
                    return true;
                }

                if (phrase.TryWords("go", "on"))
                {
                    value = LateRemedy.GoOn;
                    return true;
                }

                value = LateRemedy.TodayIfItFits;
                return phrase.TryWords("today", "if", "it", "still", "fits") && (phrase.TryComma() || true) && phrase.TryWords("else", "hold");
            }),
        "What follows beyond that.");

    public static MappingShape<EventText> Shape { get; } = new(
        "what follows when the patient comes late",
        [When, ByMoreThan, Then, RuleKeys.Cites, RuleKeys.Assumed],
        (fields, _) => new(fields.Get(When), fields.Get(When).Span, (id, visits, names) =>
        {
            var (bag, late) = (names.Names.Bag, fields.Get(ByMoreThan));
            foreach (var visit in visits)
            {
                var type = names.Names.Type(visit.Type)!;
                if (type.Mode == Mode.SelfReport)
                {
                    bag.Add(Messages.NobodyWaits(fields.Get(When).Span, type.Id));
                    return null;
                }

                if (type.DurationOf(visit.Ordinal) <= late.Value)
                {
                    bag.Add(Messages.LateBeyondVisit(late.Span, visit.ToString(), type.DurationOf(visit.Ordinal)));
                    return null;
                }
            }

            return new EventRule.Late(id, visits, RuleKeys.From(fields), late.Value, fields.Get(Then).Value);
        }));
}
