using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Formats;

/// <summary>Takes the members of one JSON object by name and kind, reports what is missing or of the wrong kind, and at the end what is unknown.</summary>
/// <param name="structure">The object.</param>
/// <param name="owner">What it describes: <c>a visit</c>.</param>
/// <param name="bag">Receives the mistakes.</param>
public sealed class JsonFields(JsonSyntax.Structure structure, string owner, DiagnosticBag bag)
{
    /// <summary>How many mistakes of a file are told; more help nobody.</summary>
    public const int MaxMistakes = 100;

    private readonly List<string> known = [];

    /// <summary>Reads a value that must be an object; null, and reported, when it is not.</summary>
    public static JsonFields? Of(JsonSyntax? value, string owner, DiagnosticBag bag)
    {
        if (value is null or JsonSyntax.Structure)
        {
            return value is JsonSyntax.Structure structure ? new(structure, owner, bag) : null;
        }

        bag.Add(Messages.WrongKindOfValue(value.Span, owner, value.Kind, "an object"));
        return null;
    }

    /// <summary>Where the object stands.</summary>
    public SourceSpan Span => structure.Span;

    /// <summary>A member of any kind; null where it is missing.</summary>
    public JsonSyntax? Find(string name, bool required = true)
    {
        if (!known.Contains(name))
        {
            known.Add(name);
        }

        var member = structure.Members.FirstOrDefault(m => m.Name == name);
        if (member is null && required)
        {
            bag.Add(Messages.MissingMember(structure.Span, name, owner));
        }

        return member?.Value;
    }

    /// <summary>A member that is an object.</summary>
    public JsonFields? Structure(string name, bool required = true) =>
        Find(name, required) is { } value ? Fit(name, value, "an object", v => v is JsonSyntax.Structure s ? new JsonFields(s, $"'{name}'", bag) : null) : null;

    /// <summary>The items of a member that is an array; none where it is missing.</summary>
    public ImmutableArray<JsonSyntax> Items(string name, bool required = true) =>
        Find(name, required) is { } value && Fit(name, value, "an array", v => v as JsonSyntax.List) is { } list ? list.Items : [];

    /// <summary>The items of a member that is an array of objects, no more than a file needs; none, and reported, where there are more. Other items are reported.</summary>
    /// <param name="name">The member.</param>
    /// <param name="item">What an item describes: <c>a visit</c>.</param>
    /// <param name="most">The most items that are read.</param>
    /// <param name="required">Whether it must be there.</param>
    public IEnumerable<JsonFields> Structures(string name, string item, int most, bool required = true)
    {
        var items = Items(name, required);
        if (items.Length > most)
        {
            bag.Add(Messages.TooManyItems(Span, name, items.Length, most));
            return [];
        }

        return items.Select(i => Of(i, item, bag)).OfType<JsonFields>();
    }

    /// <summary>A member that is a string.</summary>
    public Located<string>? Text(string name, bool required = true) =>
        Parsed(name, "a string", text => text, required);

    /// <summary>A member that is a string or null.</summary>
    public Located<string>? TextOrNull(string name, bool required = true) =>
        Find(name, required) is { } value and not JsonSyntax.Nothing ? Fitted(name, value, "a string or null", text => text) : null;

    /// <summary>A member that is null, or a string of a form and stands for a small value.</summary>
    public Located<T>? ParsedValueOrNull<T>(string name, string expected, Func<string, T?> parse)
        where T : struct =>
        Find(name, required: false) is null or JsonSyntax.Nothing ? null : ParsedValue(name, $"{expected}, or null", parse);

    /// <summary>A member that is a string of a form: <paramref name="parse"/> answers null for any other.</summary>
    public Located<T>? Parsed<T>(string name, string expected, Func<string, T?> parse, bool required = true)
        where T : class =>
        Find(name, required) is { } value ? Fitted(name, value, expected, parse) : null;

    /// <summary>A member that is a string of a form and stands for a small value.</summary>
    public Located<T>? ParsedValue<T>(string name, string expected, Func<string, T?> parse, bool required = true)
        where T : struct
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        var parsed = value is JsonSyntax.Text text ? parse(text.Value) : null;
        if (parsed is null)
        {
            bag.Add(Messages.WrongKindOfValue(value.Span, name, value.Kind, expected));
            return null;
        }

        return new(parsed.Value, value.Span);
    }

    /// <summary>A member that is a whole number between two bounds, both included.</summary>
    public Located<long>? Number(string name, long from, long to, bool required = true)
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        if (value is JsonSyntax.Number number
            && long.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var found) && found >= from && found <= to)
        {
            return new(found, value.Span);
        }

        bag.Add(Messages.WrongKindOfValue(value.Span, name, value.Kind, $"a whole number from {from} to {to}"));
        return null;
    }

    /// <summary>A member that is true or false.</summary>
    public Located<bool>? Truth(string name, bool required = true)
    {
        if (Find(name, required) is not { } value)
        {
            return null;
        }

        if (value is JsonSyntax.Truth truth)
        {
            return new(truth.Value, value.Span);
        }

        bag.Add(Messages.WrongKindOfValue(value.Span, name, value.Kind, "true or false"));
        return null;
    }

    /// <summary>The members of a member that is an object whose names are the author's own: texts by name. None where it is missing.</summary>
    public ImmutableArray<(string Name, Located<string> Value)> Texts(string name)
    {
        if (Find(name, required: false) is not { } value || Fit(name, value, "an object", v => v as JsonSyntax.Structure) is not { } own)
        {
            return [];
        }

        foreach (var member in own.Members.Where(m => m.Value is not JsonSyntax.Text))
        {
            bag.Add(Messages.WrongKindOfValue(member.Value.Span, member.Name, member.Value.Kind, "a string"));
        }

        return [.. own.Members.Where(m => m.Value is JsonSyntax.Text).Select(m => (m.Name, new Located<string>(((JsonSyntax.Text)m.Value).Value, m.Value.Span)))];
    }

    /// <summary>The items of a member that is an array of strings; none where it is missing. Other items are reported.</summary>
    public ImmutableArray<Located<string>> TextItems(string name, bool required = true)
    {
        var items = Items(name, required);
        foreach (var item in items.Where(i => i is not JsonSyntax.Text))
        {
            bag.Add(Messages.WrongKindOfValue(item.Span, $"an item of {name}", item.Kind, "a string"));
        }

        return [.. items.OfType<JsonSyntax.Text>().Select(t => new Located<string>(t.Value, t.Span))];
    }

    /// <summary>Reports every member that nobody asked for, while there are few mistakes: each is compared with all names that are known.</summary>
    public void RefuseOthers()
    {
        foreach (var member in structure.Members.Where(m => !known.Contains(m.Name)).TakeWhile(_ => bag.Count < MaxMistakes))
        {
            bag.Add(Messages.UnknownMember(member.NameSpan, member.Name, owner, known));
        }
    }

    private Located<T>? Fitted<T>(string name, JsonSyntax value, string expected, Func<string, T?> parse)
        where T : class =>
        Fit(name, value, expected, v => v is JsonSyntax.Text text ? parse(text.Value) : null) is { } parsed ? new Located<T>(parsed, value.Span) : null;

    private T? Fit<T>(string name, JsonSyntax value, string expected, Func<JsonSyntax, T?> read)
        where T : class
    {
        var fit = read(value);
        if (fit is null)
        {
            bag.Add(Messages.WrongKindOfValue(value.Span, name, value.Kind, expected));
        }

        return fit;
    }
}
