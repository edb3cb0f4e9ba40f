using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How a time of day is written.</summary>
internal static class TimeOfDayText
{
    private static readonly Key<SelectorList> For = Keys.Required("time of day for", Selectors.Group, "The visits.");

    private static readonly Key<(int From, int To)> Starts = Keys.Optional(
        "starts", new ScalarShape<(int From, int To)>("times such as '08:00 to 11:00'", TryStarts), "The earliest and the latest start, both included.");

    private static readonly Key<int> EndsBy = Keys.Optional(
        "ends by", new ScalarShape<int>("a time such as '14:00'", (Phrase phrase, out int value) => phrase.TryTime(out value)), "The latest end.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule(
        "a time of day",
        [For, Starts, EndsBy, RuleKeys.IsMust, RuleKeys.Weight],
        (fields, reading) =>
        {
            var strength = RuleKeys.Strength(fields, reading);
            return (head, names) =>
            {
                var (starts, ends) = (fields.Find(Starts), fields.Find(EndsBy));
                if (starts is null && ends is null)
                {
                    names.Bag.Add(Messages.TimeOfDaySaysNothing(fields.KeySpan(For)));
                    return null;
                }

                if (names.Visits(fields.Get(For)) is not { } visits)
                {
                    return null;
                }

                foreach (var visit in visits)
                {
                    var duration = names.Type(visit.Type)!.DurationOf(visit.Ordinal);
                    if ((starts?.Value.From ?? 0) + duration > (ends?.Value ?? 24 * 60))
                    {
                        names.Bag.Add(Messages.TimeOfDayTooShort((ends?.Span ?? starts?.Span)!.Value, visit.ToString(), duration));
                        break;
                    }
                }

                return new Rule.TimeOfDay(head, visits, starts?.Value.From, starts?.Value.To, ends?.Value, strength);
            };
        });

    /// <summary>Unlike hours, a range of starts may be a single time, and its end is included.</summary>
    private static bool TryStarts(Phrase phrase, out (int From, int To) value)
    {
        value = default;
        if (!phrase.TryTime(out var from) || !phrase.TryWords("to") || !phrase.TryTime(out var to))
        {
            return false;
        }

        value = (from, to);
        return from <= to;
    }
}
