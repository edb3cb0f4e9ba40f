using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Events;

/// <summary>How it is written what follows a missed visit.</summary>
internal static class MissedText
{
    private static readonly ScalarShape<RemedyText> Remedies = new(
        "'shift the rest', 'make up within 7 days', 'skip', 'repeat' with a phase, 'back to' with a condition, 'restart the course' or 'stop the course'", TryRemedy);

    private static readonly Key<SelectorList> When = Keys.Required("when missed", Selectors.Group, "The visits.");

    private static readonly Key<string> And = Keys.Optional("and", Scalars.Name, "A condition that must be known to be true besides; another event says what follows where it is not.");

    private static readonly Key<RemedyText> Then = Keys.Required("then", Remedies, "What follows.");

    private static readonly Key<int> AtMost = Keys.Optional(
        "at most",
        new ScalarShape<int>(
            "a number such as '2 times' or 'once'",
            (Phrase phrase, out int value) =>
            {
                value = phrase.TryWords("once") ? 1 : phrase.TryWords("twice") ? 2 : 0;
                return value > 0 || (phrase.TryNumber(out value) && value is > 0 and <= 100 && (phrase.TryWords("times") || phrase.TryWords("time")));
            }),
        "How often that is done in a course; always unless stated.");

    private static readonly Key<RemedyText> Otherwise = Keys.Optional("otherwise", Remedies, "What follows when it was done so often, or cannot be done.");

    public static MappingShape<EventText> Shape { get; } = new(
        "what follows a missed visit",
        [When, And, Then, AtMost, Otherwise, RuleKeys.Cites, RuleKeys.Assumed],
        (fields, _) => new(fields.Get(When), fields.Get(When).Span, (id, visits, names) =>
        {
            var (most, otherwise) = (fields.Find(AtMost), fields.Find(Otherwise));
            if (most is not null && otherwise is null)
            {
                names.Names.Bag.Add(Messages.AtMostWithoutOtherwise(fields.KeySpan(AtMost)));
            }

            var then = Bind(fields.Get(Then), names);
            var last = otherwise is { } o ? Bind(o, names) : null;
            if (then is not null && then == last)
            {
                names.Names.Bag.Add(Messages.OtherwiseIsTheSame(otherwise!.Value.Span, fields.Get(Then).Span));
            }

            if (fields.Find(And) is { } and && !Names.IsWritten(and.Value, names.Conditions))
            {
                names.Names.Bag.Add(Messages.UnknownCondition(and.Span, and.Value, names.Conditions));
                return null;
            }

            return then is null ? null : new EventRule.Missed(id, visits, RuleKeys.From(fields), then, most?.Value, last) { And = fields.Find(And)?.Value };
        }));

    private static Remedy? Bind(Located<RemedyText> text, EventNames names)
    {
        var ((remedy, name, offset), span) = text;
        switch (remedy)
        {
            case Remedy.RepeatPhase when !Names.IsWritten(name, names.Phases):
                names.Names.Bag.Add(Messages.UnknownPhase(span.Part(offset, name.Length), name, names.Phases));
                return null;
            case Remedy.BackTo when !Names.IsWritten(name, names.Conditions):
                names.Names.Bag.Add(Messages.UnknownCondition(span.Part(offset, name.Length), name, names.Conditions));
                return null;
            case Remedy.BackTo when !names.Names.Types.Any(t => t.OnlyIf == name):
                names.Names.Bag.Add(Messages.BackToNothing(span.Part(offset, name.Length), name));
                return null;
            default:
                return remedy;
        }
    }

    private static bool TryRemedy(Phrase phrase, [MaybeNullWhen(false)] out RemedyText text)
    {
        Remedy? remedy = null;
        var (name, offset) = ("", 0);
        if (phrase.TryWords("shift", "the", "rest"))
        {
            remedy = new Remedy.ShiftTheRest();
        }
        else if (phrase.TryWords("make", "up", "within"))
        {
            remedy = Scalars.TryDays(phrase, out var days) && days.Months == 0 && days.Days + (7 * days.Weeks) is > 0 and <= 366 and var number ? new Remedy.MakeUp(number) : null;
        }
        else if (phrase.TryWords("skip"))
        {
            remedy = new Remedy.Skip();
        }
        else if (phrase.TryWords("repeat"))
        {
            offset = phrase.Rest.Offset;
            remedy = phrase.TryAny(out name) ? new Remedy.RepeatPhase(name) : null;
        }
        else if (phrase.TryWords("back", "to"))
        {
            offset = phrase.Rest.Offset;
            remedy = phrase.TryAny(out name) ? new Remedy.BackTo(name) : null;
        }
        else if (phrase.TryWords("restart", "the", "course"))
        {
            remedy = new Remedy.RestartCourse();
        }
        else if (phrase.TryWords("stop", "the", "course"))
        {
            remedy = new Remedy.StopCourse();
        }

        text = remedy is null ? null : new(remedy, name, offset);
        return text is not null;
    }

    /// <summary>A remedy with the name in it, if it has one.</summary>
    private sealed record RemedyText(Remedy Remedy, string Name, int Offset);
}
