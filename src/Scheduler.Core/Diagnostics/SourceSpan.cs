namespace Scheduler.Core.Diagnostics;

/// <summary>A place in a text: line and column, both counted from 1, columns in UTF-16 characters.</summary>
public readonly record struct Position(int Line, int Column) : IComparable<Position>
{
    /// <summary>The first character of a text.</summary>
    public static Position Start { get; } = new(1, 1);

    /// <inheritdoc />
    public int CompareTo(Position other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);

    /// <summary>The position as <c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}

/// <summary>A stretch of a named text, from <see cref="Start"/> (inclusive) to <see cref="End"/> (exclusive).</summary>
/// <param name="File">The name under which the text was handed in; it need not exist on disk.</param>
/// <param name="Start">The first character.</param>
/// <param name="End">The first character after it.</param>
public readonly record struct SourceSpan(string File, Position Start, Position End)
{
    /// <summary>The span of a file as a whole, for mistakes that have no line of their own.</summary>
    public static SourceSpan Whole(string file) => new(file, Position.Start, Position.Start);

    /// <summary>The part of this one-line span that begins <paramref name="offset"/> characters in and is <paramref name="length"/> long.</summary>
    public SourceSpan Part(int offset, int length) =>
        Start.Line != End.Line
            ? this
            : new(File, new(Start.Line, Start.Column + offset), new(Start.Line, Start.Column + offset + Math.Max(length, 1)));

    /// <summary>The span as <c>file:line:column</c>, which editors and terminals turn into a link.</summary>
    public override string ToString() => $"{File}:{Start}";
}
