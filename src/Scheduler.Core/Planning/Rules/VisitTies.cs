using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>What a rule, or the order of a series, says of one visit: by itself, and beside each of the others. Other visits go by their index.</summary>
internal sealed class VisitTies
{
    /// <summary>What the date of one allows for the other's, and whether the visit is the first of the two.</summary>
    public required IReadOnlyList<(int Other, Lag Lag, bool IsFirst)> Lags { get; init; }

    /// <summary>The visits with which it never shares a day.</summary>
    public required IReadOnlyList<int> Apart { get; init; }

    /// <summary>The visits that end before it starts where they share a day.</summary>
    public required IReadOnlyList<int> Earlier { get; init; }

    /// <summary>The visits that start after its end where they share a day.</summary>
    public required IReadOnlyList<int> Later { get; init; }

    /// <summary>Minutes between starts on one day; one of the two is the visit.</summary>
    public required IReadOnlyList<Spacing> Spacings { get; init; }

    /// <summary>Windows in hours; one of the two is the visit.</summary>
    public required IReadOnlyList<HourSpan> Hours { get; init; }

    /// <summary>Windows of the visit, and those that count from it; the anchor is -1 for a known date.</summary>
    public required IReadOnlyList<(int Anchor, int Visit, Rule.Window Rule)> Windows { get; init; }

    /// <summary>The dates and times that it may have by itself, and what they cost.</summary>
    public required VisitLimits Limits { get; init; }

    /// <summary>Needs of the visit and of others that have the same person, or two.</summary>
    public required IReadOnlyList<(VisitNeed First, VisitNeed Second, bool Same, bool IsMust)> People { get; init; }

    /// <summary>Visits along which a need of the visit should have one person.</summary>
    public required IReadOnlyList<(IReadOnlyList<VisitId> Visits, string Need)> Chains { get; init; }
}
