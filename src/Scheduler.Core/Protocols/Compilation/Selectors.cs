using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>One way to name visits, as written: a series, or some of its visits by ordinal.</summary>
/// <param name="Type">The visit type.</param>
/// <param name="From">The first ordinal; null for the whole series, <see cref="Last"/> for the last.</param>
/// <param name="To">The last ordinal.</param>
/// <param name="Written">The selector as written.</param>
/// <param name="Offset">Where it begins in its value.</param>
internal sealed record Selector(string Type, int? From, int? To, string Written, int Offset)
{
    /// <summary>Where it is written, if that is an item of a list; null where its place is an offset in its value.</summary>
    public SourceSpan? At { get; init; }

    /// <summary>Stands for the last ordinal, whatever it is.</summary>
    public const int Last = int.MaxValue;
}

/// <summary>Selectors that name the visits of one group.</summary>
internal sealed record SelectorList(ImmutableArray<Selector> Items, string Written);

/// <summary>Selectors with the need that is meant in each of the visits.</summary>
internal sealed record NeedSelector(SelectorList Visits, string Need, int NeedOffset);

/// <summary>Reads the phrases that name visits.</summary>
internal static class Selectors
{
    private const string Example = "visits such as 'infusion[4]', 'wet[2 to 5]' or 'caps5-week12'";

    /// <summary>One group, where a list is one of groups.</summary>
    public static ScalarShape<SelectorList> OneGroup { get; } = new(Example, TryGroup);

    /// <summary>One group, which may be written as a list of its visits.</summary>
    public static Shape<SelectorList> Group { get; } = new GroupShape();

    public static ScalarShape<ImmutableArray<SelectorList>> Sequence { get; } = new(
        "visits in their order such as 'infusion[4] before wet[1]'",
        (Phrase phrase, out ImmutableArray<SelectorList> value) =>
        {
            var groups = ImmutableArray.CreateBuilder<SelectorList>();
            value = [];
            do
            {
                if (!TryGroup(phrase, out var group))
                {
                    return false;
                }

                groups.Add(group);
            }
            while (phrase.TryWords("before"));
            value = groups.ToImmutable();
            return true;
        });

    public static ScalarShape<NeedSelector> People { get; } = new(
        "visits with one of their people such as 'wet as therapist'",
        (Phrase phrase, [MaybeNullWhen(false)] out NeedSelector value) =>
        {
            value = null;
            if (!TryGroup(phrase, out var group) || !phrase.TryWords("as"))
            {
                return false;
            }

            var offset = phrase.Rest.Offset;
            if (!phrase.TryAny(out var need))
            {
                return false;
            }

            value = new(group, need, offset);
            return true;
        });

    /// <summary>Reads <c>a</c>, <c>a[2]</c>, <c>a[2 to 5]</c>, <c>a[last]</c>, joined by commas and <c>and</c>.</summary>
    public static bool TryGroup(Phrase phrase, [MaybeNullWhen(false)] out SelectorList group)
    {
        var items = ImmutableArray.CreateBuilder<Selector>();
        group = null;
        var start = phrase.Rest.Offset;
        do
        {
            if (!TryOne(phrase, out var one))
            {
                return false;
            }

            items.Add(one);
        }
        while (phrase.TryComma() || phrase.TryWords("and"));
        group = new(items.ToImmutable(), phrase.Text[start..Math.Max(start, phrase.Rest.Offset)].Trim());
        return true;
    }

    private static bool TryOne(Phrase phrase, [MaybeNullWhen(false)] out Selector selector)
    {
        selector = null;
        var offset = phrase.Rest.Offset;
        var mark = phrase.Mark;
        if (!phrase.TryAny(out var word))
        {
            return false;
        }

        var open = word.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            selector = new(word, null, null, word, offset);
            return true;
        }

        // 'wet[2 to 5]' is three words to a phrase; put them together again.
        var written = word;
        while (!written.EndsWith(']') && phrase.TryAny(out var more))
        {
            written += " " + more;
        }

        var inside = written.EndsWith(']') ? written[(open + 1)..^1].Split(' ') : [];
        int? from = inside is [_] or [_, "to", _] ? Ordinal(inside[0]) : null;
        int? to = inside is [_, "to", var last] ? Ordinal(last) : from;
        if (from is null || to is null || open == 0)
        {
            phrase.Return(mark);
            return false;
        }

        selector = new(word[..open], from, to, written, offset);
        return true;
    }

    /// <summary>A group in one phrase, or as a list: <c>a, b</c> and <c>[a, b]</c> are the same.</summary>
    private sealed class GroupShape : Shape<SelectorList>
    {
        private static readonly ListShape<SelectorList> Items = new(OneGroup);

        public override string Expected => Example;

        public override Outline Outline => Items.Outline;

        public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out SelectorList value)
        {
            if (node is not SyntaxNode.Sequence)
            {
                return OneGroup.TryRead(node, reading, out value);
            }

            value = null;
            if (!Items.TryRead(node, reading, out var items))
            {
                return false;
            }

            value = new(
                [.. items.SelectMany(i => i.Value.Items.Select(s => s with { At = i.Span.Part(s.Offset, s.Written.Length) }))],
                string.Join(", ", items.Select(i => i.Value.Written)));
            return true;
        }
    }

    private static int? Ordinal(string text) =>
        text == "last" ? Selector.Last
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1000 ? number
        : null;
}
