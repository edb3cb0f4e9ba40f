namespace Scheduler.Core.Protocols;

/// <summary>Names one planned visit of a protocol: the fourth <c>infusion</c>.</summary>
/// <param name="Type">The id of the visit type.</param>
/// <param name="Ordinal">Its place in the series, from 1.</param>
public readonly record struct VisitId(string Type, int Ordinal)
{
    /// <summary>The id as it is written everywhere: <c>infusion[4]</c>.</summary>
    public override string ToString() => $"{Type}[{Ordinal}]";
}
