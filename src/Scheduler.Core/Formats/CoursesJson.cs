using System.Collections.Immutable;
using Scheduler.Core.Planning.Together;

namespace Scheduler.Core.Formats;

/// <summary>Writes what came of several courses as the JSON that docs/formats.md describes: each of them as it would stand alone.</summary>
public static class CoursesJson
{
    /// <summary>The answers as UTF-8 text, indented, with a line end.</summary>
    /// <param name="plan">What came of all of them.</param>
    /// <param name="answers">The answer for each course.</param>
    public static byte[] Write(SeveralPlan plan, ImmutableArray<PlanningAnswer> answers) => JsonText.Of(json =>
    {
        json.WriteBoolean("proved", plan.Proved);
        json.WriteNumber("steps", plan.Steps);
        CalendarJson.WriteMoves(json, plan.Moves);
        json.WriteStartArray("courses");
        foreach (var answer in answers)
        {
            json.WriteStartObject();
            CalendarJson.WriteMembers(json, answer);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
