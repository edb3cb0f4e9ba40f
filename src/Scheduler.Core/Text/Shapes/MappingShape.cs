using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text.Shapes;

/// <summary>A key that a mapping may or must have.</summary>
/// <param name="name">The key as authors write it.</param>
/// <param name="required">Whether the mapping is a mistake without it.</param>
/// <param name="help">What it says, in a sentence for editors and docs.</param>
public abstract class Key(string name, bool required, string help)
{
    /// <summary>The key as authors write it.</summary>
    public string Name { get; } = name;

    /// <summary>Whether the mapping is a mistake without it.</summary>
    public bool Required { get; } = required;

    /// <summary>What it says.</summary>
    public string Help { get; } = help;

    /// <summary>What its value must look like.</summary>
    public abstract string Expected { get; }

    /// <summary>What an editor can know of its value.</summary>
    public abstract Outline Outline { get; }

    /// <summary>Its name, and the keys that may stand in its value at any depth.</summary>
    public abstract IEnumerable<string> KeyNames { get; }

    internal abstract bool TryRead(SyntaxNode node, Reading reading, out object? located);
}

/// <summary>A key whose value has the shape <typeparamref name="T"/>.</summary>
public sealed class Key<T>(string name, bool required, Shape<T> shape, string help) : Key(name, required, help)
{
    /// <summary>The shape of the value.</summary>
    public Shape<T> Shape { get; } = shape;

    /// <inheritdoc />
    public override string Expected => Shape.Expected;

    /// <inheritdoc />
    public override IEnumerable<string> KeyNames => Shape.KeyNames.Prepend(Name);

    /// <inheritdoc />
    public override Outline Outline => Shape.Outline;

    internal override bool TryRead(SyntaxNode node, Reading reading, out object? located)
    {
        var fits = Shape.TryReadLocated(node, reading, out var value);
        located = fits ? value : null;
        return fits;
    }
}

/// <summary>Makes keys; the type of the value follows from its shape.</summary>
public static class Keys
{
    /// <summary>A key that must be there.</summary>
    public static Key<T> Required<T>(string name, Shape<T> shape, string help) => new(name, required: true, shape, help);

    /// <summary>A key that may be left out.</summary>
    public static Key<T> Optional<T>(string name, Shape<T> shape, string help) => new(name, required: false, shape, help);
}

/// <summary>The values of one mapping, by key. Only made when every value fits and nothing required is missing.</summary>
public sealed class Fields(SourceSpan span, Dictionary<string, object> values, Dictionary<string, SourceSpan> keySpans)
{
    /// <summary>Where the mapping stands.</summary>
    public SourceSpan Span { get; } = span;

    /// <summary>The value of a required key.</summary>
    public Located<T> Get<T>(Key<T> key) => (Located<T>)values[key.Name];

    /// <summary>The value of a key, or null when it was left out.</summary>
    public Located<T>? Find<T>(Key<T> key) => values.TryGetValue(key.Name, out var value) ? (Located<T>)value : null;

    /// <summary>The value of a key, or <paramref name="otherwise"/> when it was left out.</summary>
    public T Or<T>(Key<T> key, T otherwise) => Find(key) is { } found ? found.Value : otherwise;

    /// <summary>Whether a key was written.</summary>
    public bool Has(Key key) => values.ContainsKey(key.Name);

    /// <summary>Where the key itself stands; the mapping's place when it was left out.</summary>
    public SourceSpan KeySpan(Key key) => keySpans.GetValueOrDefault(key.Name, Span);
}

