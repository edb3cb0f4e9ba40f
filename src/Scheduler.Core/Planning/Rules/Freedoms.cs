using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>What rules allow rather than ask. It stays allowed where a rule is left out of account, so that leaving one out never makes a course harder.</summary>
internal static class Freedoms
{
    /// <summary>The visits whose starts follow from others', on the clinic's grid or not.</summary>
    public static HashSet<VisitId> OffGrid(Protocol protocol) =>
    [
        .. protocol.Rules.OfType<Rule.SameDay>()
            .Where(r => r.Place is DayPlace.Starts starts && starts.Earliest == starts.Latest)
            .SelectMany(r => r.Pairs.Select(p => p.Visit)),
        .. protocol.Rules.OfType<Rule.Cadence>()
            .Where(r => r.PerDay is { ToleranceMinutes: 0 })
            .SelectMany(r => r.Days.SelectMany(day => day.Skip(1))),
    ];

    /// <summary>The pairs that are one stay, so that one may lie inside the other.</summary>
    public static IEnumerable<DayPair> Stays(Protocol protocol) =>
        protocol.Rules.OfType<Rule.SameDay>().Where(r => r.Place is DayPlace.Starts).SelectMany(r => r.Pairs);

    /// <summary>For the visits that a cadence puts several on a day, which cadence and which of its days.</summary>
    public static Dictionary<VisitId, (string Rule, int Day)> DaysOfSeveral(Protocol protocol)
    {
        var days = new Dictionary<VisitId, (string, int)>();
        foreach (var cadence in protocol.Rules.OfType<Rule.Cadence>().Where(c => c.PerDay is not null))
        {
            for (var d = 0; d < cadence.Days.Length; d++)
            {
                foreach (var visit in cadence.Days[d])
                {
                    days.TryAdd(visit, (cadence.Id, d));
                }
            }
        }

        return days;
    }
}
