using System.Collections.Immutable;

namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>
/// What rules say about the starts of visits, as bounds on differences in minutes. Starts are counted in ticks of 5 minutes, so what must end by a
/// start ends by the tick. Across midnight a clock change may add or take up to three hours; within a day none is reckoned with.
/// </summary>
/// <param name="protocol">The protocol.</param>
/// <param name="days">Which visits share a day.</param>
internal sealed class Moments(Protocol protocol, SharedDays days)
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
        Rule.Order order =>
            from g in Enumerable.Range(1, order.Groups.Length - 1)
            from earlier in order.Groups[g - 1].GroupBy(v => v.Type)
            from later in order.Groups[g].GroupBy(v => v.Type)
            select Ends(earlier.MaxBy(v => v.Ordinal), later.MinBy(v => v.Ordinal)),
        Rule.HourWindow window when window.Anchor.VisitOrNone is { } anchor => window.Visits.SelectMany(v => OfHours(window, anchor, v)),
        Rule.SameDay same => same.Pairs.SelectMany(p => OfPlace(same.Place, p.Visit, p.Partner)),
        _ => [],
    };

    /// <summary>When on its day a visit can start, by its mode and by a rule, in minutes from midnight.</summary>
    public (int From, int To) StartsOf(VisitId visit, IEnumerable<Rule> rules)
    {
        var type = protocol.TypeOf(visit);
        var duration = type.DurationOf(visit.Ordinal);
        var (from, to) = type.Mode == Mode.SelfReport ? (8 * 60, (20 * 60) - duration) : (0, (24 * 60) - duration);
        foreach (var times in rules.OfType<Rule.TimeOfDay>().Where(r => r.Strength.IsMust && r.Visits.Contains(visit)))
        {
            from = Math.Max(from, times.StartsFrom ?? 0);
            to = Math.Min(to, Math.Min(times.StartsTo ?? to, (times.EndsBy - duration) ?? to));
        }

        return (Up(from), to - Modulo(to));
    }

    /// <summary>The length of a visit in whole ticks.</summary>
    public int LengthOf(VisitId visit) => Up(protocol.TypeOf(visit).DurationOf(visit.Ordinal));

    /// <summary>One visit ends at or before the start of another.</summary>
    public MomentBound Ends(VisitId earlier, VisitId later) => new(later, earlier, -LengthOf(earlier));

    private static IEnumerable<MomentBound> Between(VisitId first, VisitId second, int least, int most) =>
        [new(second, first, -least), new(first, second, most)];

    private static int Up(int minutes) => minutes + Modulo(-minutes);

    private static int Modulo(int minutes) => ((minutes % Tick) + Tick) % Tick;

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
