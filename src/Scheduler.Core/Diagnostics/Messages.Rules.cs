namespace Scheduler.Core.Diagnostics;

/// <content>What can be wrong with rules about several visits a day, phases of weeks, bundles of one day and windows in hours.</content>
public static partial class Messages
{
    public static Diagnostic PerDayOnce(SourceSpan at, int times) => Error(
        "PR201", at, $"'per day' asks for {times}; it is for 2 or more visits a day. Leave it out: visits of a series lie one a day unless it is said.");

    public static Diagnostic MinutesOffTick(SourceSpan at, int minutes) => Error(
        "PR202", at, $"{minutes} min is no multiple of 5 min, the step in which time is planned. Write {Math.Max(5, minutes - (minutes % 5))} or {minutes - (minutes % 5) + 5} min.");

    public static Diagnostic ToleranceSwallowsSpacing(SourceSpan at, int every, int tolerance) => Error(
        "PR203", at, $"{tolerance} min more or fewer than {every} min leaves no distance between one visit and the next. Expected less than {every} min of tolerance.");

    public static Diagnostic VisitsOfDayOverlap(SourceSpan at, string visit, int duration, int gap) => Error(
        "PR204", at, $"{visit} lasts {duration} min, but the next visit of the day starts at most {gap} min after its start. Space them {duration + ((5 - (duration % 5)) % 5)} min apart or more, or shorten them.");

    public static Diagnostic DayTooShort(SourceSpan at, int times, int needed, int available) => Error(
        "PR205", at, $"{times} visits at this spacing take {Length(needed)}, but {(available == 24 * 60 ? "a day has 24 h" : $"self-reports have {Length(available)} a day")}. Ask for fewer a day, or for less time between.");

    public static Diagnostic SeriesShorterThanDay(SourceSpan at, int times, string type, int count) => Error(
        "PR206", at, $"{times} a day are asked for, but {type} has {count} visit{(count == 1 ? "" : "s")} in all. Ask for at most {count} a day, or raise 'count'.");

    public static Diagnostic SeriesHasOneDay(SourceSpan at, string key, string type) => Warning(
        "PR207", at, $"All visits of {type} are on one day, so '{key}' makes no difference. Remove it, or raise 'count'.");

    public static Diagnostic TwoDailyRhythms(SourceSpan at, string type, SourceSpan other) => Error(
        "PR208", at, $"Another rule says already how many visits of {type} are on a day. Say it once, in the rule that has the rest of the rhythm.", other);

    public static Diagnostic TwoThinnedRhythms(SourceSpan at, string type, SourceSpan other) => Error(
        "PR245", at, $"Another rule says already how many visits of {type} are in a week in which the clinic is closed. Write 'fewer where closed' in one rhythm of a series.", other);

    public static Diagnostic PhaseOfOtherWeeks(SourceSpan at, SourceSpan first) => Error(
        "PR210", at, "This phase counts other weeks than the first. Use either calendar weeks or course weeks in all phases of a series.", first);

    public static Diagnostic PhaseWithoutEnd(SourceSpan at) => Error(
        "PR211", at, "This phase does not say how long it takes, and another follows. Add for example 'for 2 weeks'; only the last phase may go on.");

    public static Diagnostic PhaseNotOfWholeBlocks(SourceSpan at, int weeks, int block) => Error(
        "PR212", at, $"{weeks} week{(weeks == 1 ? " is" : "s are")} no multiple of {block} weeks. Write 'for {Math.Max(block, weeks - (weeks % block))} weeks' or 'for {weeks - (weeks % block) + block} weeks'.");

    public static Diagnostic MoreThanOneADay(SourceSpan at, int times, int weeks) => Error(
        "PR213", at, $"{times} in {(weeks == 1 ? "a week" : $"{weeks} weeks")} is more than one a day: expected at most {7 * weeks}. Several on one day are asked for by 'per day'.");

    public static Diagnostic WeeksSaidTwice(SourceSpan at) => Error(
        "PR214", at, "'for' stands beside phases that have their own. Write it in each phase: '2 in each calendar week for 4 weeks'.");

    public static Diagnostic PhasesTooShort(SourceSpan at, int room, int count, string what, string type) => Error(
        "PR215", at, $"The phases have room for {room} {what}s, but {type} has {count}. Lengthen a phase, leave out 'for' in the last, or lower the count.");

