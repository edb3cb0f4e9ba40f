using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text;

/// <summary>
/// Says what an author probably meant where a text is no YAML. A parser reports where it gave up and in its own words; the slip is
/// told from the lines around that place. Each diagnosis claims a slip only where its signs are there, and the first that does is given.
/// </summary>
/// <param name="scene">The lines, and the place.</param>
/// <param name="keys">The keys that this kind of file knows, so that it can be told where a key ends that has no colon.</param>
internal sealed class SyntaxAdvice(BrokenPlace scene, IReadOnlyCollection<string> keys)
{
    private const string BeginsNoText = "@`%>|";

    /// <summary>The diagnosis for a place; null where none fits.</summary>
    public static Diagnostic? Find(BrokenPlace scene, IReadOnlyCollection<string> keys)
    {
        var advice = new SyntaxAdvice(scene, keys);
        Func<Diagnostic?>[] diagnoses =
        [
            advice.Tab,
            advice.OpenQuote,
            advice.TextAfterEnd,
            advice.SpareBracket,
            advice.BracketsInName,
            advice.FirstCharacter,
            advice.Dash,
            advice.KeyInsideLine,
            advice.ColonInText,
            advice.ColonInBraces,
            advice.Deeper,
            advice.BesideAllLevels,
            advice.NoColonHere,
            advice.NoColonAbove,
            advice.OpenBracket,
        ];
        return diagnoses.Select(d => d()).FirstOrDefault(d => d is not null);
    }

    private Diagnostic? Tab()
    {
        var tabbed = scene.Lines.FirstOrDefault(l => l.Number >= scene.Line.Number && !l.IsEmpty && l.Text[..l.Indent].Contains('\t', StringComparison.Ordinal));
        return tabbed is not null && (scene.SpeaksOfTabs || tabbed == scene.Line)
            ? Messages.TabIndents(scene.Span(tabbed, tabbed.Text.IndexOf('\t', StringComparison.Ordinal), 1))
            : null;
    }

    /// <summary>A quote that is closed by none on its line, or only by one that was meant for something else further down.</summary>
    private Diagnostic? OpenQuote()
    {
        if (scene.At is '\'' or '"' && scene.Line.QuoteEnd(scene.Offset) is null)
        {
            return Messages.QuoteStaysOpen(scene.Span(scene.Line, scene.Offset, 1));
        }

        var (line, offset) = scene.Reached;
        var quote = line.At(offset);
        var isOpen = quote is '\'' or '"' && line.Number < scene.Line.Number && line.QuoteEnd(offset) is null;
        return isOpen && scene.Lines[line.Number..(scene.Line.Number - 1)].All(l => !l.Text.Contains(quote)) && scene.Line.Text[..scene.Offset].Contains(quote)
            ? Messages.QuoteStaysOpen(scene.Span(line, offset, 1))
            : null;
    }

    private Diagnostic? TextAfterEnd() =>
        scene.Before is '\'' or '"' or ']' or '}' && scene.Offset < scene.Line.End && !"]},:".Contains(scene.At, StringComparison.Ordinal)
        && scene.Line.OpenBrackets(scene.Offset) is []
            ? Messages.TextAfterEnd(scene.Span(scene.Line, scene.Offset, 1), scene.Before)
            : null;

    private Diagnostic? SpareBracket() =>
        scene.At is ']' or '}' && scene.Line.KeyEnd is not null && scene.Line.OpenBrackets(scene.Offset) is []
            ? Messages.BracketClosesNothing(scene.Span(scene.Line, scene.Offset, 1), scene.At)
            : null;

    /// <summary>Outside of brackets <c>pe[2]</c> is plain text, so that a parser that stumbles over it is inside some.</summary>
    private Diagnostic? BracketsInName()
    {
        if (scene.At != '[' || scene.Offset == 0 || !char.IsAsciiLetterOrDigit(scene.Line.At(scene.Offset - 1)))
        {
            return null;
        }

        var (from, to) = scene.Line.Element(scene.Offset);
        return Messages.BracketsInName(scene.Span(scene.Line, from, to - from), scene.Line.Text[from..to]);
    }

    private Diagnostic? FirstCharacter()
    {
        if (scene.Before is not (':' or '-' or ',' or '[' or '{'))
        {
            return null;
        }

        var at = scene.Span(scene.Line, scene.Offset, 1);
        return BeginsNoText.Contains(scene.At, StringComparison.Ordinal) ? Messages.TextBeginsWith(at, scene.At)
            : scene.At == '-' && scene.Before == ':' ? Messages.ItemBesideKey(at)
            : null;
    }

    private Diagnostic? Dash() =>
        scene.Line.Content is ['-', not (' ' or '-'), ..] && scene.Offset == scene.Line.Indent
            ? Messages.NoSpaceAfterDash(scene.Span(scene.Line, scene.Offset, 1), $"- {scene.Line.Content[1..]}")
            : null;

    private Diagnostic? KeyInsideLine() =>
        scene.At == ':' && scene.Line.KeyEnd < scene.Offset && keys.Contains(scene.Line.Text[scene.Line.ValueStart..scene.Offset])
            ? Messages.KeyInsideLine(
                scene.Span(scene.Line, scene.Line.ValueStart, scene.Offset - scene.Line.ValueStart), scene.Line.Key!, scene.Line.Text[scene.Line.ValueStart..scene.Offset])
            : null;

