using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text;

/// <summary>A piece of YAML with its place in the text. A closed set: mapping, sequence or scalar.</summary>
public abstract record SyntaxNode
{
    private SyntaxNode(SourceSpan span) => Span = span;

    /// <summary>Where the node stands.</summary>
    public SourceSpan Span { get; }

    /// <summary>What the node is, in an author's words.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether nothing was written.</summary>
    public bool IsNothing => this is Scalar { Value.Length: 0, Plain: true };

    /// <summary>Keys with values, in the order of the text. Keys are unique: a duplicate is reported when the text is read.</summary>
    public sealed record Mapping(SourceSpan Span, ImmutableArray<Entry> Entries) : SyntaxNode(Span)
    {
        /// <inheritdoc />
        public override string Kind => "a mapping of keys to values";
    }

    /// <summary>A list, in the order of the text.</summary>
    public sealed record Sequence(SourceSpan Span, ImmutableArray<SyntaxNode> Items) : SyntaxNode(Span)
    {
        /// <inheritdoc />
        public override string Kind => "a list";
    }

    /// <summary>A single value, always as text: what it means is decided by whoever reads it.</summary>
    /// <param name="Span">Where the value stands, quotes included.</param>
    /// <param name="Value">The text without quotes.</param>
    /// <param name="Plain">Whether it was written without quotes on one line, so that offsets in it are offsets in the file.</param>
    public sealed record Scalar(SourceSpan Span, string Value, bool Plain) : SyntaxNode(Span)
    {
        /// <inheritdoc />
        public override string Kind => IsNothing ? "nothing" : $"'{Value}'";

        /// <summary>The span of a part of the value, as near as can be told.</summary>
        public SourceSpan Part(int offset, int length) => Plain ? Span.Part(offset, length) : Span;
    }

    /// <summary>One key of a mapping with its value.</summary>
    public sealed record Entry(Scalar Key, SyntaxNode Value);
}