/// <summary>A mapping with known keys. Unknown, missing and unfitting ones are all reported.</summary>
/// <param name="name">What the mapping describes: <c>a visit type</c>.</param>
/// <param name="keys">Its keys, in the order in which docs list them.</param>
/// <param name="build">Makes the value; reports and answers null when the keys contradict each other.</param>
public sealed class MappingShape<T>(string name, ImmutableArray<Key> keys, Func<Fields, Reading, T?> build) : Shape<T>
    where T : class
{
    /// <inheritdoc />
    public override string Expected => $"{name} (a mapping with {string.Join(", ", keys.Where(k => k.Required).Select(k => $"'{k.Name}'").DefaultIfEmpty("keys and values"))})";

    /// <inheritdoc />
    public override IEnumerable<string> KeyNames => keys.SelectMany(k => k.KeyNames);

    /// <inheritdoc />
    public override Outline Outline => new Outline.Mapping(name, keys);

    /// <summary>What the mapping describes.</summary>
    public string Name => name;

    /// <summary>Its keys.</summary>
    public ImmutableArray<Key> Keys => keys;

    /// <summary>Whether a value is made even where unknown or optional keys have mistakes, so that what depends on it can still be checked.</summary>
    public bool MakesDo { get; init; }

    /// <summary>For a text that stands where the mapping should: what to write instead, where that can be told.</summary>
    public Func<string, string?>? Meant { get; init; }

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = null;
        if (node is not SyntaxNode.Mapping mapping)
        {
            reading.Bag.Add(Instead(node));
            return false;
        }

        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        var keySpans = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        var fits = true;
        foreach (var entry in mapping.Entries)
        {
            var key = keys.FirstOrDefault(k => k.Name == entry.Key.Value);
            if (key is null)
            {
                reading.Bag.Add(
                    (entry.Value.IsNothing ? LostColon.Find(entry.Key.Span, entry.Key.Value, keys.Select(k => k.Name)) ?? BehindComma(mapping, entry.Key) : null)
                    ?? Messages.UnknownKey(entry.Key.Span, entry.Key.Value, name, [.. keys.Select(k => k.Name)]));
                fits = false;
                continue;
            }

            keySpans.Add(key.Name, entry.Key.Span);
            if (key.TryRead(entry.Value, reading, out var located))
            {
                values.Add(key.Name, located!);
            }
            else
            {
                fits = false;
            }
        }

        var misspelt = mapping.Entries
            .Where(e => !keySpans.ContainsKey(e.Key.Value)).Select(e => NearMatch.Find(e.Key.Value, keys.Select(k => k.Name))).ToHashSet(StringComparer.Ordinal);
        foreach (var key in keys.Where(k => k.Required && !keySpans.ContainsKey(k.Name) && !misspelt.Contains(k.Name)))
        {
            reading.Bag.Add(Messages.MissingKey(mapping.Span, key.Name, name, key.Expected));
        }

        fits = fits && keys.All(k => !k.Required || values.ContainsKey(k.Name));
        var makesDo = MakesDo && keys.All(k => !k.Required || values.ContainsKey(k.Name));
        value = fits || makesDo ? build(new Fields(mapping.Span, values, keySpans), reading) : null;
        return value is not null;
    }

    /// <summary>A key without a value on the line of the key before it: the text behind a comma, which in braces begins a new key.</summary>
    private static Diagnostic? BehindComma(SyntaxNode.Mapping mapping, SyntaxNode.Scalar key) =>
        mapping.Entries.LastOrDefault(e => e.Key.Span.Start.CompareTo(key.Span.Start) < 0) is { } before && before.Key.Span.Start.Line == key.Span.Start.Line
            ? Messages.BehindComma(key.Span, key.Value, before.Key.Value)
            : null;

    private Diagnostic Instead(SyntaxNode node) =>
        node is SyntaxNode.Scalar { IsNothing: false } text
            ? Meant?.Invoke(text.Value) is { } meant
                ? Messages.TextInsteadOfMapping(text.Span, text.Value, meant)
                : LostColon.Find(text.Span, text.Value, keys.Select(k => k.Name)) ?? Messages.WrongKindOfNode(node.Span, node.Kind, Expected)
            : Messages.WrongKindOfNode(node.Span, node.Kind, Expected);
}

/// <summary>A mapping of one of several kinds, told apart by a key that only that kind has and must have: its first.</summary>
/// <param name="name">What the mapping describes: <c>a rule</c>.</param>
/// <param name="cases">The kinds.</param>
public sealed class CaseShape<T>(string name, ImmutableArray<MappingShape<T>> cases) : Shape<T>
    where T : class
{
    /// <inheritdoc />
    public override string Expected => $"{name} with one of {string.Join(", ", cases.Select(c => $"'{c.Keys[0].Name}'"))}";

    /// <inheritdoc />
    public override IEnumerable<string> KeyNames => cases.SelectMany(c => c.KeyNames);

    /// <inheritdoc />
    public override Outline Outline => new Outline.Cases(name, [.. cases.Select(c => new Outline.Mapping(c.Name, c.Keys))]);

    /// <summary>The kinds.</summary>
    public ImmutableArray<MappingShape<T>> Cases => cases;

    /// <summary>For a key that no kind has: where what it says is said, in a sentence, where that can be told.</summary>
    public Func<string, string?>? Elsewhere { get; init; }

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = null;
        if (node is not SyntaxNode.Mapping mapping)
        {
            reading.Bag.Add(
                (node is SyntaxNode.Scalar text ? LostColon.Find(text.Span, text.Value, KeyNames) : null) ?? Messages.WrongKindOfNode(node.Span, node.Kind, Expected));
            return false;
        }

        var kinds = mapping.Entries
            .Select(e => (e.Key, Case: cases.FirstOrDefault(c => c.Keys[0].Name == e.Key.Value)))
            .Where(k => k.Case is not null)
            .ToList();
        switch (kinds)
        {
            case []:
                var known = cases.SelectMany(c => c.Keys).Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
                var unknown = mapping.Entries.FirstOrDefault(e => !known.Contains(e.Key.Value))?.Key;
                reading.Bag.Add(Messages.NoKind(
                    mapping.Span, name, [.. mapping.Entries.Select(e => e.Key.Value)], [.. cases.Select(c => c.Keys[0].Name)], unknown?.Value, unknown is null ? null : Elsewhere?.Invoke(unknown.Value)));
                return false;
            case [var only]:
                return only.Case!.TryRead(mapping, reading, out value);
            default:
                reading.Bag.Add(Messages.TwoKinds(kinds[1].Key.Span, name, kinds[0].Key.Value, kinds[1].Key.Value));
                return false;
        }
    }
}
