using System.Text;

namespace Scheduler.Core.Messaging;

/// <summary>A text with fields in braces, such as <c>Hello {name},</c>, which are filled in for each message.</summary>
/// <param name="Text">The text as written.</param>
public sealed record Template(string Text)
{
    /// <summary>The text with its fields filled in. A brace in a value opens no field.</summary>
    /// <param name="values">The value of each field that the text may have.</param>
    /// <exception cref="ArgumentException">A field has no value.</exception>
    public string Fill(params ReadOnlySpan<(string Field, string Value)> values)
    {
        var filled = new StringBuilder();
        var at = 0;
        foreach (var (begin, field) in Fields())
        {
            filled.Append(Text, at, begin - at).Append(ValueOf(field, values));
            at = begin + field.Length + 2;
        }

        return filled.Append(Text, at, Text.Length - at).ToString();
    }

    /// <summary>Its fields with the offsets of their opening braces, in the order of the text.</summary>
    internal IEnumerable<(int Offset, string Field)> Fields()
    {
        for (var begin = Text.IndexOf('{', StringComparison.Ordinal); begin >= 0; begin = Text.IndexOf('{', begin + 1))
        {
            if (Text.IndexOfAny(['{', '}'], begin + 1) is > 0 and var end && Text[end] == '}')
            {
                yield return (begin, Text[(begin + 1)..end]);
            }
        }
    }

    private static string ValueOf(string field, ReadOnlySpan<(string Field, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (name == field)
            {
                return value;
            }
        }

        throw new ArgumentException($"The field '{field}' has no value.", nameof(values));
    }
}
