namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with a request: the files it names, and what it asks of them together.</content>
public static partial class Messages
{
    public static Diagnostic FileNotFound(string file) => Error(
        "RQ001", SourceSpan.Whole(file), "There is no such file. Check the name, and the folder that you are in.");

    public static Diagnostic FileIsFolder(string file) => Error(
        "RQ002", SourceSpan.Whole(file), "This is a folder; expected a file in it.");

    public static Diagnostic FileNotReadable(string file, string why) => Error(
        "RQ003", SourceSpan.Whole(file), $"The file cannot be read: {Short(why.TrimEnd('.'))}.");

    public static Diagnostic FileNotUtf8(SourceSpan at) => Error(
        "RQ004", at, "The text is not UTF-8 from here on; save the file as UTF-8 text.");

    public static Diagnostic FileTooLong(string file, int limit) => Error(
        "RQ005", SourceSpan.Whole(file), $"The file has more than {limit} bytes; nothing that long is read.");

    public static Diagnostic UnknownKindOfFile(SourceSpan at, string found, IReadOnlyCollection<string> kinds) => Error(
        "RQ006", at, $"It cannot be told what this file is: it begins with '{Short(found)}'; expected one of {Quoted(kinds)} as its first key.{NearMatch.Question(found, kinds)}");

    public static Diagnostic PreferenceForUnknownVisitType(SourceSpan at, string patient, string type, IReadOnlyCollection<string> known) => Error(
        "RQ010", at, $"Patient {patient} has a preference for '{Short(type)}', but the protocol has no such visit type.{NearMatch.Question(type, known)} It has {Quoted(known)}.");

    public static Diagnostic PreferenceForUnknownRole(SourceSpan at, string patient, string role, IReadOnlyCollection<string> known) => Error(
        "RQ011", at, $"Patient {patient} has a preference for who is '{Short(role)}', but no such role is needed in the visits that it is about.{NearMatch.Question(role, known)} Needed are {Quoted(known)}.");

    public static Diagnostic PreferenceForUnknownPerson(SourceSpan at, string patient, string person, string role, IReadOnlyCollection<string> known) => Error(
        "RQ012", at, $"Patient {patient} prefers '{Short(person)}' as {role}, but the clinic has nobody with that id in that role.{NearMatch.Question(person, known)}"
            + (known.Count == 0 ? $" It has nobody as {role}." : $" It has {Quoted(known)}."));

    public static Diagnostic AuthorisationOfUnknownVisitType(SourceSpan at, string patient, string type, IReadOnlyCollection<string> known) => Error(
        "RQ015", at, $"Patient {patient} has an authorisation for '{Short(type)}', but the protocol has no such visit type.{NearMatch.Question(type, known)} It has {Quoted(known)}.");

    public static Diagnostic NothingAuthorised(SourceSpan at, string patient, string type) => Warning(
        "RQ016", at, $"Each visit of {type} needs a payer's authorisation, and patient {patient} has none for it: no calendar can have one. Add it under 'authorisations'.");

    public static Diagnostic NoArms(string file, string arm) => Error(
        "RQ013", SourceSpan.Whole(file), $"'--arm {Short(arm)}' was given, but this protocol has no arms. Leave the option out.");

    public static Diagnostic NoStreams(string file, string stream) => Error(
        "RQ014", SourceSpan.Whole(file), $"'--with {Short(stream)}' was given, but this protocol has no optional streams. Leave the option out.");

    public static Diagnostic SettingNamesNoFile(SourceSpan at, string name, string file) => Error(
        "RQ017", at, $"'{name}' names '{Short(file)}', and there is no such file. A path here counts from the folder of the settings.");

    public static Diagnostic NoSuchArm(string file, string arm, IReadOnlyCollection<string> known) => Error(
        "RQ018", SourceSpan.Whole(file), $"This protocol has no arm '{Short(arm)}'.{NearMatch.Question(arm, known)} It has {Quoted(known)}.");

    public static Diagnostic ArmMissing(string file, string type, IReadOnlyCollection<string> known) => Error(
        "RQ019", SourceSpan.Whole(file), $"The arm is missing: not all arms have {type}. Say which it is, with '--arm' and one of {Quoted(known)}.");

    public static Diagnostic NoSuchStream(string file, string stream, IReadOnlyCollection<string> known) => Error(
        "RQ020", SourceSpan.Whole(file), $"This protocol has no optional stream '{Short(stream)}'.{NearMatch.Question(stream, known)} It has {Quoted(known)}.");

    public static Diagnostic NoVisitsLeft(string file) => Error(
        "RQ021", SourceSpan.Whole(file), "The patient would have no visits: all belong to other arms, or to streams that were not chosen. Choose a stream with '--with'.");

    public static Diagnostic NothingFromEnrolment(string file) => Warning(
        "RQ022", SourceSpan.Whole(file), "'--enrolled' was given, but no window of this protocol counts from enrolment, so it makes no difference. Leave the option out.");

    public static Diagnostic CannotSet(string file, string given, string why) => Error(
        "RQ023", SourceSpan.Whole(file), $"'--set {Short(given)}' cannot be used. {why}");

    public static Diagnostic JsonFile(string file) => Error(
        "RQ024", SourceSpan.Whole(file), "This is JSON, and neither a protocol nor a clinic nor a patient nor a file of events. Settings are read with '--settings', a calendar by 'scheduler check' and 'scheduler continue'.");
}
