using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Text;

/// <summary>Recognises a known key whose colon, or the space behind it, was forgotten: <c>count 10</c>, <c>count:10</c>.</summary>
internal static class LostColon
{
    /// <summary>What to write instead; null where the text does not begin with a known key.</summary>
    /// <param name="at">Where the text stands.</param>
    /// <param name="text">The text.</param>
    /// <param name="keys">The keys that may stand there. The longest that fits is meant: <c>per week</c>, not <c>per</c>.</param>
    public static Diagnostic? Find(SourceSpan at, string text, IEnumerable<string> keys)
    {
        var key = keys
            .Where(k => text.StartsWith(k, StringComparison.Ordinal) && (text.Length == k.Length || text[k.Length] is ' ' or ':'))
            .MaxBy(k => k.Length);
        if (key is null)
        {
            return null;
        }

        var rest = text[key.Length..];
        return rest.StartsWith(':')
            ? Messages.NoSpaceAfterColon(at, $"{key}: {rest[1..].TrimStart()}")
            : Messages.NoColon(at, text, $"{key}: {rest.TrimStart()}".TrimEnd());
    }
}
