using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How messages to the patient are written, and the hours in which none is sent.</summary>
internal static class MessageText
{
    private static readonly Key<MessageTime> When = Keys.Required(
        "when",
        new ScalarShape<MessageTime>("a time such as '1 day before at 18:00', 'on the day at 07:00', '3 hours before' or 'when booked'", TryTime),
        "When the message is sent.");

    private static readonly Key<ImmutableArray<Located<Channel>>> By = Keys.Optional(
        "by",
        new ListShape<Channel>(Scalars.OneOf("'email', 'text message' or 'call'", ("email", Channel.Email), ("text message", Channel.TextMessage), ("call", Channel.Call))),
        "How, the preferred way first; the patient's own choice unless stated.");

    private static readonly Key<string> Say = Keys.Optional("say", Scalars.Text, "The text; the clinic's usual reminder unless stated.");

    public static Key<NamedEntries<string, Message>> Messages { get; } = Keys.Optional(
        "messages",
        new MapShape<string, Message>("messages by name", Scalars.Id, new MappingShape<Message>("a message", [When, By, Say, RuleKeys.Cites, RuleKeys.Assumed], Make)),
        "What the patient is told about the visit.");

    /// <summary>Hours may run past midnight.</summary>
    public static Key<(int From, int To)> QuietHours { get; } = Keys.Optional(
        "quiet hours",
        new ScalarShape<(int From, int To)>(
            "two different times such as '20:00 to 08:00'",
            (Phrase phrase, out (int From, int To) value) =>
            {
                value = default;
                if (!phrase.TryTime(out var from) || !phrase.TryWords("to") || !phrase.TryTime(out var to))
                {
                    return false;
                }

                value = (from, to);
                return from % (24 * 60) != to % (24 * 60);
            }),
        "When no message is sent, in the patient's zone.");

    private static Message? Make(Fields fields, Reading reading)
    {
        ImmutableArray<Located<Channel>> channels = fields.Find(By)?.Value ?? [];
        foreach (var (channel, span) in channels.Where((c, i) => channels.Take(i).Any(o => o.Value == c.Value)))
        {
            reading.Bag.Add(Diagnostics.Messages.NamedTwice(span, channel switch { Channel.Email => "email", Channel.Call => "call", _ => "text message" }, "'by'"));
        }

        return new("", fields.Get(When).Value, [.. channels.Select(c => c.Value)], fields.Find(Say)?.Value, RuleKeys.From(fields));
    }

    private static bool TryTime(Phrase phrase, [MaybeNullWhen(false)] out MessageTime time)
    {
        time = null;
        if (phrase.TryWords("when", "booked"))
        {
            time = new MessageTime.WhenBooked();
            return true;
        }

        if (phrase.TryWords("on", "the", "day", "at"))
        {
            time = phrase.TryTime(out var early) && early < 24 * 60 ? new MessageTime.DaysBefore(0, early) : null;
            return time is not null;
        }

        var mark = phrase.Mark;
        if (Scalars.TryDays(phrase, out var days) && days.Months == 0)
        {
            time = phrase.TryWords("before", "at") && phrase.TryTime(out var at) && at < 24 * 60 && days.Days + (7 * days.Weeks) > 0
                ? new MessageTime.DaysBefore(days.Days + (7 * days.Weeks), at)
                : null;
            return time is not null;
        }

        phrase.Return(mark);
        time = Scalars.TryMinutes(phrase, out var minutes) && phrase.TryWords("before") ? new MessageTime.MinutesBefore(minutes) : null;
        return time is not null;
    }
}
