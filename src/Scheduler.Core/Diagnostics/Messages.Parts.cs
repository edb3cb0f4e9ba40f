namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with arms, streams, outcomes, conditions, phases, messages and events of a protocol.</content>
public static partial class Messages
{
    public static Diagnostic UnknownArm(SourceSpan at, string name, IReadOnlyCollection<string> known) => Undeclared("PR101", at, "arm", name, known);

    public static Diagnostic SingleArm(SourceSpan at, string arm) => Error(
        "PR102", at, $"'{arm}' is the only arm, so nobody is allocated. Add the other arms, or remove 'arms'.");

    public static Diagnostic BlindedWithoutArms(SourceSpan at) => Error(
        "PR103", at, "There are no arms, so there is nothing to hide. Add 'arms', or remove 'blinded'.");

    public static Diagnostic UnknownBlinded(SourceSpan at, string who, IReadOnlyCollection<string> known) => Error(
        "PR104", at, $"'{Short(who)}' is neither 'patient' nor a role of somebody whom a visit needs.{NearMatch.Question(who, known)} Expected one of {Quoted(known)}.");

    public static Diagnostic NamedTwice(SourceSpan at, string name, string list) => Error(
        "PR105", at, $"'{Short(name)}' stands twice in {list}. Name it once.");

    public static Diagnostic ArmTellsTheBlinded(SourceSpan at, string type, string arm, SourceSpan blinded) => Error(
        "PR106", at, $"Only the arm '{arm}' has {type}, so the calendar itself would tell those who must not know. Give all arms these visits, or remove 'blinded'.", blinded);

    public static Diagnostic UnknownStream(SourceSpan at, string name, IReadOnlyCollection<string> known) => Undeclared("PR107", at, "stream", name, known);

    public static Diagnostic StreamUnused(SourceSpan at, string name) => Warning(
        "PR108", at, $"No visit belongs to the stream '{name}', so choosing it changes nothing. Write 'stream: {name}' in its visits, or remove it.");

    public static Diagnostic HangsOnPart(SourceSpan at, string rule, string visit, string other, string part) => Error(
        "PR109", at, $"By '{rule}', {visit} needs {other}, but only {part} has that. Name a visit that all patients with {visit} have, or give a fallback.");

    public static Diagnostic UnknownOutcome(SourceSpan at, string name, IReadOnlyCollection<string> known) => Undeclared("PR110", at, "outcome", name, known);

    public static Diagnostic ScoreOrAnswer(SourceSpan at, bool both) => Error(
        "PR111", at, both ? "An outcome is a score or an answer, not both. Keep 'range' or 'answer'." : "It is not said what is recorded; expected 'range: 0 to 80' for a score, or 'answer: yes or no'.");

    public static Diagnostic NotMeasuredThere(SourceSpan at, string outcome, string visit, IReadOnlyCollection<string> visits) => Error(
        "PR112", at, $"{outcome} is not measured at {visit}, but at {Quoted(visits)}. Name one of them, or add {visit} to 'measured at'.");

    public static Diagnostic ScoreAtSeveral(SourceSpan at, string selector, int count) => Error(
        "PR113", at, $"A score is read at one visit; '{Short(selector)}' names {count}. Write for example '{Short(selector)}[1]'.");

    public static Diagnostic AnswerIsNoScore(SourceSpan at, string outcome) => Error(
        "PR114", at, $"{outcome} is yes or no; there is nothing to compare with a number. Write 'when: {outcome}' for a yes at any of its visits.");

    public static Diagnostic ScoreIsNoAnswer(SourceSpan at, string outcome, string visit, int example) => Error(
        "PR115", at, $"{outcome} is a score; say which scores make the condition true, such as '{outcome} at {visit} is at least {example}'.");

    public static Diagnostic ConditionIsAnother(SourceSpan at, string condition) => Error(
        "PR116", at, $"'{condition}' is a condition of its own, so this one would only be another name for it. Use '{condition}' where it is needed.");

    public static Diagnostic ConditionDecidesNothing(SourceSpan at, string because, bool always) => Error(
        "PR117", at, $"This is {(always ? "always" : "never")} true: {because}. Change the number.");

    public static Diagnostic FallOfAnother(SourceSpan at, string outcome, string other) => Error(
        "PR118", at, $"A fall is one of the same outcome; found {outcome} and {other}. Write '{outcome}' on both sides.");

    public static Diagnostic FallFromItself(SourceSpan at, string visit) => Error(
        "PR119", at, $"The score at {visit} is compared with itself. Name the earlier visit behind 'below'.");

    public static Diagnostic FallFromLater(SourceSpan at, string visit, string later) => Error(
        "PR120", at, $"{later} comes after {visit} by the rules, so nothing can have fallen from there by then. Swap the two.");

    public static Diagnostic ConditionsAreTheSame(SourceSpan at, string condition, string other, SourceSpan first) => Warning(
        "PR121", at, $"'{condition}' is true exactly when '{other}' is. Use one of the two.", first);

