using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Messaging;

/// <summary>How messages to the patient are written, and the hours in which none is sent.</summary>
internal static class MessageText
{
    /// <summary>When a message is sent.</summary>
    public static Key<MessageTime> When { get; } = Keys.Required(
        "when",
        new ScalarShape<MessageTime>("a time such as '1 day before at 18:00', 'on the day at 07:00', '3 hours before' or 'when booked'", TryTime),
        "When the message is sent.");

    /// <summary>How it travels.</summary>
    public static Key<ImmutableArray<Located<Channel>>> By { get; } = Keys.Optional(
        "by",
        new ListShape<Channel>(Scalars.OneOf("'email', 'text message' or 'call'", ("email", Channel.Email), ("text message", Channel.TextMessage), ("call", Channel.Call))),
        "How, the preferred way first; the patient's own choice unless stated.");

    /// <summary>Hours may run past midnight.</summary>
    public static ScalarShape<QuietHours> QuietHours { get; } = new(
        "two different times such as '20:00 to 08:00'",
        (Phrase phrase, out QuietHours value) =>
        {
            value = default;
            if (!phrase.TryTime(out var from) || !phrase.TryWords("to") || !phrase.TryTime(out var to))
            {
                return false;
            }

            value = new(from, to);
            return from % (24 * 60) != to % (24 * 60);
        });

    /// <summary>What a message says.</summary>
    /// <param name="mayTell">Whether words that tell what is treated are somebody else's question.</param>
    public static Key<Saying> Say(bool mayTell) => Keys.Optional("say", new SayingShape(mayTell), "The text, or one for each language; the clinic's usual reminder unless stated.");

    /// <summary>The message that a mapping states; its id is not known there.</summary>
    public static Message Make(Fields fields, Reading reading, Key<Saying> say, Provenance provenance)
    {
        ImmutableArray<Located<Channel>> channels = fields.Find(By)?.Value ?? [];
        foreach (var (channel, span) in channels.Where((c, i) => channels.Take(i).Any(o => o.Value == c.Value)))
        {
            reading.Bag.Add(Diagnostics.Messages.NamedTwice(span, channel switch { Channel.Email => "email", Channel.Call => "call", _ => "text message" }, "'by'"));
        }

        return new("", fields.Get(When).Value, [.. channels.Select(c => c.Value)], fields.Find(say)?.Value, provenance);
    }

    /// <summary>Reads a time before a visit, in days and a time of day or in hours.</summary>
    public static bool TryTimeBefore(Phrase phrase, [MaybeNullWhen(false)] out MessageTime time)
    {
        time = null;
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

    private static bool TryTime(Phrase phrase, [MaybeNullWhen(false)] out MessageTime time)
    {
        time = phrase.TryWords("when", "booked") ? new MessageTime.WhenBooked() : null;
        return time is not null || TryTimeBefore(phrase, out time);
    }
}
