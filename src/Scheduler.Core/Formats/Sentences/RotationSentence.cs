using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says along which visits nobody comes twice in a row.</summary>
internal static class RotationSentence
{
    public static string Of(Rule.Rotation rule, Protocol protocol) =>
        $"Of {Order(rule.Visits, protocol)} no two in a row {(rule.IsMust ? "may" : "should")} have the same person as {rule.Need}.";

    /// <summary>The visits, and their order where it is not that of one series.</summary>
    private static string Order(ImmutableArray<VisitId> visits, Protocol protocol)
    {
        string[] types = [.. visits.Select(v => v.Type).Distinct()];
        var all = English.Visits(visits, protocol, "all");
        if (IsInOrder(visits, types))
        {
            return types.Length == 1 ? all : $"{all}, in this order,";
        }

        return Enumerable.Range(0, visits.Length).All(i => visits[i].Type == types[i % types.Length]) && types.All(t => IsAscending(visits.Where(v => v.Type == t)))
            ? $"{all}, taken in turn ({string.Join(", ", visits.Take(types.Length + 1).Select(v => English.Visit(v, protocol)))} and so on),"
            : $"{English.Join(visits.Select(v => English.Visit(v, protocol)))}, in this order,";
    }

    /// <summary>Whether each series stands as a whole, one behind the other.</summary>
    private static bool IsInOrder(ImmutableArray<VisitId> visits, string[] types) =>
        types.SelectMany(t => visits.Where(v => v.Type == t)).SequenceEqual(visits) && types.All(t => IsAscending(visits.Where(v => v.Type == t)));

    private static bool IsAscending(IEnumerable<VisitId> series) => series.Zip(series.Skip(1)).All(p => p.First.Ordinal < p.Second.Ordinal);
}
