using Scheduler.Core.Messaging;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says what belongs to the course as a whole: who knows what, what is measured, what depends on it, and what happens when life happens.</summary>
internal static class CourseSentences
{
    /// <summary>Who must not learn the arm.</summary>
    public static string Blinded(IEnumerable<string> blinded) => $"The arm stays hidden from {English.Join(blinded.Select(b => b == "patient" ? "the patient" : $"every {b}"))}.";

    /// <summary>What is measured, when, and on what scale.</summary>
    public static string Of(Measure measure, Protocol protocol) =>
        $"{English.Sentence(measure.Means)} Recorded at {English.Visits(measure.At, protocol)}, "
        + (measure.Range is { } range ? $"from {range.Low} to {range.High}." : "as yes or no.");

    /// <summary>What a condition is, when it is true, and what it excludes.</summary>
    public static string Of(Condition condition, Protocol protocol) =>
        $"{English.Sentence(condition.Means)} {(condition.When is { } when ? $"It is true when {Of(when, protocol)}." : "The clinic judges whether it is true.")}"
        + (condition.Excludes.IsEmpty ? "" : $" It excludes {English.Join(condition.Excludes)}.");

    /// <summary>A score table, row by row.</summary>
    public static string Of(ScoreTable table, Protocol protocol) =>
        $"The score of {table.Outcome} at {English.Visit(table.At, protocol)} decides: "
        + $"{English.Join(table.Rows.Select(r => $"{(r.Low == r.High ? $"{r.Low}" : $"{r.Low} to {r.High}")} makes {r.Condition} true"))}.";

    /// <summary>When no message is sent.</summary>
    public static string Quiet(QuietHours hours) => $"No message is sent between {English.Clock(hours.From)} and {English.Clock(hours.To)}, by the patient's clock.";

    /// <summary>What follows when a visit is missed, a patient comes late, or a result comes true.</summary>
    public static string Of(EventRule rule, Protocol protocol) => rule switch
    {
        EventRule.Missed missed =>
            $"When {English.Visits(missed.Visits, protocol, "any", "or")} is missed{(missed.And is { } and ? $" and {and} is true" : "")}, {Of(missed.Then)}"
            + (missed.AtMost is { } most ? $", at most {English.Count(most, "time")} in a course" : "")
            + (missed.Otherwise is { } otherwise ? $"; otherwise {Of(otherwise)}" : "") + ".",
        EventRule.Late late =>
            $"When a patient comes more than {late.ByMoreThanMinutes} min late for {English.Visits(late.Visits, protocol, "any", "or")}, {Of(late.Then)}.",
        EventRule.Result { Then: ResultRemedy.StopCourse } result => $"When {result.When} comes true, the course stops and its remaining visits are released.",
        EventRule.Result result => $"When {result.When} comes true, what is left of {English.Visits(result.Visits, protocol, "all")} is released.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "An event without a sentence here."),
    };

    /// <summary>What a clinic may set, what it is, and within which bounds.</summary>
    public static string Of(Parameter parameter) =>
        $"{English.Sentence(parameter.Means)} Value: {parameter.Value}{(parameter.Value == parameter.Default ? "" : $", set in place of {parameter.Default}")}."
        + (parameter.Between is { } bounds ? $" It may be set {Bounds(bounds)}." : "");

    /// <summary><c>from 4 to 8</c>.</summary>
    public static string Bounds((string From, string To) bounds) => $"from {bounds.From} to {bounds.To}";

    private static string Of(OutcomeTest test, Protocol protocol) => test switch
    {
        OutcomeTest.Between between => $"{between.Outcome} at {English.Visit(between.At, protocol)} is {Bounds(between, protocol)}",
        OutcomeTest.FellBy fell =>
            $"{fell.Outcome} at {English.Visit(fell.At, protocol)} is at least {fell.Percent} % below {fell.Outcome} at {English.Visit(fell.Before, protocol)}",
        OutcomeTest.FellByPoints fell =>
            $"{fell.Outcome} at {English.Visit(fell.At, protocol)} is at least {English.Count(fell.Points, "point")} below {fell.Outcome} at {English.Visit(fell.Before, protocol)}",
        OutcomeTest.AllOf all => $"{English.Join(all.Conditions)} are all true",
        OutcomeTest.AnyOf any => $"{English.Join(any.Conditions, "or")} is true",
        OutcomeTest.Yes yes => $"{yes.Outcome} is answered yes",
        OutcomeTest.Not not => $"{not.Condition} is known not to be true",
        _ => throw new ArgumentOutOfRangeException(nameof(test), test, "A test without words here."),
    };

    private static string Bounds(OutcomeTest.Between test, Protocol protocol)
    {
        var range = protocol.Outcomes.FirstOrDefault(o => o.Id == test.Outcome)?.Range;
        return test.Low == test.High ? $"{test.Low}"
            : test.High == range?.High ? $"at least {test.Low}"
            : test.Low == range?.Low ? $"at most {test.High}"
            : $"from {test.Low} to {test.High}";
    }

    private static string Of(Remedy remedy) => remedy switch
    {
        Remedy.ShiftTheRest => "it is placed again and the rest moves with it, in the same rhythm counted anew",
        Remedy.MakeUp makeUp => $"it is made up within {English.Count(makeUp.Days, "day")}",
        Remedy.Skip => "the course goes on without it",
        Remedy.RepeatPhase repeat => $"the phase {repeat.Phase} is repeated from its first visit",
        Remedy.BackTo back => $"the course goes back to {back.Condition}",
        Remedy.RestartCourse => "the course begins again from its first visit",
        Remedy.StopCourse => "the course stops and its remaining visits are released",
        _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "A remedy without words here."),
    };

    private static string Of(LateRemedy remedy) => remedy switch
    {
        LateRemedy.TodayIfItFits => "the visit begins later if it still fits that day, and is held otherwise",
        LateRemedy.Hold => "the visit is held, and placed again inside the rules",
        LateRemedy.GoOn => "the visit goes on as planned",
        _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "A remedy without words here."),
    };
}
