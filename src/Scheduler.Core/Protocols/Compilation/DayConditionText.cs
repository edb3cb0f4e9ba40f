using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How the conditions of the day are written.</summary>
internal static class DayConditionText
{
    private static readonly Key<string> Means = Keys.Required("means", Scalars.Text, "What must be so, in a sentence.");

    private static readonly Key<FailedCondition> IfNot = Keys.Required(
        "if not",
        Scalars.OneOf("'hold', 'go on' or 'stop the course'", ("hold", FailedCondition.Hold), ("go on", FailedCondition.GoOn), ("stop the course", FailedCondition.StopCourse)),
        "What happens where it is not so: the visit is placed again, goes on, or the course ends.");

    public static Key<NamedEntries<string, DayCondition>> DayConditions { get; } = Keys.Optional(
        "day conditions",
        new MapShape<string, DayCondition>(
            "conditions of the day by name",
            Scalars.Id,
            new MappingShape<DayCondition>(
                "a condition of the day",
                [Means, IfNot, RuleKeys.Cites, RuleKeys.Assumed],
                (fields, _) => new("", fields.Get(Means).Value, fields.Get(IfNot).Value, RuleKeys.From(fields)))),
        "What must be so on the day of the visit.");
}
