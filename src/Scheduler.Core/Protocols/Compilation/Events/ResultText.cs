using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Events;

/// <summary>How it is written what follows a result.</summary>
internal static class ResultText
{
    private static readonly Key<string> When = Keys.Required("when", Scalars.Name, "The condition that comes true.");

    private static readonly Key<ResultRemedy> Then = Keys.Required(
        "then",
        Scalars.OneOf("'stop the course' or 'release the rest'", ("stop the course", ResultRemedy.StopCourse), ("release the rest", ResultRemedy.ReleaseTheRest)),
        "What follows.");

    private static readonly Key<SelectorList> Of = Keys.Optional("of", Selectors.Group, "The visits whose rest is released.");

    public static MappingShape<EventText> Shape { get; } = new(
        "what follows a result",
        [When, Then, Of, RuleKeys.Cites, RuleKeys.Assumed],
        (fields, _) => new(fields.Find(Of), fields.Get(When).Span, (id, visits, names) =>
        {
            var (bag, when, then) = (names.Names.Bag, fields.Get(When), fields.Get(Then));
            if (!Names.IsWritten(when.Value, names.Conditions))
            {
                bag.Add(Messages.UnknownCondition(when.Span, when.Value, names.Conditions));
                return null;
            }

            if ((then.Value == ResultRemedy.ReleaseTheRest) != fields.Find(Of) is not null)
            {
                bag.Add(fields.Find(Of) is null ? Messages.ReleaseOfNothing(then.Span) : Messages.StopOfVisits(fields.KeySpan(Of)));
                return null;
            }

            return new EventRule.Result(id, when.Value, visits, RuleKeys.From(fields), then.Value);
        }));
}
