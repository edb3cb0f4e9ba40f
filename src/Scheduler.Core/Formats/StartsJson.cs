using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Core.Planning;

namespace Scheduler.Core.Formats;

/// <summary>Writes ranked starts as the JSON that docs/formats.md describes.</summary>
public static class StartsJson
{
    /// <summary>The starts as UTF-8 text, indented, with a line end.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="starts">The days, ranked.</param>
    /// <param name="hasPatient">Whether a patient was named.</param>
    public static byte[] Write(PlanningRequest request, ImmutableArray<CourseStart> starts, bool hasPatient) => JsonText.Of(json =>
    {
        CalendarJson.WriteHead(json, request, hasPatient);
        json.WriteStartArray("starts");
        foreach (var start in starts)
        {
            Write(json, start);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, CourseStart start)
    {
        json.WriteStartObject();
        json.WriteString("day", Texts.Date(start.Day));
        if (start is { Cost: { } cost, Proposal.Calendar.Visits: var visits })
        {
            CalendarJson.WriteCost(json, "cost", cost);
            json.WriteString("end", Texts.Date(visits.Max(v => v.Date)));
        }
        else
        {
            json.WriteNull("cost");
            json.WriteNull("end");
        }

        json.WriteBoolean("proved", start.Proved);
        json.WriteEndObject();
    }
}
