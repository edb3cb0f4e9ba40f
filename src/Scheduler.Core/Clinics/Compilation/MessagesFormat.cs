using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Messaging;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>What a clinic's file says of messages; their name may still be the clinic's title.</summary>
/// <param name="Messages">What is said, with an empty name where none is written.</param>
/// <param name="Name">The name; null for the clinic's title.</param>
internal sealed record MessagesDraft(ClinicMessages Messages, string? Name);

/// <summary>The keys of what a clinic says in messages, and what they must satisfy among themselves.</summary>
internal static class MessagesFormat
{
    private static readonly Key<Saying> Say = MessageText.Say(mayTell: false);

    private static readonly Key<string> Name = Keys.Optional(
        "name", new PlainTextShape(new("a name", TemplateShape.LongestLine, [], [])), "What the clinic is called in messages, without what it treats; its title when left out.");

    private static readonly Key<string> Phone = Keys.Required("phone", ContactText.Phone, "The number to call.");

    private static readonly Key<string> Sender = Keys.Required("sender", ContactText.Address, "The address from which mail comes.");

    private static readonly Key<string> Office = Keys.Optional("office", ContactText.Address, "Where staff are told what needs a look; nowhere when left out.");

    private static readonly Key<QuietHours> Quiet = Keys.Optional(
        "quiet hours", MessageText.QuietHours, "When nothing is sent where a protocol says nothing of it; 20:00 to 08:00 when left out.");

    private static readonly Key<NamedEntries<string, Message>> Usual = Keys.Optional(
        "usual",
        new MapShape<string, Message>(
            "messages by name",
            Scalars.Id,
            new MappingShape<Message>("a usual message", [MessageText.When, MessageText.By, Say], (fields, reading) => MessageText.Make(fields, reading, Say, Provenance.None))),
        "What is sent of visits of which their protocol says nothing; when left out, a message when booked and one on the evening before.");

    private static readonly Key<MessageTime> ConfirmBy = Keys.Optional(
        "confirm by",
        new ScalarShape<MessageTime>("a time such as '1 day before at 12:00' or '24 hours before'", MessageText.TryTimeBefore),
        "When the office is told of a visit that has not been confirmed; never when left out.");

    private static readonly Key<int> DigestAt = Keys.Optional(
        "digest at",
        new ScalarShape<int>("a time of day such as '18:00'", (Phrase phrase, out int value) => phrase.TryTime(out value) && value < 24 * 60),
        "When staff who have an address get their list of the next day; none when left out.");

    private static readonly Key<int> NoShowAfter = Keys.Optional(
        "no-show after", Scalars.Minutes, "How long after its start a visit of which nobody has told anything is taken as missed; never by itself when left out.");

    private static readonly Key<string> Usually = Keys.Optional("language", LanguageText.Tag, "The language for whoever has named none; English when left out.");

    private static readonly Key<NamedEntries<string, Language>> Languages = Keys.Optional(
        "languages", new MapShape<string, Language>("languages by tag", LanguageText.Tag, LanguageText.Shape), "The words of each language besides English.");

    /// <summary>The shape of it.</summary>
    public static MappingShape<MessagesDraft> Shape { get; } = new(
        "the messages", [Name, Phone, Sender, Office, Quiet, Usual, ConfirmBy, DigestAt, NoShowAfter, Usually, Languages], Make);

    /// <summary>The messages of a clinic with a title; one that tells what it treats is reported where it would be sent.</summary>
    public static ClinicMessages Named(Located<MessagesDraft> draft, string title, DiagnosticBag bag)
    {
        if (draft.Value.Name is null && TellingWords.Find(title) is var (_, word))
        {
            bag.Add(Messages.TitleTells(draft.Span, title, word));
        }

        return draft.Value.Messages with { Name = draft.Value.Name ?? title };
    }

    private static MessagesDraft Make(Fields fields, Reading reading)
    {
        var bag = reading.Bag;
        var languages = AllLanguages(fields, bag);
        var messages = new ClinicMessages("", fields.Get(Phone).Value, fields.Get(Sender).Value)
        {
            Office = fields.Find(Office)?.Value,
            ConfirmBy = fields.Find(ConfirmBy)?.Value,
            DigestAt = fields.Find(DigestAt)?.Value,
            NoShowAfterMinutes = fields.Find(NoShowAfter)?.Value,
            Languages = languages,
            Language = Find(fields.Find(Usually), languages, bag),
        };
        messages = fields.Find(Quiet) is { } quiet ? messages with { Quiet = quiet.Value } : messages;
        if (fields.Find(Usual) is { } usual)
        {
            CheckUsual(usual.Value, messages, bag);
            messages = messages with { Usual = [.. usual.Value.Entries.Select(e => e.Value.Value with { Id = e.Key.Value })] };
        }

        if (TellingWords.Find(messages.Sender) is var (_, word))
        {
            bag.Add(Messages.SenderTells(fields.Get(Sender).Span, word));
        }

        if (messages is { ConfirmBy: not null, Office: null })
        {
            bag.Add(Messages.NobodyIsTold(fields.KeySpan(ConfirmBy)));
        }

        return new(messages, fields.Find(Name)?.Value);
    }

    /// <summary>English first, in the clinic's own words where it has some.</summary>
    private static ImmutableArray<Language> AllLanguages(Fields fields, DiagnosticBag bag)
    {
        var written = fields.Or(Languages, NamedEntries<string, Language>.Empty).Entries;
        foreach (var (tag, _) in written.Where(e => e.Value.Value.AnswerPage is null && !Language.Same(e.Key.Value, Language.English.Tag)))
        {
            bag.Add(Messages.AnswerPageMissing(tag.Span, tag.Value));
        }

        Language[] own = [.. written.Select(e => e.Value.Value with { Tag = e.Key.Value })];
        return [.. own.Any(l => l.Tag == Language.English.Tag) ? [] : new[] { Language.English }, .. own];
    }

    private static Language Find(Located<string>? tag, ImmutableArray<Language> languages, DiagnosticBag bag)
    {
        if (tag is not { } named)
        {
            return languages.First(l => l.Tag == Language.English.Tag);
        }

        if (languages.FirstOrDefault(l => l.Tag == named.Value) is not { } found)
        {
            bag.Add(Messages.LanguageNotSpoken(named.Span, named.Value, [.. languages.Select(l => l.Tag)]));
            return Language.English;
        }

        return found;
    }

    private static void CheckUsual(NamedEntries<string, Message> usual, ClinicMessages messages, DiagnosticBag bag)
    {
        var first = new Dictionary<MessageTime, Named<string, Message>>();
        foreach (var entry in usual.Entries)
        {
            var (at, message) = (entry.Key.Span, entry.Value.Value);
            if (!first.TryAdd(message.When, entry) && first[message.When] is var same)
            {
                bag.Add(Messages.UsualAtOneTime(at, same.Key.Value, entry.Key.Value, same.Key.Span));
            }

            if (message.When is MessageTime.DaysBefore time && messages.Quiet.Cover(time.At))
            {
                bag.Add(Messages.UsualInQuietHours(at, time.At, messages.Quiet.From));
            }

            var said = message.Say?.Texts.Select(t => t.Language ?? messages.Language.Tag) ?? messages.Languages.Select(l => l.Tag);
            if (messages.Languages.Select(l => l.Tag).Except(said).ToList() is { Count: > 0 } missing)
            {
                bag.Add(Messages.TranslationMissing(at, missing, null));
            }
        }
    }
}
