using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Messaging;

/// <summary>How a language is written in which a clinic writes to its patients.</summary>
internal static class LanguageText
{
    private const string TagPattern = "^\\s*[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\\s*$";

    private static readonly Regex IsTag = new(TagPattern, RegexOptions.NonBacktracking);

    /// <summary>The tag of a language, in the one spelling that its standard (BCP 47) recommends.</summary>
    public static ScalarShape<string> Tag { get; } = new(
        "a language such as 'de' or 'pt-BR'", (Phrase phrase, [MaybeNullWhen(false)] out string value) => phrase.TryAny(out value) && IsTag.IsMatch(value))
    {
        Pattern = TagPattern,
        Meant = text => Recommended(text) is var tag && IsTag.IsMatch(tag) ? tag : null,
    };

    private static readonly Key<ImmutableArray<Located<string>>> Weekdays = Keys.Required("weekdays", new ListShape<string>(Line("a weekday")), "The seven days of the week, from Monday.");

    private static readonly Key<ImmutableArray<Located<string>>> Months = Keys.Required("months", new ListShape<string>(Line("a month")), "The twelve months, from January.");

    private static readonly Key<Template> Date = Keys.Required(
        "date", OneLine("'{weekday}, {day} {month} {year}' in the order of the language", ["day", "month"], "weekday", "year"), "How a date is said; with the fields {weekday}, {day}, {month} and {year}.");

    private static readonly Key<bool> Clock = Keys.Required("clock", Scalars.OneOf("'12 h' or '24 h'", ("12 h", true), ("24 h", false)), "Whether times are told as 6:00 PM or as 18:00.");

    private static readonly Key<Template> When = Keys.Required("when", OneLine("'{date} at {time}' in the language", ["date", "time"]), "How a date with a time is said; with the fields {date} and {time}.");

    private static readonly Key<string> Video = Keys.Required("video", Line("a word for a visit by video"), "What is said beside the time of a visit by video.");

    private static readonly Key<string> Phone = Keys.Required("phone", Line("a word for a visit by phone"), "What is said beside the time of a visit by phone.");

    private static readonly Key<string> SelfReport = Keys.Required("self-report", Line("a word for a self-report"), "What is said beside the time of a self-report.");

    private static readonly Key<Template> Greeting = Keys.Required("greeting", OneLine("'Hello {name},' in the language", ["name"]), "How a patient is greeted; with the field {name}.");

    private static readonly Key<string> GreetingWithoutName = Keys.Required("greeting without name", Line("'Hello,' in the language"), "How somebody is greeted whose name is not known.");

    private static readonly Key<Template> Subject = Keys.Required("subject", OneLine("a subject such as 'Your appointment'", [], "clinic"), "The subject of a mail; with the field {clinic}.");

    private static readonly Key<Template> Text = Keys.Required(
        "text", new TemplateShape("a sentence such as 'Your appointment is on {when}.'", TemplateShape.LongestText, ["when"], ["when", "clinic", "phone"]), "The sentence; with the fields {when}, {clinic} and {phone}.");

    private static readonly MappingShape<Announcement> Announcement = new("an announcement", [Subject, Text], (fields, _) => new(fields.Get(Subject).Value, fields.Get(Text).Value));

    private static readonly Key<Announcement> Appointment = Keys.Required("appointment", Announcement, "What is said of a visit.");

    private static readonly Key<Announcement> Moved = Keys.Required("moved", Announcement, "What is said of a visit that has another time than it had.");

    private static readonly Key<Announcement> CalledOff = Keys.Required("called off", Announcement, "What is said of a visit that does not take place.");

    private static readonly Key<Template> Question = Keys.Required(
        "question",
        new TemplateShape("a sentence such as 'If you have a question, please call {phone}.'", TemplateShape.LongestText, ["phone"], ["phone", "clinic"]),
        "Whom to call; with the fields {phone} and {clinic}.");

    private static readonly Key<Template> Answer = Keys.Required(
        "answer", new TemplateShape("a sentence such as 'To confirm or to cancel: {link}'", TemplateShape.LongestText, ["link"], ["link"]), "How to answer; with the field {link}.");

    private static readonly Key<AnswerPage> Page = Keys.Optional("answer page", AnswerPageText.Shape, "What the page says on which they answer; English when left out.");

    /// <summary>The shape of a language, whose tag is not known there.</summary>
    public static MappingShape<Language> Shape { get; } = new(
        "a language",
        [Weekdays, Months, Date, Clock, When, Video, Phone, SelfReport, Greeting, GreetingWithoutName, Appointment, Moved, CalledOff, Question, Answer, Page],
        Make);

    private static Language Make(Fields fields, Reading reading) => new()
    {
        Tag = "",
        Weekdays = Names(fields.Get(Weekdays), 7, "weekday", "Monday", reading.Bag),
        Months = Names(fields.Get(Months), 12, "month", "January", reading.Bag),
        Date = fields.Get(Date).Value,
        HasTwelveHours = fields.Get(Clock).Value,
        When = fields.Get(When).Value,
        Video = fields.Get(Video).Value,
        Phone = fields.Get(Phone).Value,
        SelfReport = fields.Get(SelfReport).Value,
        Greeting = fields.Get(Greeting).Value,
        GreetingWithoutName = fields.Get(GreetingWithoutName).Value,
        Appointment = fields.Get(Appointment).Value,
        Moved = fields.Get(Moved).Value,
        CalledOff = fields.Get(CalledOff).Value,
        Question = fields.Get(Question).Value,
        Answer = fields.Get(Answer).Value,
        AnswerPage = fields.Find(Page)?.Value,
    };

    private static ImmutableArray<string> Names(Located<ImmutableArray<Located<string>>> names, int count, string what, string first, DiagnosticBag bag)
    {
        if (names.Value.Length != count)
        {
            bag.Add(Messages.WrongNumberOfNames(names.Span, names.Value.Length, what, count, first));
        }
        else if (names.Value.Where((n, i) => names.Value.Take(i).Any(o => o.Value == n.Value)).Select(n => (Located<string>?)n).FirstOrDefault() is { } again)
        {
            bag.Add(Messages.NameTwice(again.Span, what, again.Value));
        }

        return [.. names.Value.Select(n => n.Value)];
    }

    private static TemplateShape OneLine(string expected, ImmutableArray<string> required, params ImmutableArray<string> others) =>
        new(expected, TemplateShape.LongestLine, required, [.. required, .. others]);

    private static PlainTextShape Line(string expected) => new(new(expected, TemplateShape.LongestLine, [], []));

    private static string Recommended(string text) => string.Join('-', text.Trim().Replace('_', '-').Split('-').Select((part, i) =>
        i == 0 ? part.ToLowerInvariant() : part.Length == 4 ? char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant() : part.ToUpperInvariant()));
}
