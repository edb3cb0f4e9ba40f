namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with a protocol.</content>
public static partial class Messages
{
    public static Diagnostic UnknownVisitType(SourceSpan at, string name, IEnumerable<string> known) => Undeclared("PR001", at, "visit type", name, known, "visits");

    public static Diagnostic OrdinalBeyondCount(SourceSpan at, string type, int ordinal, int count) => Error(
        "PR002", at, $"There is no {type}[{ordinal}]: {type} has {count} visit{(count == 1 ? "" : "s")}. Did you mean '{type}[{Math.Clamp(ordinal, 1, count)}]'?");

    public static Diagnostic UnknownNeed(SourceSpan at, string need, string type, IReadOnlyCollection<string> known) => Error(
        "PR003", at, $"{type} has nobody as '{Short(need)}'.{NearMatch.Question(need, known)} Its people are {(known.Count == 0 ? "none" : Quoted(known))}.");

    public static Diagnostic NeedIsPlace(SourceSpan at, string need, string type) => Error(
        "PR004", at, $"'{need}' of {type} is a place; a rule about people needs one of its people.");

    public static Diagnostic UnknownCondition(SourceSpan at, string name, IEnumerable<string> known) => Undeclared("PR005", at, "condition", name, known);

    public static Diagnostic ConditionExcludesItself(SourceSpan at, string name) => Error(
        "PR006", at, $"The condition '{name}' excludes itself, so it could never hold. Name the other condition.");

    public static Diagnostic UnusedParameter(SourceSpan at, string name) => Warning(
        "PR007", at, $"Nothing uses the parameter '{name}'. Write '${name}' where its value belongs, or remove it.");

    public static Diagnostic UnknownOverride(SourceSpan at, string name, IReadOnlyCollection<string> known) => Error(
        "PR008", at, $"The protocol has no parameter '{Short(name)}' to set.{NearMatch.Question(name, known)} It has {(known.Count == 0 ? "none" : Quoted(known))}.");

    public static Diagnostic ParameterOutOfRange(SourceSpan at, string name, string value, string range) => Error(
        "PR009", at, $"The parameter '{name}' is '{Short(value)}'; expected a value between {range}.");

    public static Diagnostic ParameterWithoutSpace(SourceSpan at, string name, string value, string spaced) => Error(
        "PR281", at, $"The parameter '{name}' is '{Short(value)}'; there is a space between a number and its unit. Write '{Short(spaced)}'.");

    public static Diagnostic RangeUnitDiffers(SourceSpan at, string name) => Error(
        "PR010", at, $"The value of '{name}' and the ends of its range must be of one kind: all whole numbers, all durations, or all days and weeks.");

    public static Diagnostic DurationMissing(SourceSpan at, int ordinal, int count) => Error(
        "PR011", at, $"No duration is given for visit {ordinal} of {count}. Add '{ordinal}: ... min', or one duration for all.");

    public static Diagnostic DurationTwice(SourceSpan at, int ordinal) => Error(
        "PR012", at, $"Visit {ordinal} is given two durations. Keep one.");

    public static Diagnostic DurationBeyondCount(SourceSpan at, int ordinal, int count) => Error(
        "PR013", at, $"A duration is given for visit {ordinal}, but the series has {count}. Change 'count' or leave it out.");

    public static Diagnostic SegmentBeyondVisit(SourceSpan at, string need, int duration) => Error(
        "PR014", at, $"The use of '{need}' does not fit a visit of {duration} min: it must begin at 0 or later, end by {duration} min, and end after it begins.");

    public static Diagnostic SegmentsOverlap(SourceSpan at, string need) => Error(
        "PR015", at, $"Two stretches of the same use of '{need}' overlap. Join them, or end the first where the second begins.");

    public static Diagnostic PlaceWithoutPresence(SourceSpan at, string type, string mode) => Error(
        "PR016", at, $"{type} is by {mode}, which takes no place. Remove 'places', or make the visit in person.");

    public static Diagnostic SelfReportTakesNobody(SourceSpan at, string type) => Error(
        "PR017", at, $"{type} is a self-report, which the patient gives alone. Remove 'people' and 'places', or choose another mode.");

