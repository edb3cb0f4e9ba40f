using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text;

/// <summary>The place at which a parser gave up, seen as lines of text.</summary>
internal sealed class BrokenPlace
{
    private readonly string file;

    /// <param name="file">The name to use in diagnostics.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="failed">Where the parser says that it failed.</param>
    /// <param name="reached">Where the last thing began that it understood.</param>
    /// <param name="why">The parser's own words.</param>
    public BrokenPlace(string file, string text, Position failed, Position reached, string why)
    {
        this.file = file;
        Lines = [.. text.Split('\n').Select((l, i) => new SourceLine(i + 1, l.TrimEnd('\r')))];

        // The parser points at the very beginning where it does not know better, and then at nothing of use.
        var place = failed.CompareTo(reached) < 0 ? reached : failed;
        Line = Lines[Math.Clamp(place.Line, 1, Lines.Length) - 1];
        Offset = Math.Clamp(place.Column - 1, 0, Line.Text.Length);
        var last = Lines[Math.Clamp(reached.Line, 1, Lines.Length) - 1];
        Reached = (last, Math.Clamp(reached.Column - 1, 0, last.Text.Length));
        SpeaksOfTabs = why.Contains("tab", StringComparison.Ordinal);
    }

    /// <summary>All lines.</summary>
    public ImmutableArray<SourceLine> Lines { get; }

    /// <summary>The line at which the parser gave up.</summary>
    public SourceLine Line { get; }

    /// <summary>Where in that line, counted from 0.</summary>
    public int Offset { get; }

    /// <summary>The beginning of the last thing that the parser understood.</summary>
    public (SourceLine Line, int Offset) Reached { get; }

    /// <summary>Whether the parser complained about a tab.</summary>
    public bool SpeaksOfTabs { get; }

    /// <summary>The character at the place; NUL at the end of the line.</summary>
    public char At => Line.At(Offset);

    /// <summary>The nearest character before the place on its line that is no space; NUL where there is none.</summary>
    public char Before => Line.Text.AsSpan(0, Offset).TrimEnd() is [.., var last] ? last : '\0';

    /// <summary>A part of a line as a place in the file.</summary>
    public SourceSpan Span(SourceLine line, int offset, int length) =>
        new(file, new(line.Number, offset + 1), new(line.Number, offset + 1 + Math.Max(length, 1)));

    /// <summary>The nearest line above another that says something.</summary>
    public SourceLine? Above(SourceLine line)
    {
        var i = line.Number - 2;
        while (i >= 0 && Lines[i].IsEmpty)
        {
            i--;
        }

        return i < 0 ? null : Lines[i];
    }

    /// <summary>The nearest line below another that says something.</summary>
    public SourceLine? Below(SourceLine line)
    {
        var i = line.Number;
        while (i < Lines.Length && Lines[i].IsEmpty)
        {
            i++;
        }

        return i == Lines.Length ? null : Lines[i];
    }

    /// <summary>The depths at which something is still open above a line, from the inside out, each with the line that shows it last.</summary>
    public ImmutableArray<(int Indent, SourceLine Line)> LevelsAbove(SourceLine line)
    {
        var levels = ImmutableArray.CreateBuilder<(int, SourceLine)>();
        var least = int.MaxValue;
        for (var i = line.Number - 2; i >= 0 && least > 0; i--)
        {
            foreach (var indent in Lines[i].IsEmpty ? [] : new[] { Lines[i].KeyColumn, Lines[i].Indent })
            {
                if (indent < least)
                {
                    levels.Add((indent, Lines[i]));
                    least = indent;
                }
            }
        }

        return levels.ToImmutable();
    }
}
