using System.Globalization;

namespace Scheduler.Core.Protocols;

/// <summary>Names one planned visit of a protocol: the fourth <c>infusion</c>.</summary>
/// <param name="Type">The id of the visit type.</param>
/// <param name="Ordinal">Its place in the series, from 1.</param>
public readonly record struct VisitId(string Type, int Ordinal)
{
    /// <summary>The id as it is written everywhere: <c>infusion[4]</c>.</summary>
    public override string ToString() => $"{Type}[{Ordinal}]";

    /// <summary>The visit of an id as this program writes it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static VisitId Parse(string id) => id.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket && id[^1] == ']'
        ? new(id[..bracket], int.Parse(id.AsSpan(bracket + 1, id.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{id}' is no visit.");
}
