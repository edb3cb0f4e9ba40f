namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with a patient: wishes that contradict each other, time that is never there.</content>
public static partial class Messages
{
    public static Diagnostic WeightOfInsistence(SourceSpan at) => Error(
        "PA001", at, "A preference that must hold has no weight. Remove 'weight', or 'strength: must'.");

    public static Diagnostic PreferencesContradict(SourceSpan at, string wish, string other, SourceSpan first) => Error(
        "PA002", at, $"'{Short(wish)}' must hold, and so must '{Short(other)}': no visit can satisfy both. Let one of them be 'strength: should'.", first);

    public static Diagnostic PatientNeverFree(SourceSpan at) => Warning(
        "PA003", at, "The patient is never available, so nothing can be placed but self-reports. Give hours for at least one weekday or date.");

    public static Diagnostic TravelLongerThanFreeTime(SourceSpan at, int travel, int longest) => Warning(
        "PA004", at, $"Travel takes {travel} min each way, and the longest time that the patient is available is {longest} min: no visit at the clinic fits.");

    public static Diagnostic AuthorisationsShareDate(SourceSpan at, string type, string date, SourceSpan first) => Error(
        "PA005", at, $"Another authorisation covers {Short(type)} on {date} too, so it could not be told which one a visit uses up. Let the dates of one end before those of the other.", first);

    public static Diagnostic VisitTypeAuthorisedTwice(SourceSpan at, string type) => Error(
        "PA006", at, $"'{Short(type)}' is named twice in this authorisation. Name it once; the visits are counted together.");

    public static Diagnostic TooManyPreferences(SourceSpan at, int limit) => Error(
        "PA007", at, $"A patient may have at most {limit} preferences. Join those that say the same of several visits, and leave out the lightest.");
}