    public static Diagnostic ConditionUnused(SourceSpan at, string condition) => Warning(
        "PR122", at, $"Nothing depends on the condition '{condition}'. Write 'only if: {condition}' or 'until: {condition}' in a visit, or remove it.");

    public static Diagnostic RowUnused(SourceSpan at, string condition) => Warning(
        "PR123", at, $"Nothing depends on '{condition}', so these scores lead nowhere. Write 'only if: {condition}' in a visit, unless that is so.");

    public static Diagnostic ConditionWaitsForItself(SourceSpan at, string condition, IReadOnlyCollection<string> others) => Error(
        "PR124", at, $"'{condition}' can only be known when it is known itself{(others.Count == 0 ? "" : $", by way of {Quoted(others)}")}. Let it rest on an outcome of visits that do not depend on it.");

    public static Diagnostic ExcludedCanHoldToo(SourceSpan at, string condition, string other, SourceSpan second) => Error(
        "PR125", at, $"'{condition}' excludes '{other}', but by what is measured both can be true. Change one of the two tests, or remove 'excludes'.", second);

    public static Diagnostic KnownTooLate(SourceSpan at, string condition, string visit, SourceSpan measured) => Error(
        "PR126", at, $"Whether '{condition}' holds is only known after {visit} has begun, by the order of the visits; it cannot decide about it. Measure it earlier, or move {visit} behind it.", measured);

    public static Diagnostic KnownOnlyWhereExcluded(SourceSpan at, string condition, string type, SourceSpan measured) => Error(
        "PR127", at, $"No course reaches {type}: '{condition}' is measured only at visits for those of whom it cannot be true. Measure it at other visits, or change 'only if'.", measured);

    public static Diagnostic KnownOnlyToOthers(SourceSpan at, string condition, string type, SourceSpan measured) => Error(
        "PR128", at, $"'{condition}' is measured only in an arm or stream that patients with {type} need not have. Measure it at visits that they have.", measured);

    public static Diagnostic UntilIsOnlyIf(SourceSpan at, string condition, string type, SourceSpan onlyIf) => Error(
        "PR129", at, $"{type} would begin and end with '{condition}', so it never takes place. Name another condition in 'until' or in 'only if'.", onlyIf);

    public static Diagnostic UntilExcluded(SourceSpan at, string condition, string onlyIf, SourceSpan other) => Error(
        "PR130", at, $"'{condition}' cannot come true where '{onlyIf}' is, so the series never ends by it. Name another condition, or remove 'until'.", other);

    public static Diagnostic EndsTooLate(SourceSpan at, string condition, string type, SourceSpan measured) => Error(
        "PR131", at, $"'{condition}' is only known when the last {type} has begun, by the order of the visits, so it ends nothing. Measure it earlier, or remove 'until'.", measured);

    public static Diagnostic EndsBeforeItBegins(SourceSpan at, string condition, string type, SourceSpan measured) => Error(
        "PR132", at, $"'{condition}' is decided before the first {type}, so it ends nothing that has begun. Write 'only if' with its opposite instead.", measured);

    public static Diagnostic TableWithoutRows(SourceSpan at) => Error(
        "PR133", at, "This score table has no rows; expected for example '0 to 5: every-two-weeks'.");

    public static Diagnostic RowBeyondRange(SourceSpan at, string outcome, int low, int high) => Error(
        "PR134", at, $"{outcome} runs from {low} to {high}; this row reaches beyond. Change the row or the range.");

    public static Diagnostic ScoresUncovered(SourceSpan at, string outcome, int from, int to) => Error(
        "PR135", at, $"No row says what follows when {outcome} is {(from == to ? $"{from}" : $"{from} to {to}")}. Widen this row, or add another.");

    public static Diagnostic RowsGap(SourceSpan at, int from, int to, SourceSpan before) => Error(
        "PR136", at, $"Between this row and the one before, {(from == to ? $"{from} is" : $"{from} to {to} are")} left out. Widen one of the two, or add another.", before);

    public static Diagnostic RowsOverlap(SourceSpan at, int from, int to, SourceSpan before) => Error(
        "PR137", at, $"{(from == to ? $"{from} is" : $"{from} to {to} are")} in two rows. Narrow one of the two.", before);

    public static Diagnostic RowConditionTwice(SourceSpan at, string condition, SourceSpan first) => Error(
        "PR138", at, $"Two rows make '{condition}' true. Join them, or give them different conditions.", first);

    public static Diagnostic ConditionOfTableHasWhen(SourceSpan at, string condition, string table) => Error(
        "PR139", at, $"The score table '{table}' says when '{condition}' is true. Remove 'when', or the row.");

    public static Diagnostic VisitInTwoPhases(SourceSpan at, string visit, string first, string second, SourceSpan other) => Error(
        "PR140", at, $"{visit} is in two phases, '{first}' and '{second}'. Name it in one.", other);

