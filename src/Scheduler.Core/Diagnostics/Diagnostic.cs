namespace Scheduler.Core.Diagnostics;

/// <summary>How grave a diagnostic is.</summary>
public enum Severity
{
    /// <summary>Worth a look; the input is used as it stands.</summary>
    Warning,

    /// <summary>A mistake: the input is not used.</summary>
    Error,
}

/// <summary>
/// One mistake in an input: where it is, what was found, what was expected and what to do.
/// Made only by <see cref="Messages"/>, the catalogue, so that a code has one wording.
/// </summary>
/// <param name="Code">The stable code, such as <c>PR014</c>: two letters for the room, three digits.</param>
/// <param name="Severity">Whether the input can still be used.</param>
/// <param name="Where">The place of the mistake.</param>
/// <param name="Message">What was found and what was expected, in the author's words, as whole sentences.</param>
public sealed record Diagnostic(string Code, Severity Severity, SourceSpan Where, string Message)
{
    /// <summary>The other side of the mistake, where there is one: the first of two duplicates, the rule that contradicts.</summary>
    public SourceSpan? See { get; init; }

    /// <summary>The diagnostic in one line: <c>file:line:column: CODE: message</c>.</summary>
    public override string ToString() =>
        $"{Where}: {(Severity == Severity.Warning ? "warning " : "")}{Code}: {Message}{(See is { } see ? $" (See {see}.)" : "")}";
}
