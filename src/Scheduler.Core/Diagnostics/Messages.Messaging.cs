using System.Collections.Immutable;

namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with what patients are told, in a protocol as in a clinic.</content>
public static partial class Messages
{
    public static Diagnostic ControlCharacter(SourceSpan at) => Error(
        "ME001", at, "There is a character here that cannot be seen and steers what is shown around it. Type the text anew.");

    public static Diagnostic MessageTooLong(SourceSpan at, int length, int most) => Error(
        "ME002", at, $"This has {length} characters; at most {most} are sent. Say it shorter.");

    public static Diagnostic UnknownField(SourceSpan at, string field, ImmutableArray<string> known) => Error(
        "ME003", at, $"There is no field '{{{Short(field)}}}' in this text."
            + (known.IsEmpty ? " It has none: say it without braces." : NearMatch.Find(field, known) is { } near ? $" Did you mean '{{{near}}}'?" : $" It may have {Quoted(known.Select(k => $"{{{k}}}"))}."));

    public static Diagnostic FieldMissing(SourceSpan at, string field) => Error(
        "ME004", at, $"The field '{{{field}}}' is missing in this text. Write it where it is to be said.");

    public static Diagnostic BraceAlone(SourceSpan at, char brace) => Error(
        "ME005", at, $"The brace '{brace}' belongs to no field; a field is written '{{name}}', and a text has no other braces.");

    public static Diagnostic TellsTreatment(SourceSpan at, string word) => Error(
        "ME006", at, $"'{Short(word)}' tells what a patient is treated for or with, and anybody may see a message. Say it without.");

    public static Diagnostic WrongNumberOfNames(SourceSpan at, int found, string what, int expected, string first) => Error(
        "ME007", at, $"The list has {Spoken.Count(found, what)}; expected all {expected}, from {first}.");

    public static Diagnostic NameTwice(SourceSpan at, string what, string name) => Error(
        "ME008", at, $"The {what} '{Short(name)}' stands twice in the list.");

    public static Diagnostic TranslationMissing(SourceSpan at, IReadOnlyCollection<string> missing, SourceSpan? see) => Warning(
        "ME009", at, $"This text is missing in {Spoken.Join(missing)}; whoever reads {(missing.Count == 1 ? "that" : "one of these")} gets it in another language.", see);

    public static Diagnostic AnswerPageMissing(SourceSpan at, string language) => Warning(
        "ME010", at, $"The page on which patients answer has no words in {language}; whoever reads that gets it in English. Add 'answer page' to the language.");
}