    public static Diagnostic UnknownPhase(SourceSpan at, string name, IReadOnlyCollection<string> known) => Error(
        "PR141", at, $"There is no phase '{Short(name)}' to repeat.{NearMatch.Question(name, known)} Phases are declared under 'phases'.");

    public static Diagnostic MessageTells(SourceSpan at, string word, string of, SourceSpan source) => Error(
        "PR142", at, $"'{Short(word)}' is a word of {of}; whoever sees the message would learn what the patient is treated for or with. Say it without.", source);

    public static Diagnostic WhenBookedTwice(SourceSpan at, string type, SourceSpan first) => Error(
        "PR143", at, $"{type} has two messages 'when booked'. Join them.", first);

    public static Diagnostic MessagesAtOneTime(SourceSpan at, string type, string one, string other, SourceSpan first) => Error(
        "PR144", at, $"'{one}' and '{other}' of {type} are sent at the same time. Join them, or move one.", first);

    public static Diagnostic MessageInQuietHours(SourceSpan at, string time, string begin, SourceSpan quiet) => Warning(
        "PR145", at, $"{time} is in the quiet hours, so the message is sent before them, at {begin}. Move it or the quiet hours, unless that is meant.", quiet);

    public static Diagnostic MessageAfterStart(SourceSpan at, string time, string type, string latest, SourceSpan rule) => Error(
        "PR146", at, $"At {time} {type} has begun: it starts by {latest} at the latest. Send the message earlier.", rule);

    public static Diagnostic EventNamedAsRule(SourceSpan at, string id, SourceSpan rule) => Error(
        "PR147", at, $"A rule is called '{id}' too. Give one of the two another name.", rule);

    public static Diagnostic TwoEventsForOne(SourceSpan at, string visit, string first, string second, SourceSpan other) => Error(
        "PR148", at, $"'{first}' and '{second}' both say what follows for {visit}. Keep one.", other);

    public static Diagnostic AtMostWithoutOtherwise(SourceSpan at) => Error(
        "PR149", at, "It is not said what follows after that; add 'otherwise', such as 'otherwise: stop the course'.");

    public static Diagnostic OtherwiseIsTheSame(SourceSpan at, SourceSpan then) => Error(
        "PR150", at, "'otherwise' is the same as 'then'. Change one, or remove 'otherwise' and 'at most'.", then);

    public static Diagnostic BackToNothing(SourceSpan at, string condition) => Error(
        "PR151", at, $"No visit is 'only if: {condition}', so there is nothing to go back to. Name the condition of the earlier frequency.");

    public static Diagnostic EventNeverApplies(SourceSpan at, string id, string condition, string type) => Error(
        "PR180", at, $"'{id}' never applies: where '{condition}' is true, {type} is not needed and cannot be missed. Name another condition, or remove the event.");

    public static Diagnostic ReleaseOfNothing(SourceSpan at) => Error(
        "PR253", at, "Expected 'of' as well, with the visits whose rest is released, such as 'of: pe and emdr'. To release all that is left, write 'stop the course'.");

    public static Diagnostic StopOfVisits(SourceSpan at) => Error(
        "PR254", at, "Where the course stops, all visits that are left are released. Remove 'of', or write 'then: release the rest'.");

    public static Diagnostic ResultChangesNothing(SourceSpan at, string id, string condition) => Error(
        "PR255", at, $"'{id}' changes nothing: where '{condition}' is true, none of these visits is needed anyway. Name other visits, or remove the event.");

    public static Diagnostic ResultTooLate(SourceSpan at, string condition, SourceSpan measured) => Error(
        "PR256", at, $"'{condition}' is only known when the last of these visits has begun, by the order of the visits, so there is nothing left to release. Measure it earlier, or remove the event.", measured);

    public static Diagnostic TwoStopsForOne(SourceSpan at, string condition, string first, string second, SourceSpan other) => Error(
        "PR260", at, $"'{first}' and '{second}' both stop the course where '{condition}' is true. Keep one.", other);

    public static Diagnostic ReleaseBesideStop(SourceSpan at, string condition, string release, string stop, SourceSpan other) => Error(
        "PR261", at, $"'{release}' releases nothing: where '{condition}' is true, '{stop}' stops the course. Keep one of the two.", other);

    public static Diagnostic NobodyWaits(SourceSpan at, string type) => Error(
        "PR152", at, $"{type} is a self-report: nobody waits, and nobody can be late. Remove it here.");

    public static Diagnostic LateBeyondVisit(SourceSpan at, string visit, int duration) => Error(
        "PR153", at, $"{visit} lasts {duration} min: who is later than this has missed it. Write fewer minutes.");

    public static Diagnostic TooManyConditions(SourceSpan at, int count, int limit) => Error(
        "PR154", at, $"The protocol has {count} conditions; at most {limit} can be kept apart.");
}
