using System.Collections.Immutable;

namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>
/// What rules say about the starts of visits, as bounds on differences in minutes. Starts are counted in ticks of 5 minutes, so what must end by a
/// start ends by the tick. Across midnight a clock change may add or take up to three hours; within a day none is reckoned with.
/// </summary>
/// <param name="protocol">The protocol.</param>
/// <param name="days">Which visits share a day.</param>
/// <param name="orders">What is known of orders already: they say the same whichever visits share a day.</param>
internal sealed class Moments(Protocol protocol, SharedDays days, Dictionary<Rule, MomentBound[]> orders)
{
    private const int Tick = 5;

    private const int ClockChange = 180;

    /// <summary>The bounds of one rule.</summary>
    public IEnumerable<MomentBound> Of(Rule rule) => rule switch
    {
        Rule.Cadence { PerDay: { } daily } cadence =>
            from day in cadence.Days
            from k in Enumerable.Range(1, day.Length - 1)
            from bound in Between(day[k - 1], day[k], daily.EveryMinutes - daily.ToleranceMinutes, daily.EveryMinutes + daily.ToleranceMinutes)
            select bound,
        Rule.Order order => OfOrder(order),
        Rule.HourWindow window when window.Anchor.VisitOrNone is { } anchor => window.Visits.SelectMany(v => OfHours(window, anchor, v)),
        Rule.SameDay same => same.Pairs.SelectMany(p => OfPlace(same.Place, p.Visit, p.Partner)),
        _ => [],
    };

    /// <summary>When on their days visits can start, by their modes and by rules, in minutes from midnight.</summary>
    public ImmutableArray<(int From, int To)> StartsOf(ImmutableArray<VisitId> visits, IEnumerable<Rule> rules)
    {
        var starts = visits.ToDictionary(v => v, StartsOf);
        foreach (var times in rules.OfType<Rule.TimeOfDay>().Where(r => r.Strength.IsMust))
        {
            foreach (var visit in times.Visits.Where(starts.ContainsKey))
            {
                var (from, to) = starts[visit];
                var duration = protocol.TypeOf(visit).DurationOf(visit.Ordinal);
                starts[visit] = (Math.Max(from, times.StartsFrom ?? 0), Math.Min(to, Math.Min(times.StartsTo ?? to, (times.EndsBy - duration) ?? to)));
            }
        }

        return [.. visits.Select(v => starts[v]).Select(s => (Up(s.From), s.To - Modulo(s.To)))];
    }

    /// <summary>The length of a visit in whole ticks.</summary>
    public int LengthOf(VisitId visit) => Up(protocol.TypeOf(visit).DurationOf(visit.Ordinal));

    /// <summary>One visit ends at or before the start of another.</summary>
    public MomentBound Ends(VisitId earlier, VisitId later) => new(later, earlier, -LengthOf(earlier));

    private static IEnumerable<MomentBound> Between(VisitId first, VisitId second, int least, int most) =>
        [new(second, first, -least), new(first, second, most)];

    private static int Up(int minutes) => minutes + Modulo(-minutes);

    private static int Modulo(int minutes) => ((minutes % Tick) + Tick) % Tick;

    private (int From, int To) StartsOf(VisitId visit)
    {
        var type = protocol.TypeOf(visit);
        var duration = type.DurationOf(visit.Ordinal);
        return type.Mode == Mode.SelfReport ? (8 * 60, (20 * 60) - duration) : (0, (24 * 60) - duration);
    }

    private MomentBound[] OfOrder(Rule.Order order)
    {
        if (!orders.TryGetValue(order, out var bounds))
        {
            var groups = order.Groups.Select(g => g.GroupBy(v => v.Type).Select(s => (First: s.MinBy(v => v.Ordinal), Last: s.MaxBy(v => v.Ordinal))).ToList()).ToList();
            orders[order] = bounds = [.. groups.Zip(groups.Skip(1), (before, after) => before.SelectMany(b => after.Select(a => Ends(b.Last, a.First)))).SelectMany(b => b).Distinct()];
        }

        return bounds;
    }

    private ImmutableArray<MomentBound> OfHours(Rule.HourWindow window, VisitId anchor, VisitId visit)
    {
        if (!days.Has(anchor) || !days.Has(visit))
        {
            return [];
        }

        var slack = days.DayOf(anchor) == days.DayOf(visit) ? 0 : ClockChange;
        var target = window.TargetMinutes + (window.Anchor is Anchor.EndOf ? protocol.TypeOf(anchor).DurationOf(anchor.Ordinal) : 0);
        return [.. Between(anchor, visit, target + window.Allowed.From - slack, target + window.Allowed.To + slack)];
    }

    private IEnumerable<MomentBound> OfPlace(DayPlace place, VisitId visit, VisitId partner)
    {
        switch (place)
        {
            case DayPlace.Before:
                return [Ends(visit, partner)];
            case DayPlace.After:
                return [Ends(partner, visit)];
            case DayPlace.Starts starts:
                var moment = starts.FromEnd ? LengthOf(partner) : 0;
                return Between(partner, visit, moment + starts.Earliest, moment + starts.Latest);
            default:
                return [];
        }
    }
}

/// <summary><paramref name="To"/> starts at most so many minutes after <paramref name="From"/>.</summary>
internal readonly record struct MomentBound(VisitId From, VisitId To, int Most);
