using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Scheduler.App.Storage;
using Scheduler.Core.Courses;

namespace Scheduler.App.Enrolments;

/// <summary>What the audit says that somebody told. What was measured or judged stands there as a digest under a key of the patient's own, beside the one that it corrects.</summary>
internal static class ToldText
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What is after.</summary>
    /// <param name="enrolment">The enrolment's id.</param>
    /// <param name="told">What happened.</param>
    /// <param name="key">The patient's key; null once they are erased, and no digest is kept.</param>
    public static string After(string enrolment, CourseEvent told, string? key) => JsonSerializer.Serialize(
        new
        {
            what = told.GetType().Name,
            visit = told.Of?.ToString(),
            at = Times.ExactOf(told.At),
            outcome = Outcome(told),
            condition = told switch
            {
                CourseEvent.Held e => e.Condition,
                CourseEvent.ConditionJudged e => e.Condition,
                _ => null,
            },
            by = (told as CourseEvent.Cancelled)?.By.ToString(),
            value = told switch
            {
                CourseEvent.ScoreRecorded e => Digest(enrolment, told, key, Text(e.Score)),
                CourseEvent.AnswerRecorded e => Digest(enrolment, told, key, Text(e.Yes)),
                CourseEvent.ConditionJudged e => Digest(enrolment, told, key, Text(e.Holds)),
                _ => null,
            },
        },
        Json);

    /// <summary>What was before, where it is corrected; empty where nothing was.</summary>
    /// <param name="enrolment">The enrolment's id.</param>
    /// <param name="state">The course before.</param>
    /// <param name="told">What happened.</param>
    /// <param name="key">The patient's key; null once they are erased.</param>
    public static string Before(string enrolment, CourseState state, CourseEvent told, string? key)
    {
        var known = told switch
        {
            CourseEvent.ScoreRecorded e when state.Scores.TryGetValue((e.Outcome, e.Visit), out var score) => Text(score),
            CourseEvent.AnswerRecorded e when state.Answers.TryGetValue((e.Outcome, e.Visit), out var yes) => Text(yes),
            CourseEvent.ConditionJudged e when state.Judged.TryGetValue(e.Condition, out var finding) => Text(finding.Holds),
            _ => null,
        };
        return known is not null && Digest(enrolment, told, key, known) is { } value ? JsonSerializer.Serialize(new { value }) : "";
    }

    private static string? Outcome(CourseEvent told) => told switch
    {
        CourseEvent.ScoreRecorded e => e.Outcome,
        CourseEvent.AnswerRecorded e => e.Outcome,
        _ => null,
    };

    /// <summary>With what it is about, so that equal scores of two visits are not told to be equal.</summary>
    private static string? Digest(string enrolment, CourseEvent told, string? key, string value) =>
        key is null ? null : Digests.Of(key, $"{enrolment} {told.Of} {Outcome(told) ?? (told as CourseEvent.ConditionJudged)?.Condition} {value}");

    private static string Text(int score) => score.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool yes) => yes ? "yes" : "no";
}
