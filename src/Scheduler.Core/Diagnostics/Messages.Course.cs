namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with the events of a course, and with planning its rest. The line is the number of the event, the file the patient.</content>
public static partial class Messages
{
    public static Diagnostic UnknownVisitOfCourse(SourceSpan at, string visit, IReadOnlyCollection<string> known) => Error(
        "CO001", at, $"The course has no {Short(visit)}.{NearMatch.Question(visit, known)}");

    public static Diagnostic CannotBe(SourceSpan at, string visit, string what, string status) => Error(
        "CO002", at, $"{visit} cannot {what}: it {status}.");

    public static Diagnostic CourseIsOver(SourceSpan at, string since) => Error(
        "CO003", at, $"The course is over since {since}; nothing is planned or held any more.");

    public static Diagnostic EventsOutOfOrder(SourceSpan at, string time, string before) => Error(
        "CO004", at, $"This happened at {time}, before what was told last ({before}). Tell events in their order.");

    public static Diagnostic UnknownDayCondition(SourceSpan at, string condition, string type, IReadOnlyCollection<string> known) => Error(
        "CO005", at, $"{type} has no condition of the day '{Short(condition)}'.{NearMatch.Question(condition, known)} It has {(known.Count == 0 ? "none" : Quoted(known))}.");

    public static Diagnostic OtherKindOfOutcome(SourceSpan at, string outcome, bool isScore) => Error(
        "CO006", at, isScore ? $"{outcome} is a score; expected a number." : $"{outcome} is an answer; expected yes or no.");

    public static Diagnostic ScoreBeyondRange(SourceSpan at, string outcome, int score, int low, int high) => Error(
        "CO007", at, $"{outcome} runs from {low} to {high}; found {score}.");

    public static Diagnostic ConditionIsWorkedOut(SourceSpan at, string condition) => Error(
        "CO008", at, $"'{condition}' follows from what is recorded; nobody needs to judge it. Correct the outcome if it is wrong.");

    public static Diagnostic AnchorIsGone(SourceSpan at, string visit, string anchor, string rule) => Warning(
        "CO009", at, $"{visit} counts from the {anchor}, which does not take place, and '{rule}' names nothing else to count from; so the course goes without {visit}.");

    public static Diagnostic DayIsOver(SourceSpan at, string visit, string partner, string rule) => Warning(
        "CO010", at, $"{visit} belongs on the day of {partner} ('{rule}'), which is over; so the course goes without {visit}.");

    public static Diagnostic NobodyCanTell(SourceSpan at, string visit, string condition, string rule) => Warning(
        "CO011", at, $"{visit} counts from when '{condition}' came true ('{rule}'), and no visit is left that could tell; so the course goes without {visit}, unless the clinic judges that it is true.");
}
