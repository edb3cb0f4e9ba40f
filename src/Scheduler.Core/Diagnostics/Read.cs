using System.Collections.Immutable;

namespace Scheduler.Core.Diagnostics;

/// <summary>What came of reading an input: a value, or the mistakes that stand in its way. Warnings may accompany a value.</summary>
/// <param name="Value">The value, or null when there are errors.</param>
/// <param name="Diagnostics">Errors and warnings in the order of the text.</param>
public sealed record Read<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics)
    where T : class
{
    /// <summary>Whether the input can be used.</summary>
    public bool Succeeded => Value is not null;

    /// <summary>The value; for callers that have made sure of it.</summary>
    /// <exception cref="InvalidOperationException">The input had mistakes.</exception>
    public T Required => Value ?? throw new InvalidOperationException($"The input has mistakes: {string.Join("; ", Diagnostics)}");

    /// <summary>The outcome for <paramref name="value"/> and what was collected: no value when anything collected is an error.</summary>
    public static Read<T> From(T? value, DiagnosticBag bag) => new(bag.HasErrors ? null : value, bag.ToSorted());
}