    public static Diagnostic NeedWithoutUse(SourceSpan at, string need) => Error(
        "PR018", at, $"It is not said when '{need}' is in use; expected 'exclusive', 'share' or 'supervision' with a stretch such as 'whole visit'.");

    public static Diagnostic CadenceSaysNothing(SourceSpan at) => Error(
        "PR019", at, "This cadence asks for nothing; expected 'per week', 'every', 'free days between' or 'within'.");

    public static Diagnostic WeeksDoNotFitCount(SourceSpan at, int weeks, int times, int block, int needed, int count, string what) => Error(
        "PR020", at, $"{count} {what}s at {times} {(block == 1 ? "a week" : $"in every {block} weeks")} need {needed} week{(needed == 1 ? "" : "s")}, not {weeks}. Change 'for', 'per week' or the count of the series.");

    public static Diagnostic WeekTooShort(SourceSpan at, int times, int freeDays, int needed, int weeks, string what) => Error(
        "PR021", at, $"{times} {what}s with at least {freeDays} free day{(freeDays == 1 ? "" : "s")} between take {needed} days, but {(weeks == 1 ? "a week has 7" : $"{weeks} weeks have {7 * weeks}")}. Ask for fewer a week, or for fewer free days.");

    public static Diagnostic SpanTooShort(SourceSpan at, int available, long needed, int count, string what) => Error(
        "PR022", at, $"{count} {what}s at this rhythm take at least {needed} days, but 'within' leaves {available}. Widen the span or tighten the rhythm.");

    public static Diagnostic RangeReversed(SourceSpan at, string least, string most) => Error(
        "PR023", at, $"'at least {least}' is more than 'at most {most}'. Swap the two.");

    public static Diagnostic VisitInTwoGroups(SourceSpan at, string visit, (string Series, int Count)? whole = null) => Error(
        "PR024", at, $"{visit} stands in two groups of this rule. Name it once{(whole is null ? "." : $"; {AllOf(whole.Value)}")}");

    public static Diagnostic TooFewGroups(SourceSpan at, string rule) => Error(
        "PR025", at, $"'{rule}' needs at least two groups of visits.");

    public static Diagnostic OrderAgainstSeries(SourceSpan at, string earlier, string later) => Error(
        "PR026", at, $"{earlier} cannot come before {later}: visits of a series follow each other in their order. Swap them.");

    public static Diagnostic RulesContradict(
        SourceSpan at, string rule, IReadOnlyCollection<string> others, IEnumerable<(string? Rule, string From, string To, int Most)> wants, (string Series, int Count)? whole, SourceSpan? see) => Error(
        "PR027", at, $"No calendar can keep '{rule}' together with {(others.Count == 0 ? "the order of a series" : Quoted(others))}: "
            + string.Join("; ", wants.Select(w => $"{(w.Rule is null ? "the series has" : $"'{w.Rule}' wants")} {Distance(w.From, w.To, w.Most)}"))
            + $". Change one of them.{(whole is null ? "" : $" {AllOf(whole.Value)}")}", see);

    public static Diagnostic WindowWithoutRange(SourceSpan at) => Error(
        "PR028", at, "A window needs 'ideal', 'allowed' or both; expected for example 'ideal: 3 days before to 3 days after'.");

    public static Diagnostic IdealOutsideAllowed(SourceSpan at) => Error(
        "PR029", at, "The ideal days reach outside the allowed ones. Widen 'allowed', or narrow 'ideal'.");

    public static Diagnostic WindowOnItself(SourceSpan at, string visit) => Error(
        "PR030", at, $"The window of {visit} counts from {visit} itself. Name another visit, or 'enrolment'.");

    public static Diagnostic CertainOnConditional(SourceSpan at, string visit, int others, string anchor) => Error(
        "PR031", at, others == 0
            ? $"{visit} is certain, but its window counts from {anchor}, which may never take place. Count from a certain visit, or make {visit} conditional."
            : $"{visit} and {others} more are certain, but their window counts from {anchor}, which may never take place. Count from a certain visit, or make them conditional.");

