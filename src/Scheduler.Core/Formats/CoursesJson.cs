using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Core.Planning.Together;

namespace Scheduler.Core.Formats;

/// <summary>Writes what came of several courses as the JSON that docs/formats.md describes: each of them as it would stand alone.</summary>
public static class CoursesJson
{
    /// <summary>The answers as UTF-8 text, indented, with a line end.</summary>
    /// <param name="plan">What came of all of them.</param>
    /// <param name="answers">The answer for each course.</param>
    public static byte[] Write(SeveralPlan plan, ImmutableArray<PlanningAnswer> answers)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("proved", plan.Proved);
            json.WriteNumber("steps", plan.Steps);
            CalendarJson.WriteMoves(json, plan.Moves);
            json.WriteStartArray("courses");
            foreach (var answer in answers)
            {
                CalendarJson.Write(json, answer);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
