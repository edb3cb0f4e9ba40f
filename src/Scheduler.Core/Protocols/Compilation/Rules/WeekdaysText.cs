using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How weekdays are written.</summary>
internal static class WeekdaysText
{
    private static readonly Key<SelectorList> For = Keys.Required("weekdays for", Selectors.Group, "The visits.");

    private static readonly Key<ImmutableArray<IsoDayOfWeek>> Days = Keys.Required("days", new JoinedShape<ImmutableArray<IsoDayOfWeek>>(Scalars.Weekdays), "The days of the week.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule(
        "a rule about weekdays",
        [For, Days, RuleKeys.IsMust, RuleKeys.Weight],
        (fields, reading) =>
        {
            var strength = RuleKeys.Strength(fields, reading);
            return (head, names) => names.Visits(fields.Get(For)) is { } visits ? new Rule.Weekdays(head, visits, fields.Get(Days).Value, strength) : null;
        });
}
