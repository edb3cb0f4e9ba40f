namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with a clinic or a patient.</content>
public static partial class Messages
{
    public static Diagnostic UnknownZone(SourceSpan at, string name, IEnumerable<string> known) => Error(
        "CL001", at, $"There is no time zone '{Short(name)}'.{NearMatch.Question(name, known)} Expected an IANA name such as 'America/New_York'.");

    public static Diagnostic BadGrid(SourceSpan at, int minutes) => Error(
        "CL002", at, $"The slot grid is {minutes} min; expected 5, 10, 15, 30 or 60 min.");

    public static Diagnostic HoursOverlap(SourceSpan at, string first, string second) => Error(
        "CL003", at, $"The hours {first} and {second} overlap or touch. Join them, or leave a gap.");

    public static Diagnostic WeekdayTwice(SourceSpan at, string day) => Error(
        "CL004", at, $"{day} is given hours twice. Keep one entry for each weekday, or one for week A and one for week B.");

    public static Diagnostic WeekAUnknown(SourceSpan at) => Error(
        "CL005", at, "Hours differ between week A and week B, but 'week A begins' is missing. Add the Monday of some week A.");

    public static Diagnostic WeekANotMonday(SourceSpan at, string day) => Error(
        "CL006", at, $"Week A begins on a {day}; expected a Monday.");

    public static Diagnostic DatesReversed(SourceSpan at) => Error(
        "CL007", at, "The last date lies before the first. Swap the two.");

    public static Diagnostic NoSuchYearlyDate(SourceSpan at, string found) => Error(
        "CL008", at, $"'{Short(found)}' is no day of any year; expected month and day such as '12-25'.");

    public static Diagnostic LeapDayClosure(SourceSpan at) => Warning(
        "CL009", at, "This closure falls on 29 February and holds in leap years only.");

    public static Diagnostic UnknownResource(SourceSpan at, string name, IEnumerable<string> known) => Error(
        "CL010", at, $"There is no resource '{Short(name)}'.{NearMatch.Question(name, known)} Resources are declared under 'resources'.");

    public static Diagnostic BookedTwice(SourceSpan at, string resource, string date, string first, string second) => Error(
        "CL011", at, $"{resource} is booked beyond what it bears on {date}: {first} and {second}. Correct one of them.");

    public static Diagnostic SupervisesNobody(SourceSpan at, string resource) => Error(
        "CL012", at, $"{resource} supervises nobody, so it cannot be booked for supervision. Add 'supervises', or change the booking.");

    public static Diagnostic HandsOnWithoutSupervision(SourceSpan at) => Error(
        "CL013", at, "'hands-on' says how long a supervising person may be busy elsewhere; add 'supervises', or remove it.");

    public static Diagnostic SexOfThing(SourceSpan at, string kind) => Error(
        "CL014", at, $"A {kind} has no sex. Remove the key.");

    public static Diagnostic BookingOutsideHours(SourceSpan at, string resource, string date) => Warning(
        "CL015", at, $"The booking of {resource} on {date} lies outside its hours or when the clinic is closed. It is kept as it is.");

    public static Diagnostic SupervisionByThing(SourceSpan at, string kind) => Error(
        "CL016", at, $"A {kind} supervises nobody. Remove the key.");

    public static Diagnostic PersonWithoutRole(SourceSpan at) => Error(
        "PA001", at, "A wish about a person needs 'as' with the role that is meant, such as 'as: therapist'.");

    public static Diagnostic PatientWeightWithoutShould(SourceSpan at) => Error(
        "PA002", at, "What a patient insists on has no weight. Remove 'weight' or 'strength: must'.");

    public static Diagnostic RoleWithoutPerson(SourceSpan at) => Error(
        "PA003", at, "'as' belongs to a wish about a person or their sex. Remove it here.");
}
