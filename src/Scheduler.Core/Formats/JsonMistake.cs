using System.Text;

namespace Scheduler.Core.Formats;

/// <summary>Says why a text is no JSON, in words of our own: what stands there, and what belongs there.</summary>
internal static class JsonMistake
{
    /// <summary>The offset of the mistake, and what it is in whole sentences.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="stopped">The byte at which a reader gave up.</param>
    /// <param name="maxDepth">How deep objects and arrays may be nested.</param>
    public static (int At, string Why) Find(ReadOnlySpan<byte> utf8, int stopped, int maxDepth)
    {
        var scan = Scan(utf8, stopped);
        if (scan.InText)
        {
            return (scan.Last, InText(utf8, stopped));
        }

        if (scan.Open.Count >= maxDepth)
        {
            return (stopped, $"objects and arrays are nested more than {maxDepth} deep here.");
        }

        var at = stopped;
        while (at > 0 && IsOfWord(utf8[at - 1]))
        {
            at--;
        }

        // Where the text ends behind a whole value, that value is not what is wrong.
        at = stopped >= utf8.Length && IsValue(utf8[at..]) ? stopped : at;
        scan = Scan(utf8, at);
        return (at, $"{Found(utf8, at)} {Expected(utf8, scan)}");
    }

    /// <summary>What was open when a place was reached, the last byte before it that counts, and whether that is the end of a name.</summary>
    private static (Stack<byte> Open, int Last, bool InText, bool AfterName) Scan(ReadOnlySpan<byte> utf8, int to)
    {
        var (open, last, inText, isName) = (new Stack<byte>(), -1, false, false);
        for (var i = 0; i < to; i++)
        {
            if (inText)
            {
                if (utf8[i] == '\\')
                {
                    i++;
                }
                else if (utf8[i] == '"')
                {
                    (inText, last) = (false, i);
                }

                continue;
            }

            switch (utf8[i])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    continue;
                case (byte)'"':
                    isName = open.TryPeek(out var inside) && inside == '{' && last >= 0 && utf8[last] is (byte)'{' or (byte)',';
                    inText = true;
                    break;
                case (byte)'{' or (byte)'[':
                    open.Push(utf8[i]);
                    break;
                case (byte)'}' or (byte)']':
                    open.TryPop(out _);
                    break;
            }

            last = i;
        }

        return (open, last, inText, isName && last >= 0 && utf8[last] == '"');
    }

    private static string InText(ReadOnlySpan<byte> utf8, int stopped)
    {
        var isEnd = stopped >= utf8.Length || utf8[stopped] < ' ';
        return isEnd
            ? "the double quote that opens here is not closed on its line."
            : "the text that opens here has a backslash that stands for nothing. Write '\\\\' for a backslash, '\\n' for a new line.";
    }

    private static string Found(ReadOnlySpan<byte> utf8, int at)
    {
        if (at >= utf8.Length)
        {
            return "the file ends here;";
        }

        var end = at;
        while (end < utf8.Length && end < at + 40 && IsOfWord(utf8[end]))
        {
            end++;
        }

        if (end > at)
        {
            return $"found '{Encoding.UTF8.GetString(utf8[at..end])}',";
        }

        Rune.DecodeFromUtf8(utf8[at..], out var rune, out _);
        return $"found '{(Rune.IsControl(rune) ? $"U+{rune.Value:X4}" : rune.ToString())}',";
    }

    private static string Expected(ReadOnlySpan<byte> utf8, (Stack<byte> Open, int Last, bool InText, bool AfterName) scan)
    {
        var inObject = scan.Open.TryPeek(out var inside) && inside == '{';
        return (scan.Last < 0 ? (byte)0 : utf8[scan.Last]) switch
        {
            0 => "expected '{'.",
            (byte)'{' => "expected a name in double quotes, or '}'.",
            (byte)'[' => "expected a value, or ']'.",
            (byte)',' => $"expected {(inObject ? "a name in double quotes" : "a value")} after the comma.",
            (byte)':' => "expected a value: a text in double quotes, a number, true, false, null, '{' or '['.",
            _ when scan.AfterName => "expected ':' after the name.",
            _ when scan.Open.Count == 0 => "expected nothing more after the end.",
            _ => $"expected ',' or '{(inObject ? '}' : ']')}'.",
        };
    }

    private static bool IsValue(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) || word.SequenceEqual("null"u8) || (word.Length > 0 && word[^1] is >= (byte)'0' and <= (byte)'9');

    private static bool IsOfWord(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (byte)'_' or (byte)'+' or (byte)'-' or (byte)'.' or >= 0x80;
}
