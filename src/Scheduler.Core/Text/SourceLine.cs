using System.Collections.Immutable;

namespace Scheduler.Core.Text;

/// <summary>One line of YAML as an author sees it: indentation, dashes, a key, a value, a comment.</summary>
internal sealed class SourceLine
{
    /// <param name="number">Its number, from 1.</param>
    /// <param name="text">The line without its end.</param>
    public SourceLine(int number, string text)
    {
        (Number, Text) = (number, text);
        Indent = text.Length - text.TrimStart(' ', '\t').Length;
        KeyColumn = Indent;
        while (At(KeyColumn) == '-' && At(KeyColumn + 1) == ' ')
        {
            KeyColumn++;
            while (At(KeyColumn) == ' ')
            {
                KeyColumn++;
            }
        }

        End = FindEnd();
        KeyEnd = FindKeyEnd();
        ValueStart = KeyEnd is { } colon ? colon + 1 + (text.Length - colon - 1 - text[(colon + 1)..].TrimStart().Length) : KeyColumn;
        ValueStart = Math.Min(ValueStart, Math.Max(End, 0));
    }

    /// <summary>The number, from 1.</summary>
    public int Number { get; }

    /// <summary>The whole line.</summary>
    public string Text { get; }

    /// <summary>How many spaces and tabs it begins with.</summary>
    public int Indent { get; }

    /// <summary>Where its key would begin: behind the indentation and the dashes of a list.</summary>
    public int KeyColumn { get; }

    /// <summary>Where it ends but for a comment and white space.</summary>
    public int End { get; }

    /// <summary>Where the colon behind its key is; null where it has no key.</summary>
    public int? KeyEnd { get; }

    /// <summary>Where the value behind its key begins.</summary>
    public int ValueStart { get; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => End <= Indent;

    /// <summary>The key; null where it has none.</summary>
    public string? Key => KeyEnd is { } end ? Text[KeyColumn..end] : null;

    /// <summary>What it says, without indentation, the dashes of a list and comment.</summary>
    public string Content => KeyColumn < End ? Text[KeyColumn..End] : "";

    /// <summary>The character at an offset; NUL beyond the line.</summary>
    public char At(int offset) => offset >= 0 && offset < Text.Length ? Text[offset] : '\0';

    /// <summary>Where the quote closes that opens at an offset; null where it does not on this line.</summary>
    public int? QuoteEnd(int open)
    {
        var quote = At(open);
        for (var i = open + 1; i < Text.Length; i++)
        {
            if (quote == '"' && Text[i] == '\\')
            {
                i++;
            }
            else if (Text[i] == quote && quote == '\'' && At(i + 1) == quote)
            {
                i++;
            }
            else if (Text[i] == quote)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>The offsets of the brackets that are open before an offset, as far as this line tells: those inside text do not count.</summary>
    public ImmutableArray<int> OpenBrackets(int before)
    {
        var open = new Stack<int>();
        var atStart = true;
        for (var i = KeyEnd is not null ? ValueStart : KeyColumn; i < Math.Min(before, Text.Length); i++)
        {
            var c = Text[i];
            if (atStart && c is '\'' or '"')
            {
                i = QuoteEnd(i) ?? Text.Length;
                atStart = false;
            }
            else if (c is '[' or '{' && (atStart || open.Count > 0))
            {
                open.Push(i);
                atStart = true;
            }
            else if (c is ']' or '}' && open.Count > 0)
            {
                open.Pop();
                atStart = false;
            }
            else if (c != ' ')
            {
                atStart = open.Count > 0 && (c == ',' || (c == ':' && At(i + 1) == ' '));
            }
        }

        return [.. open.Reverse()];
    }

    /// <summary>The element of a list or mapping in brackets around a <c>[</c> that belongs to a name.</summary>
    public (int From, int To) Element(int bracket)
    {
        var from = bracket;
        while (from > KeyColumn && Text[from - 1] is not ('[' or '{' or ',') && !(Text[from - 1] == ' ' && At(from - 2) is ':' or ','))
        {
            from--;
        }

        var (to, depth) = (bracket, 0);
        for (; to < End && (depth > 0 || Text[to] is not (',' or ']' or '}')); to++)
        {
            depth += Text[to] switch { '[' => 1, ']' => -1, _ => 0 };
        }

        return (from + (Text[from..to].Length - Text[from..to].TrimStart().Length), from + Text[from..to].TrimEnd().Length);
    }

    private int FindEnd()
    {
        for (var i = Indent; i < Text.Length; i++)
        {
            if (Text[i] is '\'' or '"' && (i == 0 || Text[i - 1] is ' ' or '[' or '{' or ','))
            {
                i = QuoteEnd(i) ?? i;
            }
            else if (Text[i] == '#' && (i == Indent || Text[i - 1] == ' '))
            {
                return Math.Max(Indent, Text.AsSpan(0, i).TrimEnd().Length);
            }
        }

        return Text.TrimEnd().Length;
    }

    private int? FindKeyEnd()
    {
        var from = At(KeyColumn) is '\'' or '"' ? (QuoteEnd(KeyColumn) ?? Text.Length) + 1 : KeyColumn;
        for (var i = from; i < End; i++)
        {
            if (Text[i] == ':' && i > KeyColumn && (i + 1 == Text.Length || Text[i + 1] is ' ' or '\t'))
            {
                return i;
            }

            if (Text[i] is '[' or '{' or '\'' or '"')
            {
                return null;
            }
        }

        return null;
    }
}
