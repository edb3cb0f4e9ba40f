using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules;

/// <summary>What lags allow from each day of a horizon; of equal lags it is worked out once.</summary>
/// <param name="dates">The dates of the days.</param>
/// <param name="days">Days of the horizon.</param>
internal sealed class LagIntervals(Almanac dates, int days)
{
    private readonly Dictionary<Lag, DayIntervals> known = [];

    /// <summary>Lags between visits as relations between their days.</summary>
    public List<DayRelation> Relations(IReadOnlyList<(int First, int Second, Lag Lag)> lags)
    {
        var relations = new List<DayRelation>(lags.Count);
        var (latest, intervals) = (default(Lag), default(DayIntervals));
        foreach (var (first, second, lag) in lags)
        {
            // A rule says the same lag of many pairs, so that it need not be compared each time.
            if (!ReferenceEquals(lag, latest))
            {
                (latest, intervals) = (lag, Of(lag));
            }

            relations.Add(new(first, second, intervals!));
        }

        return relations;
    }

    private DayIntervals Of(Lag lag)
    {
        if (!known.TryGetValue(lag, out var intervals))
        {
            known.Add(lag, intervals = lag.Constant is var (least, most)
                ? new DayIntervals.Shifted(least, most)
                : new DayIntervals.Tabled(days, day => lag.Interval(day, dates.DateOf(day))));
        }

        return intervals;
    }
}
