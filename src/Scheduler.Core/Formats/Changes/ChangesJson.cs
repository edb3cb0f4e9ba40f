using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>Writes changes as the JSON that docs/formats.md describes.</summary>
public static class ChangesJson
{
    /// <summary>The JSON, indented, with a line end.</summary>
    public static string Write(ProtocolChanges changes)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
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
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, string name, Protocol protocol)
    {
        json.WriteStartObject(name);
        json.WriteString("id", protocol.Id);
        json.WriteString("version", protocol.Version);
        json.WriteEndObject();
    }
}