    private Diagnostic? ColonInText() =>
        scene.At == ':' && scene.Line.KeyEnd < scene.Offset && scene.Line.OpenBrackets(scene.Offset) is []
            ? Messages.ColonInText(scene.Span(scene.Line, scene.Line.ValueStart, scene.Line.End - scene.Line.ValueStart))
            : null;

    /// <summary>A second colon in one value of a mapping or list in brackets; the value reaches from the key's colon to the next comma or bracket.</summary>
    private Diagnostic? ColonInBraces()
    {
        var (text, colon) = (scene.Line.Text, scene.Offset);
        if (scene.At != ':' || scene.Line.At(colon + 1) is not (' ' or '\0') || scene.Line.OpenBrackets(colon) is not [.., var open])
        {
            return null;
        }

        var key = text.LastIndexOf(": ", colon, colon - open, StringComparison.Ordinal);
        var from = key + 2;
        if (key < 0 || text[from..colon].Contains(',', StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.AsSpan(colon, scene.Line.End - colon).IndexOfAny(',', ']', '}');
        var to = end < 0 ? scene.Line.End : colon + end;
        return Messages.ColonInText(scene.Span(scene.Line, from, to - from));
    }

    /// <summary>A key that stands deeper than the one above it, which has its value already.</summary>
    private Diagnostic? Deeper()
    {
        var (line, above) = (scene.Line, scene.Above(scene.Line));
        if (above?.KeyEnd is null || above.ValueStart >= above.End || line.KeyEnd is null || line.KeyColumn <= above.KeyColumn)
        {
            return null;
        }

        if (scene.Offset != line.KeyEnd && scene.Offset != line.KeyColumn)
        {
            return null;
        }

        // Where the lines before and after agree, the one between them is the slip.
        return scene.Above(above) is { } before && before.KeyColumn == line.KeyColumn
            ? Messages.IndentFitsNothing(scene.Span(above, above.Indent, 1), above.KeyColumn, (before.KeyColumn, before.Number), null)
            : Messages.IndentedFurther(scene.Span(line, line.Indent, 1), line.KeyColumn, above.KeyColumn, goesOn: !keys.Contains(line.Key!));
    }

    /// <summary>A line that stands less deep than the one above, and as deep as none further up that it could belong with.</summary>
    private Diagnostic? BesideAllLevels()
    {
        var levels = scene.LevelsAbove(scene.Line);
        if (scene.Offset != scene.Line.Indent || levels.IsEmpty || scene.Line.Indent >= levels[0].Indent || levels.Any(l => l.Indent == scene.Line.Indent))
        {
            return null;
        }

        // Levels are two spaces deep as a rule: of two lines that do not agree, the one with an odd number is the slip.
        if (scene.Line.Indent % 2 == 0 && levels[0].Indent % 2 == 1 && levels[0].Line == scene.Above(scene.Line) && levels[0].Line.KeyColumn == levels[0].Indent)
        {
            return Messages.IndentFitsNothing(
                scene.Span(levels[0].Line, levels[0].Indent, 1), levels[0].Indent, (scene.Line.Indent, scene.Line.Number), null);
        }

        var inner = levels.Last(l => l.Indent > scene.Line.Indent);
        var outer = levels.FirstOrDefault(l => l.Indent < scene.Line.Indent);
        return Messages.IndentFitsNothing(
            scene.Span(scene.Line, scene.Line.Indent, 1), scene.Line.Indent, (inner.Indent, inner.Line.Number), outer.Line is null ? null : (outer.Indent, outer.Line.Number));
    }

    private Diagnostic? NoColonHere() => scene.Offset <= scene.Line.End && !scene.Line.IsEmpty && scene.Line.KeyEnd is null ? NoColon(scene.Line) : null;

    /// <summary>Lines without a colon become one long text, over whose end a parser stumbles: the first of them is the slip.</summary>
    private Diagnostic? NoColonAbove()
    {
        var culprit = scene.Above(scene.Line);
        if (culprit is null || culprit.KeyEnd is not null || scene.Line.KeyEnd is null)
        {
            return null;
        }

        while (scene.Above(culprit) is { KeyEnd: null } above && above.Indent == culprit.Indent)
        {
            culprit = above;
        }

        return NoColon(culprit);
    }

    private Diagnostic? NoColon(SourceLine line)
    {
        var (content, at) = (line.Content, scene.Span(line, line.KeyColumn, line.End - line.KeyColumn));
        if (content.Length == 0 || !char.IsAsciiLetter(content[0]))
        {
            return null;
        }

        if (LostColon.Find(at, content, keys) is { } known)
        {
            return known;
        }

        var colon = content.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && content[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && !content.AsSpan(colon + 1).StartsWith("//")
            ? Messages.NoSpaceAfterColon(at, $"{content[..colon]}: {content[(colon + 1)..]}")
            : content.Contains(' ', StringComparison.Ordinal) ? Messages.NeitherKeyNorText(at, content) : Messages.NoColon(at, content, $"{content}:");
    }

    /// <summary>A bracket that is open where its line ends, though the next line begins with a key of its own.</summary>
    private Diagnostic? OpenBracket()
    {
        var line = scene.Line.IsEmpty ? scene.Above(scene.Line) : scene.Line;
        if (line is null || line.OpenBrackets(line.End) is not [.., var open] || line.At(line.End - 1) is ',' or '[' or '{')
        {
            return null;
        }

        return scene.Below(line) is null || scene.Below(line) is { KeyEnd: not null } next && next.Indent <= line.Indent
            ? Messages.BracketStaysOpen(scene.Span(line, open, 1), line.At(open))
            : null;
    }
}
