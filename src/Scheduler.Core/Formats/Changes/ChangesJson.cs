using System.Text;
using System.Text.Json;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>Writes changes as the JSON that docs/formats.md describes.</summary>
public static class ChangesJson
{
    /// <summary>The JSON, indented, with a line end.</summary>
    public static string Write(ProtocolChanges changes) => Encoding.UTF8.GetString(JsonText.Of(json =>
    {
        Write(json, "old", changes.Old);
        Write(json, "new", changes.New);
        json.WriteStartArray("changes");
        foreach (var change in changes.All)
        {
            json.WriteStartObject();
            json.WriteString("kind", change.Kind.ToString().ToLowerInvariant());
            json.WriteString("about", change.About);
            json.WriteString("sentence", change.Sentence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));

    private static void Write(Utf8JsonWriter json, string name, Protocol protocol)
    {
        json.WriteStartObject(name);
        json.WriteString("id", protocol.Id);
        json.WriteString("version", protocol.Version);
        json.WriteEndObject();
    }
}
