using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Formats;

/// <summary>Reads JSON into syntax with positions, within limits. Comments and trailing commas are refused.</summary>
public static class JsonSyntaxReader
{
    /// <summary>The longest text that is read, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>How deep objects and arrays may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>How many values are read.</summary>
    public const int MaxValues = 200_000;

    /// <summary>Reads <paramref name="utf8"/>; null when it could not be read. Duplicate names are reported and the first is kept.</summary>
    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="utf8">The text; a byte order mark is skipped.</param>
    /// <param name="expected">What the file should be, in words that complete "expected …".</param>
    /// <param name="bag">Receives what is wrong.</param>
    public static JsonSyntax? Read(string file, ReadOnlyMemory<byte> utf8, string expected, DiagnosticBag bag)
    {
        if (utf8.Length > MaxBytes)
        {
            bag.Add(Messages.JsonTooLong(file, utf8.Length, MaxBytes));
            return null;
        }

        var text = utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8;
        if (!Utf8.IsValid(text.Span))
        {
            bag.Add(Messages.JsonNotUtf8(new SourceSpan(file, InvalidAt(text.Span), InvalidAt(text.Span))));
            return null;
        }

        var walk = new Walk(file, text, expected, bag);
        return walk.Read();
    }

    /// <summary>The place of the first byte that is not UTF-8.</summary>
    public static Position InvalidAt(ReadOnlySpan<byte> utf8)
    {
        var valid = 0;
        while (Rune.DecodeFromUtf8(utf8[valid..], out _, out var taken) == System.Buffers.OperationStatus.Done)
        {
            valid += taken;
        }

        var places = new Places();
        return places.Of(utf8, valid);
    }

    /// <summary>Turns byte offsets, asked for in rising order, into lines and columns, so that a long line is walked only once.</summary>
    private struct Places()
    {
        private int offset;
        private int line = 1;
        private int column = 1;

        public Position Of(ReadOnlySpan<byte> utf8, int at)
        {
            while (offset < at)
            {
                var end = utf8[offset..at].IndexOf((byte)'\n');
                if (end < 0)
                {
                    column += Encoding.UTF8.GetCharCount(utf8[offset..at]);
                    offset = at;
                }
                else
                {
                    (offset, line, column) = (offset + end + 1, line + 1, 1);
                }
            }

            return new Position(line, column);
        }
    }

    private sealed class Walk(string file, ReadOnlyMemory<byte> utf8, string expected, DiagnosticBag bag)
    {
        private Places places = new();
        private int values;

        public JsonSyntax? Read()
        {
            var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            try
            {
                reader.Read();
                var root = Value(ref reader);
                reader.Read();
                return root;
            }
            catch (JsonException mistake)
            {
                var (at, why) = JsonMistake.Find(utf8.Span, Offset((int)(mistake.LineNumber ?? 0), (int)(mistake.BytePositionInLine ?? 0)), MaxDepth);
                bag.Add(Messages.NotJson(Place(at), why, expected));
            }
            catch (InvalidOperationException)
            {
                // The framework's answer to an escape such as \ud800 that stands for half a character.
                bag.Add(Messages.NotJson(Here(reader.TokenStartIndex), "a string contains half of a surrogate pair.", expected));
            }
            catch (TooManyValues)
            {
                bag.Add(Messages.JsonTooManyValues(Here(reader.TokenStartIndex), MaxValues));
            }

            return null;
        }

        private JsonSyntax Value(ref Utf8JsonReader reader)
        {
            if (++values > MaxValues)
            {
                throw new TooManyValues();
            }

            var span = Here(reader.TokenStartIndex);
            return reader.TokenType switch
            {
                JsonTokenType.StartObject => Structure(ref reader, span),
                JsonTokenType.StartArray => List(ref reader, span),
                JsonTokenType.String => new JsonSyntax.Text(span, reader.GetString()!),
                JsonTokenType.Number => new JsonSyntax.Number(span, Encoding.UTF8.GetString(reader.ValueSpan)),
                JsonTokenType.True or JsonTokenType.False => new JsonSyntax.Truth(span, reader.GetBoolean()),
                _ => new JsonSyntax.Nothing(span),
            };
        }

        private JsonSyntax.Structure Structure(ref Utf8JsonReader reader, SourceSpan span)
        {
            var members = ImmutableArray.CreateBuilder<JsonMember>();
            var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var (name, nameSpan) = (reader.GetString()!, Here(reader.TokenStartIndex));
                reader.Read();
                var value = Value(ref reader);
                if (seen.TryAdd(name, nameSpan))
                {
                    members.Add(new(name, nameSpan, value));
                }
                else if (bag.Count <= JsonFields.MaxMistakes)
                {
                    bag.Add(Messages.DuplicateMember(nameSpan, name, seen[name]));
                }
            }

            return new(span, members.ToImmutable());
        }

        private JsonSyntax.List List(ref Utf8JsonReader reader, SourceSpan span)
        {
            var items = ImmutableArray.CreateBuilder<JsonSyntax>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(Value(ref reader));
            }

            return new(span, items.ToImmutable());
        }

        private SourceSpan Here(long offset)
        {
            var at = places.Of(utf8.Span, (int)offset);
            return new(file, at, at);
        }

        /// <summary>The byte at which the framework stopped, which it tells by line and byte, both counted from 0.</summary>
        private int Offset(int line, int byteInLine)
        {
            var begin = 0;
            for (var i = 0; i < line; i++)
            {
                begin += utf8.Span[begin..].IndexOf((byte)'\n') + 1;
            }

            return Math.Min(begin + byteInLine, utf8.Length);
        }

        /// <summary>A place anywhere in the text, before those that were asked for too.</summary>
        private SourceSpan Place(int offset)
        {
            var at = new Places().Of(utf8.Span, offset);
            return new(file, at, at);
        }
    }

    private sealed class TooManyValues : Exception;
}
