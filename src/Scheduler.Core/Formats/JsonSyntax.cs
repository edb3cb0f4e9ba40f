using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Formats;

/// <summary>A piece of JSON with its place in the text. A closed set.</summary>
public abstract record JsonSyntax
{
    private JsonSyntax(SourceSpan span) => Span = span;

    /// <summary>Where the value stands.</summary>
    public SourceSpan Span { get; }

    /// <summary>What the value is, in words that complete "found …".</summary>
    public abstract string Kind { get; }

    /// <summary>Members, in the order of the text. Names are unique: a duplicate is reported when the text is read.</summary>
    public sealed record Structure(SourceSpan Span, ImmutableArray<JsonMember> Members) : JsonSyntax(Span)
    {
        /// <inheritdoc />
        public override string Kind => "an object";
    }

    /// <summary>An array.</summary>
    public sealed record List(SourceSpan Span, ImmutableArray<JsonSyntax> Items) : JsonSyntax(Span)
    {
        /// <inheritdoc />
        public override string Kind => "an array";
    }

    /// <summary>A string, unescaped.</summary>
    public sealed record Text(SourceSpan Span, string Value) : JsonSyntax(Span)
    {
        /// <inheritdoc />
        public override string Kind => $"\"{Value}\"";
    }

    /// <summary>A number, as written.</summary>
    public sealed record Number(SourceSpan Span, string Value) : JsonSyntax(Span)
    {
        /// <inheritdoc />
        public override string Kind => $"the number {Value}";
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public sealed record Truth(SourceSpan Span, bool Value) : JsonSyntax(Span)
    {
        /// <inheritdoc />
        public override string Kind => Value ? "true" : "false";
    }

    /// <summary><c>null</c>.</summary>
    public sealed record Nothing(SourceSpan Span) : JsonSyntax(Span)
    {
        /// <inheritdoc />
        public override string Kind => "null";
    }
}

/// <summary>A named value of an object.</summary>
/// <param name="Name">The name.</param>
/// <param name="NameSpan">Where the name stands.</param>
/// <param name="Value">The value.</param>
public sealed record JsonMember(string Name, SourceSpan NameSpan, JsonSyntax Value);