    public static Diagnostic PhaseNeverBegins(SourceSpan at, int count, string what, string type) => Error(
        "PR216", at, $"This phase never begins: the phases before it take all {count} {what}s of {type}. Shorten one of them, remove this one, or raise the count.");

    public static Diagnostic PhaseTooLong(SourceSpan at, int weeks, int needed, int left, string what) => Error(
        "PR217", at, $"The last phase is for {weeks} week{(weeks == 1 ? "" : "s")}, but the {left} {what}{(left == 1 ? "" : "s")} that {(left == 1 ? "is" : "are")} left for it take {needed}. Write 'for {needed} week{(needed == 1 ? "" : "s")}', or change the count.");

    public static Diagnostic WeeksOfNoRhythm(SourceSpan at) => Error(
        "PR218", at, "'for' says how many weeks 'per week' takes, and there is no 'per week'. Add it, or write 'within' for a span.");

    public static Diagnostic TooManyRules(SourceSpan at, int count, int limit) => Error(
        "PR219", at, $"The protocol has {count} rules; at most {limit} can be judged together. Name several visits in one rule.");

    public static Diagnostic TargetsDoNotMatch(SourceSpan at, int targets, int visits) => Error(
        "PR239", at, $"{targets} targets are listed for {visits} visit{(visits == 1 ? "" : "s")}. List one for each, in their order; or one for all; or let the last be followed by such as 'then every 3 months'.");

    public static Diagnostic TargetsDifferInUnit(SourceSpan at) => Error(
        "PR240", at, "What follows 'every' is counted on from the last target before it, so that both must have the same unit. Write such as '1 month, then every 3 months'.");

    public static Diagnostic TargetTooFar(SourceSpan at, string visit) => Error(
        "PR241", at, $"The target of {visit} is more than ten years after what it counts from. Shorten the distance, or the series.");

    public static Diagnostic PairsDoNotMatch(SourceSpan at, int visits, int partners) => Error(
        "PR220", at, $"{visits} visit{(visits == 1 ? "" : "s")} cannot be paired with {partners}: each is paired with the one of the same place in its list, or all with one. Name as many visits on both sides, or one behind 'with'.");

    public static Diagnostic PartnerOfOwnType(SourceSpan at, string visit, string partner) => Error(
        "PR221", at, visit == partner
            ? $"{visit} is its own partner here. Name another visit behind 'with'."
            : $"{visit} and {partner} are visits of one series, which lie on different days. Write 'per day' in a cadence, or name a visit of another type behind 'with'.");

    public static Diagnostic PlaceReversed(SourceSpan at, string earlier, string later) => Error(
        "PR222", at, $"'{earlier} to {later}' runs backwards. Swap the two.");

    public static Diagnostic CertainBesideConditional(SourceSpan at, string visit, string partner) => Error(
        "PR223", at, $"{visit} is certain, but belongs on the day of {partner}, which may never take place. Name a certain visit behind 'with', or make {visit} conditional.");

    public static Diagnostic NeverBoth(SourceSpan at, string visit, string partner, string why) => Error(
        "PR224", at, $"{visit} hangs on {partner}, but no patient ever has both: {why}. Name another visit.");

    public static Diagnostic SeriesOnOneDay(SourceSpan at, string rule, string visit, string other, SourceSpan? see) => Error(
        "PR225", at, $"'{rule}' puts {visit} and {other} on one day, but visits of a series lie on different days. Write 'per day' in a cadence of the series, or give each its own partner.", see);

    public static Diagnostic ApartOnOneDay(SourceSpan at, string rule, string others, string visit, string partner, SourceSpan? see) => Error(
        "PR226", at, $"'{rule}' keeps {visit} and {partner} from sharing a day, but {others} put{(others.Contains(',', StringComparison.Ordinal) ? "" : "s")} them on one. Take one of them out of a rule.", see);

    public static Diagnostic NoWeekdayLeft(SourceSpan at, string rule, string others, string visit, string partner, SourceSpan? see) => Error(
        "PR227", at, visit == partner
            ? $"No day of the week is left for {visit}: '{rule}' and {others} have none in common. Let one of them be 'strength: should'."
            : $"No day of the week is left for {visit} and {partner}, which belong on one day: '{rule}' and {others} have none in common. Let one of them be 'strength: should'.", see);

