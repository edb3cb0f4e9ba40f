using System.Collections.Immutable;

namespace Scheduler.Core.Diagnostics;

/// <summary>Collects the diagnostics of one input, so that all its mistakes come at once.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> items = [];

    /// <summary>Whether anything was reported that keeps the input from being used.</summary>
    public bool HasErrors => items.Exists(d => d.Severity == Severity.Error);

    /// <summary>How many diagnostics there are so far.</summary>
    public int Count => items.Count;

    /// <summary>Reports one diagnostic.</summary>
    public void Add(Diagnostic diagnostic) => items.Add(diagnostic);

    /// <summary>Reports several diagnostics.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics) => items.AddRange(diagnostics);

    /// <summary>All diagnostics in the order of the text, each once.</summary>
    public ImmutableArray<Diagnostic> ToSorted() =>
        [.. items.Distinct().OrderBy(d => d.Where.File, StringComparer.Ordinal).ThenBy(d => d.Where.Start).ThenBy(d => d.Code, StringComparer.Ordinal)];
}
