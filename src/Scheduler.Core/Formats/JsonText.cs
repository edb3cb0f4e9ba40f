using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduler.Core.Formats;

/// <summary>JSON as all our files are written: one object, indented, as UTF-8, with a line end.</summary>
internal static class JsonText
{
    /// <summary>The object whose members somebody writes.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> writeMembers)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
