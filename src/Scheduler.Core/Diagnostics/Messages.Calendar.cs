namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with JSON: a calendar that is to be checked, or the settings.</content>
public static partial class Messages
{
    public static Diagnostic JsonTooLong(string file, long found, int limit) => Error(
        "CA001", SourceSpan.Whole(file), $"The file has {found} bytes; at most {limit} are read.");

    public static Diagnostic NotJson(SourceSpan at, string why, string expected) => Error(
        "CA002", at, $"This is not JSON: {why} The file should be {expected}.");

    public static Diagnostic JsonNotUtf8(SourceSpan at) => Error(
        "CA003", at, "The text is not UTF-8 from here on; save the file as UTF-8.");

    public static Diagnostic JsonTooManyValues(SourceSpan at, int limit) => Error(
        "CA004", at, $"The file has more than {limit} values; what follows is not read.");

    public static Diagnostic DuplicateMember(SourceSpan at, string name, SourceSpan first) => Error(
        "CA005", at, $"'{Short(name)}' stands twice in the same object. Keep one of the two.", first);

    public static Diagnostic UnknownMember(SourceSpan at, string name, string owner, IReadOnlyCollection<string> known) => Error(
        "CA006", at, $"Unknown member '{Short(name)}' in {owner}.{(NearMatch.Find(name, known) is { } near ? $" Did you mean '{near}'?" : $" Expected one of {Quoted(known)}.")}");

    public static Diagnostic MissingMember(SourceSpan at, string name, string owner) => Error(
        "CA007", at, $"'{name}' is missing in {owner}.");

    public static Diagnostic WrongKindOfValue(SourceSpan at, string name, string found, string expected) => Error(
        "CA008", at, $"'{Short(name)}' is {Short(found)}; expected {expected}.");

    public static Diagnostic CalendarOfAnotherProtocol(SourceSpan at, string found, string given) => Error(
        "CA010", at, $"The calendar was made for protocol {Short(found)}, but the protocol given is {given}. Give the file that it was made with.");

    public static Diagnostic CalendarOfAnotherClinic(SourceSpan at, string found, string given) => Error(
        "CA011", at, $"The calendar was made for clinic '{Short(found)}', but the clinic given is '{given}'. Give the file that it was made with.");

    public static Diagnostic CalendarOfAnotherPatient(SourceSpan at, string found, string given) => Error(
        "CA012", at, $"The calendar was made for {Short(found)}, but the patient given is '{given}'. Give the file that it was made with.");

    public static Diagnostic CalendarOfAnotherZone(SourceSpan at, string found, string given) => Error(
        "CA013", at, $"The calendar's time zone is '{Short(found)}', but the clinic's is '{given}'.");

    public static Diagnostic NoSuchProposal(SourceSpan at, int rank, IReadOnlyCollection<int> known) => Error(
        "CA014", at, known.Count == 0
            ? "The file holds no proposal, so there is nothing to check."
            : $"There is no proposal {rank} in the file; it has {string.Join(", ", known)}.");

    public static Diagnostic UnknownVisit(SourceSpan at, string id, IReadOnlyCollection<string> known) => Error(
        "CA015", at, $"The protocol has no visit '{Short(id)}'.{NearMatch.Question(id, known)}");

    public static Diagnostic OffsetNotOfZone(SourceSpan at, string found, string zone, string expected) => Error(
        "CA017", at, $"{found} is not a time of {zone}; the clocks there show {expected} at that moment.");

    public static Diagnostic PatientNotGiven(SourceSpan at, string patient) => Warning(
        "CA020", at, $"The calendar was made for patient '{Short(patient)}', but no patient was given: hours, travel and preferences are not judged. Add --patient FILE.");

    public static Diagnostic CostNotAsJudged(SourceSpan at, string found, string judged) => Warning(
        "CA021", at, $"The calendar was changed after it was made: this says that it costs {Short(found)}; as its visits are now, it costs {judged}.");

    public static Diagnostic CannotSetAsRecorded(SourceSpan at, string name, string value, string why) => Error(
        "CA022", at, $"The calendar was made with '{Short(name)}' as '{Short(value)}', which the protocol given does not take. {why}");

    public static Diagnostic TooManyItems(SourceSpan at, string name, int found, int limit) => Error(
        "CA023", at, $"'{name}' has {found} items; at most {limit} are read.");

    public static Diagnostic TooManyMistakes(SourceSpan at, int told) => Error(
        "CA024", at, $"The file has more mistakes; {told} are told.");

    public static Diagnostic CalendarOfNobody(SourceSpan at) => Error(
        "CA025", at, "The calendar names no patient, and several courses are told apart by theirs. Make it with --patient FILE, or continue it alone.");

    public static Diagnostic TwiceForPatient(SourceSpan at, string what, string patient, string other) => Error(
        "CA026", at, $"This is {what} of patient '{Short(patient)}', and so is {other}. Give one for each patient.");

    public static Diagnostic NoFileOfPatient(SourceSpan at, string patient) => Error(
        "CA029", at, $"The calendar was made for patient '{Short(patient)}', and no --patient FILE given is theirs. Add it.");

    public static Diagnostic NoCourseOfPatient(SourceSpan at, string patient, IReadOnlyCollection<string> known) => Error(
        "CA027", at, $"No calendar of patient '{Short(patient)}' is given.{NearMatch.Question(patient, known)}");

    public static Diagnostic NoProtocolOfCalendar(SourceSpan at, string protocol, IReadOnlyCollection<string> known) => Error(
        "CA028", at, $"The calendar was made for protocol '{Short(protocol)}', and no --protocol FILE given is that one: {Spoken.Join(known.Select(Short), "or")}.{NearMatch.Question(protocol, known)}");

    public static Diagnostic CalendarsOfSeveral(SourceSpan at) => Error(
        "CA030", at, "The file has the calendars of several courses, and here one is asked about. Save the one that is meant, of those under 'courses', as a file of its own; only 'scheduler repair' takes all of them.");

    public static Diagnostic NoCourses(SourceSpan at) => Error(
        "CA031", at, "'courses' is empty, so there is nothing to go on with. Give the file as 'scheduler repair' wrote it.");

    public static Diagnostic CalendarOfNoProtocol(SourceSpan at) => Error(
        "CA032", at, "The calendar does not say for which protocol it was made. Give it as it was written, with 'protocol' and its 'id'.");

    public static Diagnostic NoSuchVisit(SourceSpan at, string id, IReadOnlyCollection<string> known) => Error(
        "CA060", at, $"The course has no visit '{Short(id)}'.{NearMatch.Question(id, known)}");

    public static Diagnostic VisitWithoutNumber(SourceSpan at, string type, int count) => Error(
        "CA061", at, $"'{Short(type)}' is a series of {count} visits; say which one, such as {Short(type)}[1].");

    public static Diagnostic VisitNotPlaced(SourceSpan at, string id, string why) => Error(
        "CA062", at, $"'{Short(id)}' has no place in the calendar that it could leave: {why}");

    public static Diagnostic VisitIsFixed(SourceSpan at, string id) => Error(
        "CA063", at, $"'{Short(id)}' cannot be moved: it has taken place, or stays where it is for another reason.");

    public static Diagnostic CalendarBrokenElsewhere(SourceSpan at, string visit, string breach) => Error(
        "CA064", at, $"The calendar breaks rules wherever '{Short(visit)}' is, so that no place is legal: {breach} 'scheduler check' lists all of them.");
}