    public static Diagnostic TimesContradict(SourceSpan at, string rule, string others, string? selfReport, SourceSpan? see) => Error(
        "PR228", at, $"No calendar can keep '{rule}' together with {others}: their times contradict each other to the minute. Change one of them."
            + (selfReport is null ? "" : $" {selfReport} is a self-report, and these lie between 08:00 and 20:00."), see);

    public static Diagnostic BeyondSelfReports(SourceSpan at, string rule, string type) => Error(
        "PR280", at, $"'{rule}' leaves {type} no time: it is a self-report, and these lie between 08:00 and 20:00. Move the times into these hours, or choose another mode such as 'phone'.");

    public static Diagnostic PlacesOverlap(SourceSpan at, string rule, string others, string visit, string other, SourceSpan? see) => Error(
        "PR229", at, $"By '{rule}' and {others}, {visit} and {other} would overlap, and a patient is in one visit at a time. Move one of them, or shorten it; only a visit with a place of its own beside its partner may lie inside it.", see);

    public static Diagnostic WindowUnitsDiffer(SourceSpan at, bool targetInHours) => Error(
        "PR230", at, targetInHours
            ? "The target is in hours, and this is in days. Write it in hours: '12 hours before to 12 hours after'."
            : "The target is in days, and this is in hours. Write it in days, or the target in hours: 'target: 24 hours'.");

    public static Diagnostic HoursFromEnrolment(SourceSpan at) => Error(
        "PR231", at, "Hours count from the start or the end of a visit; of the enrolment only the day is known. Write the target in days, or count from a visit.");

    public static Diagnostic FallbackIsAnchor(SourceSpan at, string visit) => Error(
        "PR232", at, $"'or from' names {visit}, from which the window counts already; where that was skipped, so was this. Name another visit.");

    public static Diagnostic FallbackNeverNeeded(SourceSpan at) => Error(
        "PR233", at, "The enrolment is never skipped, so 'or from' would never count. Remove it, or swap the two.");

    public static Diagnostic WindowBeforeAnchor(SourceSpan at, string anchor) => Error(
        "PR234", at, $"The whole window lies before {anchor}, although its target lies after. Did you mean 'after'? A visit that comes before another is asked for by 'order'.");

    public static Diagnostic OrderInCircle(SourceSpan at, string rule, string others, SourceSpan? see) => Error(
        "PR235", at, $"The orders '{rule}' and {others} run in a circle: a visit would end before itself. Turn one of them round.", see);

    public static Diagnostic SelfReportTooLong(SourceSpan at, string type, int duration, int longest) => Error(
        "PR236", at, $"{type} takes {Length(duration)}, but self-reports lie between 08:00 and 20:00, which is {Length(longest)}. Shorten it, or choose another mode.");

    public static Diagnostic NoDayLeft(SourceSpan at, string rule, string others, SourceSpan? see) => Error(
        "PR237", at, $"No calendar can keep '{rule}' together with {others}: of two visits that must not share a day, the one would have to be both no later and no earlier than the other. Change one of them.", see);

    public static Diagnostic TooManyHours(SourceSpan at, int most) => Error(
        "PR238", at, $"A window in hours reaches at most {most} hours ({most / 24} days) from what it counts from. Write the target in days or weeks.");

    public static Diagnostic TooManyPairs(SourceSpan at, int limit) => Error(
        "PR242", at, $"With this rule, the protocol's orders and its rules about different days and the same or different people compare more than {limit:N0} pairs of visits. Name single visits, such as the last of one series and the first of the next, or several groups in one rule.");

    public static Diagnostic TooManyWindows(SourceSpan at, int limit) => Error(
        "PR243", at, $"With this rule, the visits have more than {limit:N0} windows in all. Give each visit the one window that it is judged by.");

    public static Diagnostic TooManyPoints(SourceSpan at, int limit) => Error(
        "PR244", at, $"With this rule, a calendar could cost more than {limit:N0} points, which cannot be counted. Take a smaller weight, or a narrower window.");

    public static Diagnostic TooFewForAllOrNone(SourceSpan at) => Error(
        "PR160", at, "One visit alone is always placed or not. Name two or more, or the others under 'each with'.");

    public static Diagnostic EachWithDoesNotMatch(SourceSpan at, int visits, int others) => Error(
        "PR161", at, $"{visits} visit{(visits == 1 ? "" : "s")} cannot each be placed with one of {others}: the first goes with the first, the second with the second. Name as many visits behind 'each with' as behind 'all or none'.");

