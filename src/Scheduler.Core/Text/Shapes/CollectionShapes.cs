using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text.Shapes;

/// <summary>A list; a single item may stand without the list around it.</summary>
/// <param name="item">What an item looks like.</param>
/// <param name="mayBeEmpty">Whether <c>[]</c> says something: that there is nothing.</param>
public sealed class ListShape<T>(Shape<T> item, bool mayBeEmpty = false) : Shape<ImmutableArray<Located<T>>>
{
    /// <inheritdoc />
    public override string Expected => $"{item.Expected}, or a list of such";

    /// <inheritdoc />
    public override IEnumerable<string> KeyNames => item.KeyNames;

    /// <inheritdoc />
    public override Outline Outline => new Outline.List(item.Outline) { MayBeEmpty = mayBeEmpty };

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, out ImmutableArray<Located<T>> value)
    {
        var nodes = node is SyntaxNode.Sequence sequence ? sequence.Items : [node];
        value = [];
        if (nodes.IsEmpty && !mayBeEmpty)
        {
            reading.Bag.Add(Messages.UnexpectedValue(node.Span, "an empty list", Expected));
            return false;
        }

        var items = ImmutableArray.CreateBuilder<Located<T>>();
        foreach (var child in nodes)
        {
            if (item.TryReadLocated(child, reading, out var located))
            {
                items.Add(located);
            }
        }

        value = items.ToImmutable();
        return value.Length == nodes.Length;
    }
}

/// <summary>One entry of a mapping whose keys are the author's own.</summary>
public readonly record struct Named<TKey, T>(Located<TKey> Key, Located<T> Value);

/// <summary>What was read of a mapping with own keys: the entries that fit, and every key that was written.</summary>
/// <param name="Entries">The entries whose key and value fit.</param>
/// <param name="Declared">All keys as written, so that a name is known even where what it names has a mistake.</param>
public sealed record NamedEntries<TKey, T>(ImmutableArray<Named<TKey, T>> Entries, ImmutableArray<string> Declared)
{
    /// <summary>No entries.</summary>
    public static NamedEntries<TKey, T> Empty { get; } = new([], []);
}

/// <summary>
/// A mapping whose keys are the author's own: ids, dates, weekdays. It always fits once it is a mapping, so that one faulty entry
/// does not hide the others; its mistakes are reported.
/// </summary>
public sealed class MapShape<TKey, T>(string name, Shape<TKey> keyShape, Shape<T> valueShape) : Shape<NamedEntries<TKey, T>>
{
    /// <inheritdoc />
    public override string Expected => $"{name}, each on a line of its own as 'name: ...'";

    /// <inheritdoc />
    public override IEnumerable<string> KeyNames => valueShape.KeyNames;

    /// <inheritdoc />
    public override Outline Outline => new Outline.Map(name, keyShape.Outline, valueShape.Outline);

    /// <summary>Reports what is wrong with an entry as a whole, where its message needs both key and value.</summary>
    public Action<Located<TKey>, Located<T>, Reading>? Check { get; init; }

    /// <summary>The shape of a value.</summary>
    public Shape<T> Value => valueShape;

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out NamedEntries<TKey, T> value)
    {
        value = null;
        if (node is not SyntaxNode.Mapping mapping)
        {
            reading.Bag.Add(Messages.WrongKindOfNode(node.Span, node.Kind, Expected));
            return false;
        }

        var entries = ImmutableArray.CreateBuilder<Named<TKey, T>>();
        for (var i = 0; i < mapping.Entries.Length; i++)
        {
            // 'r:' with nothing, then keys that could only stand inside of it: what follows was not indented.
            var entry = mapping.Entries[i];
            var astray = entry.Value.IsNothing ? mapping.Entries.Skip(i + 1).TakeWhile(e => valueShape.KeyNames.Contains(e.Key.Value)).Count() : 0;
            if (astray > 0)
            {
                reading.Bag.Add(Messages.NotIndented(mapping.Entries[i + 1].Key.Span, mapping.Entries[i + 1].Key.Value, entry.Key.Value));
                i += astray;
                continue;
            }

            // '{Monday, Friday: ...}': what was meant as one key is two, the first of them without a value.
            if (entry.Value.IsNothing && CutByComma(mapping, i) is { } keys)
            {
                reading.Bag.Add(Messages.CommaInKey(entry.Key.Span, string.Join(", ", keys)));
                i += keys.Count - 1;
                continue;
            }

            var keyFits = keyShape.TryReadLocated(entry.Key, reading, out var key);
            if (valueShape.TryReadLocated(entry.Value, reading, out var located) && keyFits)
            {
                entries.Add(new(key, located));
                Check?.Invoke(key, located, reading);
            }
        }

        value = new(entries.ToImmutable(), [.. mapping.Entries.Select(e => e.Key.Value)]);
        return true;
    }

    /// <summary>The keys from here to the next with a value, where they stand on one line and would do as one key; else null.</summary>
    private List<string>? CutByComma(SyntaxNode.Mapping mapping, int from)
    {
        var line = mapping.Entries[from].Key.Span.Start.Line;
        var keys = new List<string>();
        foreach (var entry in mapping.Entries.Skip(from).TakeWhile(e => e.Key.Span.Start.Line == line))
        {
            keys.Add(entry.Key.Value);
            if (!entry.Value.IsNothing)
            {
                return keys.Count > 1 && keyShape.TryRead(new SyntaxNode.Scalar(entry.Key.Span, string.Join(", ", keys), Plain: true), Silent(), out _) ? keys : null;
            }
        }

        return null;

        static Reading Silent() => new(new DiagnosticBag(), ParameterValues.None);
    }
}
