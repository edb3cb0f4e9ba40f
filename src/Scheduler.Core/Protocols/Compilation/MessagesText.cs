using Scheduler.Core.Messaging;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How a protocol writes the messages of a visit type, and the hours in which none is sent.</summary>
internal static class MessagesText
{
    private static readonly Key<Saying> Say = MessageText.Say(mayTell: true);

    public static Key<NamedEntries<string, Message>> Messages { get; } = Keys.Optional(
        "messages",
        new MapShape<string, Message>(
            "messages by name",
            Scalars.Id,
            new MappingShape<Message>(
                "a message",
                [MessageText.When, MessageText.By, Say, RuleKeys.Cites, RuleKeys.Assumed],
                (fields, reading) => MessageText.Make(fields, reading, Say, RuleKeys.From(fields)))),
        "What the patient is told about the visit.");

    public static Key<QuietHours> QuietHours { get; } = Keys.Optional("quiet hours", MessageText.QuietHours, "When no message is sent, in the patient's zone.");
}