    public static Diagnostic TimeOfDaySaysNothing(SourceSpan at) => Error(
        "PR032", at, "This time of day asks for nothing; expected 'starts', 'ends by' or both.");

    public static Diagnostic TimeOfDayTooShort(SourceSpan at, string visit, int duration) => Error(
        "PR033", at, $"{visit} lasts {duration} min and cannot both start and end within these times. Move 'ends by' later or 'starts' earlier.");

    public static Diagnostic WeightWithoutShould(SourceSpan at) => Error(
        "PR034", at, "A weight only says how much a wish counts; add 'strength: should', or remove the weight.");

    public static Diagnostic TooFewForSamePerson(SourceSpan at) => Error(
        "PR035", at, "'same person for' needs at least two visits.");

    public static Diagnostic SamePersonAndDifferent(SourceSpan at, string need, SourceSpan other) => Error(
        "PR036", at, $"The same {need} must both be the same person and somebody else. Change one of the two rules.", other);

    public static Diagnostic NeedOnBothSides(SourceSpan at, string visit, string need, bool isSeries) => Error(
        "PR037", at, $"'{visit} as {need}' stands on both sides of this rule; nobody is somebody else than themselves. "
            + (isSeries
                ? "For another person at each visit of a series, write 'no person twice in a row for'; for another than at any before, a rule for each with the visits before it under 'from'."
                : "Take it out of one side."));

    public static Diagnostic NoVisits(SourceSpan at) => Error(
        "PR038", at, "The protocol has no visits. Add at least one visit type under 'visits'.");

    public static Diagnostic TooManyVisits(SourceSpan at, int count, int limit) => Error(
        "PR039", at, $"The protocol has {count} visits in all; at most {limit} can be planned.");

    public static Diagnostic VisitTypeUntied(SourceSpan at, string type) => Warning(
        "PR040", at, $"No rule ties {type} to another visit or to enrolment, so it may lie anywhere. Add an order or a window.");

    public static Diagnostic DifferentSeries(SourceSpan at, string selector) => Error(
        "PR041", at, $"A cadence is about one whole series; '{Short(selector)}' is not the name of a visit type with two or more visits.");

    public static Diagnostic AnchorIsSeveral(SourceSpan at, string selector, int count, int visits, string example, bool isOneSeries) => Error(
        "PR042", at, $"A window counts from one visit{(visits == 1 ? "" : $", or from as many as it is for, here {visits}, each from its own")}; '{Short(selector)}' names {count}. "
            + $"Write for example '{example}'.{(isOneSeries ? "" : " Where it must wait for others too, add an 'order' for them.")}");

    public static Diagnostic OrdinalsReversed(SourceSpan at, int from, int to) => Error(
        "PR043", at, $"'{from} to {to}' is reversed. Write '{to} to {from}'.");

    public static Diagnostic VisitNeedsNothing(SourceSpan at, string type) => Warning(
        "PR044", at, $"{type} is in person but needs nobody and no place. Add 'people' or 'places', unless that is so.");

    public static Diagnostic WindowReversed(SourceSpan at, string turned) => Error(
        "PR045", at, $"The window runs backwards: write the earlier end first, '{Short(turned)}'.");

    public static Diagnostic ToleranceTooLarge(SourceSpan at, int tolerance, int days) => Error(
        "PR046", at, $"'give or take' {Days(tolerance)} must be smaller than the distance of {Days(days)}. Take a smaller tolerance, or 'free days between'.");

    /// <summary>That one visit lies at most so many days after another; a negative number says how many it lies before it at least.</summary>
    private static string Distance(string from, string to, int most) => most switch
    {
        < 0 => $"{from} at least {Days(-most)} after {to}",
        0 => $"{to} not after the day of {from}",
        _ => $"{to} at most {Days(most)} after {from}",
    };

    private static string AllOf((string Series, int Count) whole) =>
        $"'{whole.Series}' alone means all its {whole.Count} visits, '{whole.Series}[1]' the first and '{whole.Series}[last]' the last.";

    private static string Days(int count) => Spoken.Count(count, "day");
}
