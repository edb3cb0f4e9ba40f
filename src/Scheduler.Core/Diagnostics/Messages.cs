namespace Scheduler.Core.Diagnostics;

/// <summary>
/// The one catalogue of messages: every diagnostic has its code and its wording here, one file a room
/// (<c>YA</c> text, <c>PR</c> protocols, <c>CL</c> clinics, <c>ME</c> what patients are told, <c>PA</c> patients, <c>RQ</c> requests, <c>CA</c> calendars and other JSON, <c>CO</c> courses).
/// A code keeps its meaning for ever; wording may improve and is held by tests.
/// </summary>
public static partial class Messages
{
    private static Diagnostic Error(string code, SourceSpan where, string message, SourceSpan? see = null) =>
        new(code, Severity.Error, where, message) { See = see };

    private static Diagnostic Warning(string code, SourceSpan where, string message, SourceSpan? see = null) =>
        new(code, Severity.Warning, where, message) { See = see };

    /// <summary>A name that nothing bears, with the nearest that something does and where such names are declared.</summary>
    private static Diagnostic Undeclared(string code, SourceSpan at, string kind, string name, IEnumerable<string> known, string? section = null) => Error(
        code, at, $"There is no {kind} '{Short(name)}'.{NearMatch.Question(name, known)} {char.ToUpperInvariant(kind[0])}{kind[1..]}s are declared under '{section ?? kind + "s"}'.");

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));

    /// <summary>Shortens what a user wrote, so that a message stays one readable line, and steers no terminal.</summary>
    private static string Short(string text)
    {
        var line = PlainText.Of(text.ReplaceLineEndings(" "));
        return line.Length <= 60 ? line : $"{line[..57]}...";
    }
}
