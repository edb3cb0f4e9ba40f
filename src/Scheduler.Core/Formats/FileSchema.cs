using System.Text;
using System.Text.Json;
using Scheduler.Core.Clinics.Compilation;
using Scheduler.Core.Courses.Compilation;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Formats;

/// <summary>
/// Writes what a kind of file looks like as JSON Schema (draft 2020-12), made from the shapes that read such files. An editor that
/// knows it offers keys and values and marks what does not fit; what only the whole file shows stays with the compiler.
/// </summary>
public static class FileSchema
{
    /// <summary>The kinds of file that have a schema, as they are named on the command line.</summary>
    public static IReadOnlyList<string> Kinds => FileKind.All;

    /// <summary>The schema, indented, with a line end.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind of file.</exception>
    public static string Write(string kind)
    {
        var outline = kind switch
        {
            FileKind.Protocol => ProtocolCompiler.Outline,
            FileKind.Clinic => ClinicReader.Outline,
            FileKind.Patient => PatientReader.Outline,
            FileKind.Events => EventsReader.Outline,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of file."),
        };
        return Encoding.UTF8.GetString(JsonText.Of(json => new Writer(json, hasParameters: kind == FileKind.Protocol).Root((Outline.Mapping)outline)));
    }

    /// <summary><c>a visit type</c> becomes <c>visit type</c>.</summary>
    private static string Bare(string name) =>
        name.StartsWith("a ", StringComparison.Ordinal) ? name[2..] : name.StartsWith("an ", StringComparison.Ordinal) ? name[3..] : name;

    /// <summary>What stands in quotes; an apostrophe inside a word opens none.</summary>
    private static IEnumerable<string> Examples(string expected)
    {
        for (var at = 0; at < expected.Length; at++)
        {
            if (expected[at] == '\'' && (at == 0 || expected[at - 1] is ' ' or '(') && expected.IndexOf('\'', at + 1) is > 0 and var end)
            {
                yield return expected[(at + 1)..end];
                at = end;
            }
        }
    }

    private sealed class Writer(Utf8JsonWriter json, bool hasParameters)
    {
        /// <summary>A parameter may stand for any value, or for a word of it.</summary>
        private const string Parameter = "(?:^|[\\s,])\\$";

        private readonly List<(string Name, Outline Outline)> definitions = [];

        public void Root(Outline.Mapping root)
        {
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            Mapping(root);
            json.WriteStartObject("$defs");
            for (var i = 0; i < definitions.Count; i++)
            {
                json.WriteStartObject(definitions[i].Name);
                switch (definitions[i].Outline)
                {
                    case Outline.Mapping mapping:
                        Mapping(mapping);
                        break;
                    case Outline.Cases cases:
                        Cases(cases);
                        break;
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        private void Mapping(Outline.Mapping mapping)
        {
            json.WriteString("title", Bare(mapping.Name));
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            foreach (var key in mapping.Keys)
            {
                json.WriteStartObject(key.Name);
                json.WriteString("description", key.Outline is Outline.Single or Outline.List { Item: Outline.Single } ? $"{key.Help} Expected: {key.Expected}." : key.Help);
                Body(key.Outline);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            if (mapping.Keys.Any(k => k.Required))
            {
                json.WriteStartArray("required");
                foreach (var key in mapping.Keys.Where(k => k.Required))
                {
                    json.WriteStringValue(key.Name);
                }

                json.WriteEndArray();
            }

            json.WriteBoolean("additionalProperties", false);
        }

        private void Cases(Outline.Cases cases)
        {
            json.WriteString("title", Bare(cases.Name));
            json.WriteString("type", "object");
            Array("oneOf", cases.Kinds);
        }

        private void Body(Outline outline)
        {
            switch (outline)
            {
                case Outline.Single single:
                    Single(single);
                    break;
                case Outline.Mapping or Outline.Cases:
                    json.WriteString("$ref", $"#/$defs/{Defined(outline)}");
                    break;
                case Outline.List list:
                    json.WriteStartArray("anyOf");
                    Object(list.Item);
                    json.WriteStartObject();
                    json.WriteString("type", "array");
                    if (!list.MayBeEmpty)
                    {
                        json.WriteNumber("minItems", 1);
                    }

                    json.WriteStartObject("items");
                    Body(list.Item);
                    json.WriteEndObject();
                    json.WriteEndObject();
                    json.WriteEndArray();
                    break;
                case Outline.Map map:
                    json.WriteString("type", "object");
                    json.WriteStartObject("propertyNames");
                    Body(map.KeyOutline);
                    json.WriteEndObject();
                    json.WriteStartObject("additionalProperties");
                    Body(map.Value);
                    json.WriteEndObject();
                    break;
                case Outline.Either either:
                    Array("anyOf", [either.First, either.Second]);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(outline), outline, "An outline that has no form here.");
            }
        }

        private void Single(Outline.Single single)
        {
            if (!single.Choices.IsEmpty || single.Range is not null)
            {
                json.WriteStartArray("anyOf");
                json.WriteStartObject();
                Typed(single);
                json.WriteEndObject();
                json.WriteStartObject();
                Text(single);
                json.WriteEndObject();
                json.WriteEndArray();
                return;
            }

            Text(single);
            var examples = Examples(single.Expected).ToList();
            if (examples.Count > 0)
            {
                json.WriteStartArray("examples");
                examples.ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }
        }

        /// <summary>What an editor offers: words to choose from, or a number and not its text.</summary>
        private void Typed(Outline.Single single)
        {
            if (single.Range is { } range)
            {
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", range.From);
                json.WriteNumber("maximum", range.To);
                return;
            }

            json.WriteStartArray("enum");
            foreach (var choice in single.Choices)
            {
                // To YAML these two words are no text.
                if (choice is "true" or "false")
                {
                    json.WriteBooleanValue(choice == "true");
                }
                else
                {
                    json.WriteStringValue(choice);
                }
            }

            json.WriteEndArray();
        }

        private void Text(Outline.Single single)
        {
            if (single.Pattern is null)
            {
                // What looks like a number is read as text here, but is none to an editor.
                json.WriteStartArray("type");
                json.WriteStringValue("string");
                json.WriteStringValue("number");
                json.WriteStringValue("boolean");
                json.WriteEndArray();
                json.WriteString("pattern", "\\S");
            }
            else
            {
                json.WriteString("type", "string");
                json.WriteString("pattern", hasParameters ? Pattern.Or(Parameter, single.Pattern) : single.Pattern);
            }
        }

        private void Array(string key, IEnumerable<Outline> outlines)
        {
            json.WriteStartArray(key);
            foreach (var outline in outlines)
            {
                Object(outline);
            }

            json.WriteEndArray();
        }

        private void Object(Outline outline)
        {
            json.WriteStartObject();
            Body(outline);
            json.WriteEndObject();
        }

        private string Defined(Outline outline)
        {
            var known = definitions.FirstOrDefault(d => d.Outline == outline);
            if (known.Name is not null)
            {
                return known.Name;
            }

            var name = Bare(outline is Outline.Mapping mapping ? mapping.Name : ((Outline.Cases)outline).Name).Replace(' ', '-');
            var taken = definitions.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
            var number = 1;
            var free = name;
            while (taken.Contains(free))
            {
                free = $"{name}-{++number}";
            }

            definitions.Add((free, outline));
            return free;
        }
    }
}
