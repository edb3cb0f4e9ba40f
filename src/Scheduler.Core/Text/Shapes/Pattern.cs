using System.Text;

namespace Scheduler.Core.Text.Shapes;

/// <summary>
/// Regular expressions for phrases, in the part of the language that JSON Schema and .NET share. Words fit whatever their case, as they
/// do when a <see cref="Phrase"/> is read; a pattern has no flag for that, so that each letter stands there twice.
/// </summary>
public static class Pattern
{
    /// <summary>A whole number without sign.</summary>
    public const string Number = "[0-9]+";

    /// <summary>A time of day.</summary>
    public const string Time = "[0-9]{1,2}:[0-5][0-9]";

    /// <summary>A date.</summary>
    public const string Date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    /// <summary>Between two words.</summary>
    public const string Space = "\\s+";

    /// <summary>A whole value: the parts with white space between them.</summary>
    public static string Whole(params ReadOnlySpan<string> parts) => $"^\\s*{Parts(parts)}\\s*$";

    /// <summary>Parts with white space between them.</summary>
    public static string Parts(params ReadOnlySpan<string> parts) => string.Join(Space, parts.ToArray());

    /// <summary>One of several.</summary>
    public static string Or(params ReadOnlySpan<string> choices) => $"(?:{string.Join('|', choices.ToArray())})";

    /// <summary>These words, whatever their case.</summary>
    public static string Words(string words) => string.Join(Space, words.Split(' ').Select(Word));

    /// <summary>One of these words or phrases, the longest first, since an earlier choice that is the head of a later one would win.</summary>
    public static string OneOf(IEnumerable<string> words) => Or([.. words.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Select(Words)]);

    /// <summary>One or more, joined by commas or <c>and</c>.</summary>
    public static string Several(string one) => $"{one}(?:{Or($"\\s*,\\s*", $"{Space}{Words("and")}{Space}")}{one})*";

    private static string Word(string word)
    {
        var text = new StringBuilder();
        foreach (var c in word)
        {
            _ = char.IsAsciiLetter(c) ? text.Append('[').Append(char.ToLowerInvariant(c)).Append(char.ToUpperInvariant(c)).Append(']')
                : c is '-' || char.IsAsciiDigit(c) ? text.Append(c)
                : throw new ArgumentException($"No word of a phrase: '{word}'.", nameof(word));
        }

        return text.ToString();
    }
}
