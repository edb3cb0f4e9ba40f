namespace Scheduler.Core.Diagnostics;

/// <summary>Text of a file as it may be shown: whatever could steer a terminal, or turn the line around, is replaced.</summary>
public static class PlainText
{
    /// <summary>The text with each control character, and each that changes the direction of writing, as U+FFFD.</summary>
    public static string Of(string text) => text.Any(Steers) ? string.Concat(text.Select(c => Steers(c) ? '\uFFFD' : c)) : text;

    /// <summary>The same for several lines, whose ends stay.</summary>
    public static string OfLines(string text) => text.Any(c => Steers(c) && c is not ('\r' or '\n'))
        ? string.Concat(text.Select(c => Steers(c) && c is not ('\r' or '\n') ? '\uFFFD' : c))
        : text;

    private static bool Steers(char c) => char.IsControl(c) || c is (>= '\u200E' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
