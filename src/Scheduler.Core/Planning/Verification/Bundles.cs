using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>Visits that belong together on a day, as a protocol's rules say.</summary>
internal sealed class Bundles
{
    private readonly List<Dictionary<VisitId, int>> severalADay = [];

    public Bundles(Protocol protocol)
    {
        foreach (var cadence in SeveralADay(protocol))
        {
            var days = new Dictionary<VisitId, int>();
            for (var i = 0; i < cadence.Series.Length; i++)
            {
                days.TryAdd(cadence.Series[i], i / cadence.PerDay!.Times);
            }

            severalADay.Add(days);
        }
    }

    /// <summary>Whether a cadence with several visits a day puts two visits on one of its days.</summary>
    public bool AreOfOneDay(VisitId a, VisitId b)
    {
        foreach (var days in severalADay)
        {
            if (days.TryGetValue(a, out var day) && days.TryGetValue(b, out var other) && day == other)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a visit and its partner are one stay: a place beside the partner is given in minutes.</summary>
    public static bool AreOneStay(Protocol protocol, VisitId a, VisitId b) =>
        Places(protocol).Any(r => r.Pairs.Contains(new(a, b)) || r.Pairs.Contains(new(b, a)));

    /// <summary>Whether a visit's start follows from another's, on the clinic's grid or not.</summary>
    public static bool Follows(Protocol protocol, VisitId visit) =>
        Places(protocol).Any(r => r.Place is DayPlace.Starts place && place.Earliest == place.Latest && r.Pairs.Any(p => p.Visit == visit))
        || SeveralADay(protocol).Any(c => c.PerDay!.ToleranceMinutes == 0 && c.Series.IndexOf(visit) is var index and > 0 && index % c.PerDay.Times > 0);

    private static IEnumerable<Rule.SameDay> Places(Protocol protocol) => protocol.Rules.OfType<Rule.SameDay>().Where(r => r.Place is DayPlace.Starts);

    private static IEnumerable<Rule.Cadence> SeveralADay(Protocol protocol) => protocol.Rules.OfType<Rule.Cadence>().Where(c => c.PerDay is not null);
}