    public static Diagnostic AllOrNoneOfCertain(SourceSpan at, string visit) => Error(
        "PR162", at, $"{visit} is certain: it is placed, or there is no calendar. 'all or none' is for visits with 'only if'.");

    public static Diagnostic AllOrNoneOfSeveralResults(SourceSpan at, string visit, string result, string other, string otherResult) => Error(
        "PR163", at, $"{visit} depends on '{result}' and {other} on '{otherResult}', so that one can be needed without the other. Name visits with the same 'only if'.");

    public static Diagnostic SamePersonAsItself(SourceSpan at, string visit) => Error(
        "PR164", at, $"{visit} is its own partner here, and always has its own person. Name another visit behind 'with'.");

    public static Diagnostic TooFewForRotation(SourceSpan at) => Error(
        "PR250", at, "One visit alone is never twice in a row. Name two or more, or another group behind 'in turn with'.");

    public static Diagnostic TurnsDoNotMatch(SourceSpan at, int visits, int others) => Error(
        "PR251", at, $"{visits} visit{(visits == 1 ? "" : "s")} cannot take turns with {others}: the first of each comes first, then the second of each. Name as many visits behind 'in turn with' as behind 'no person twice in a row for', or all of them there, in their order.");

    public static Diagnostic SamePersonTwiceInARow(SourceSpan at, string before, string after, string need, SourceSpan other) => Error(
        "PR252", at, $"{before} and {after} are in a row here and must not have the same {need}, but another rule says that they must. Change one of the two rules.", other);

    public static Diagnostic WeeksDependOnClosures(SourceSpan at) => Error(
        "PR165", at, "With 'fewer where closed', the closures of the clinic decide how many weeks it takes. Remove 'for'; 'within' sets a limit.");

    public static Diagnostic CountsFromUntested(SourceSpan at, string condition, string untested) => Error(
        "PR166", at, $"{(condition == untested ? $"'{condition}' is" : $"'{condition}' rests on '{untested}', which is")} judged by the clinic at no visit in particular, so there is no day to plan from. Say 'when' it is true, by an outcome with 'measured at', or count from a visit.");

    public static Diagnostic CountsFromOtherCondition(SourceSpan at, string condition, string type, string? onlyIf) => Error(
        "PR167", at, onlyIf is null
            ? $"{type} is always needed, but '{condition}' may never come true, and there would be no day to count from. Write 'only if: {condition}' for {type}, or count from a visit."
            : $"{type} is needed where '{onlyIf}' is true, and '{condition}' may be false then, so that there would be no day to count from. Write 'only if: {condition}' for {type}, or a condition that says '{condition} and ...'.");

    public static Diagnostic JudgesWithoutOrder(SourceSpan at, string condition, string visit, string other) => Error(
        "PR168", at, $"'{condition}' is judged at {visit} and at {other}, and no rule says which of them is earlier; so nobody can tell where it may first come true. Add an order or a window between the two.");

    public static Diagnostic HoursFromCondition(SourceSpan at, string condition) => Error(
        "PR169", at, $"Of '{condition}', only the day on which it came true is known, and hours count from a moment. Write the target in days, or count from a visit.");

    public static Diagnostic ConditionNeedsNoFallback(SourceSpan at, string condition) => Error(
        "PR170", at, $"Once '{condition}' is true, its day is known, whichever visit was skipped; and before, nothing that counts from it is needed. Remove 'or from'.");

    public static Diagnostic FallbackIsCondition(SourceSpan at, string condition) => Error(
        "PR171", at, $"'or from' names what to count from where a visit was skipped; '{condition}' may never come true. Name a visit or 'enrolment'.");

    public static Diagnostic WindowBeforeCondition(SourceSpan at, string condition) => Error(
        "PR172", at, $"The whole window lies before the day on which '{condition}' came true, when nobody knows of it yet. Did you mean 'after'?");

    public static Diagnostic NothingJudges(SourceSpan at, string condition, string type) => Error(
        "PR173", at, $"No visit before {type} can make '{condition}' true, so there is no day to plan from. Measure what it asks for at an earlier visit that the same patients have, or count from a visit.");

    /// <summary>A length of time: <c>50 min</c>, <c>2 h</c>, <c>1 h 40 min</c>.</summary>
    private static string Length(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var m) => $"{m} min",
        (var h, 0) => $"{h} h",
        var (h, m) => $"{h} h {m} min",
    };
}
