using System.Collections.Immutable;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Messaging;

/// <summary>How the words of the page are written on which patients answer.</summary>
internal static class AnswerPageText
{
    private static readonly Key<string> Title = Words("title", "the title of a page", "The title of the page.");

    private static readonly Key<Template> Appointment = Sentence("appointment", "'{when}, at {clinic}.' in the language", ["when"], ["clinic"], "Which appointment is meant; with the fields {when} and {clinic}.");

    private static readonly Key<string> Confirm = Words("confirm", "'I will come' in the language", "The button of those who will come.");

    private static readonly Key<string> Decline = Words("decline", "'I cannot come' in the language", "The button of those who will not come.");

    private static readonly Key<string> CallMe = Words("call me", "'Please call me' in the language", "The button of those who want to be called.");

    private static readonly Key<string> Confirmed = Sentence("confirmed", "a sentence such as 'The clinic knows that you will come.'", "What they are told who will come.");

    private static readonly Key<string> Declined = Sentence("declined", "a sentence such as 'The clinic knows that you cannot come.'", "What they are told who will not come.");

    private static readonly Key<string> ToBeCalled = Sentence("to be called", "a sentence such as 'The clinic will call you.'", "What they are told who want to be called.");

    private static readonly Key<Template> OrCall = Sentence("or call", "'You can also call {clinic}:' in the language", [], ["clinic"], "That they can call, too; the number stands behind it. With the field {clinic}.");

    private static readonly Key<Template> Answered = Sentence("answered", "a sentence such as 'This has been answered. Please call {phone}.'", ["phone"], [], "That the message was answered otherwise before; with the field {phone}.");

    private static readonly Key<Template> Over = Sentence(
        "over", "a sentence such as 'This has changed. Look for a newer message, or call {phone}.'", ["phone"], [], "That the appointment is past or has been changed since; with the field {phone}.");

    private static readonly Key<Template> NotNoted = Sentence("not noted", "a sentence such as 'That could not be noted. Please call {phone}.'", ["phone"], [], "That the answer could not be noted; with the field {phone}.");

    /// <summary>Their shape.</summary>
    public static MappingShape<AnswerPage> Shape { get; } = new(
        "the words of a page",
        [Title, Appointment, Confirm, Decline, CallMe, Confirmed, Declined, ToBeCalled, OrCall, Answered, Over, NotNoted],
        (fields, _) => new()
        {
            Title = fields.Get(Title).Value,
            Appointment = fields.Get(Appointment).Value,
            Confirm = fields.Get(Confirm).Value,
            Decline = fields.Get(Decline).Value,
            CallMe = fields.Get(CallMe).Value,
            Confirmed = fields.Get(Confirmed).Value,
            Declined = fields.Get(Declined).Value,
            ToBeCalled = fields.Get(ToBeCalled).Value,
            OrCall = fields.Get(OrCall).Value,
            Answered = fields.Get(Answered).Value,
            Over = fields.Get(Over).Value,
            NotNoted = fields.Get(NotNoted).Value,
        });

    private static Key<string> Words(string key, string expected, string says) => Keys.Required(key, new PlainTextShape(new(expected, TemplateShape.LongestLine, [], [])), says);

    private static Key<string> Sentence(string key, string expected, string says) => Keys.Required(key, new PlainTextShape(new(expected, TemplateShape.LongestText, [], [])), says);

    private static Key<Template> Sentence(string key, string expected, ImmutableArray<string> required, ImmutableArray<string> others, string says) =>
        Keys.Required(key, new TemplateShape(expected, TemplateShape.LongestText, required, [.. required, .. others]), says);
}
