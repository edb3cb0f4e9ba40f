using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text.Shapes;

/// <summary>A value together with the place where it was written.</summary>
public readonly record struct Located<T>(T Value, SourceSpan Span);

/// <summary>
/// What may stand somewhere in a file, and the value that comes of it. A file format is one shape made of others; reading
/// reports everything that does not fit, and an editor's schema can be made from the same objects.
/// </summary>
public abstract class Shape<T>
{
    /// <summary>What is expected, in words that complete "expected …": <c>a duration such as '40 min'</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The keys that may stand in it at any depth, as far as they are not the author's own.</summary>
    public virtual IEnumerable<string> KeyNames => [];

    /// <summary>The same as data, for editors.</summary>
    public abstract Outline Outline { get; }

    /// <summary>Reads <paramref name="node"/>. When it does not fit, the mistakes are reported and the answer is false.</summary>
    public abstract bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out T value);

    /// <summary>Reads <paramref name="node"/> and keeps its place.</summary>
    public bool TryReadLocated(SyntaxNode node, Reading reading, out Located<T> located)
    {
        var fits = TryRead(node, reading, out var value);
        located = fits ? new(value!, node.Span) : default;
        return fits;
    }
}

/// <summary>The state of reading one file: where mistakes go, and what <c>$name</c> stands for.</summary>
public sealed class Reading(DiagnosticBag bag, ParameterValues parameters)
{
    /// <summary>Receives the mistakes.</summary>
    public DiagnosticBag Bag { get; } = bag;

    /// <summary>The values of the file's parameters.</summary>
    public ParameterValues Parameters { get; } = parameters;
}

/// <summary>The parameters of a file with their values as text, and which of them were used.</summary>
public sealed class ParameterValues
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>A file without parameters.</summary>
    public static ParameterValues None => new();

    /// <summary>The names in the order of their declaration.</summary>
    public IEnumerable<string> Names => values.Keys;

    /// <summary>Declares a parameter, or gives it another value.</summary>
    public void Set(string name, string value) => values[name] = value;

    /// <summary>The value of a parameter, which is marked as used.</summary>
    public bool TryUse(string name, [NotNullWhen(true)] out string? value)
    {
        used.Add(name);
        return values.TryGetValue(name, out value);
    }

    /// <summary>Whether anything used the parameter.</summary>
    public bool IsUsed(string name) => used.Contains(name);
}
