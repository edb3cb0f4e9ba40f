using NodaTime;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Which visits lie before which in every calendar, as far as series, orders, same-day places and windows say so one by one.</summary>
internal sealed class Sequence
{
    private readonly ILookup<VisitId, VisitId> next;

    /// <summary>Collects what a protocol says.</summary>
    public Sequence(Protocol protocol)
    {
        var series = protocol.VisitTypes.SelectMany(t => t.Visits.Zip(t.Visits.Skip(1)));
        next = series.Concat(protocol.Rules.SelectMany(Of)).ToLookup(p => p.First, p => p.Second);
    }

    /// <summary>The visits that must lie after one.</summary>
    public HashSet<VisitId> After(VisitId earlier)
    {
        var seen = new HashSet<VisitId>();
        var open = new Stack<VisitId>([earlier]);
        while (open.TryPop(out var visit))
        {
            foreach (var after in next[visit].Where(seen.Add))
            {
                open.Push(after);
            }
        }

        return seen;
    }

    /// <summary>Whether a visit must lie before another one.</summary>
    public bool MustPrecede(VisitId earlier, VisitId later) => After(earlier).Contains(later);

    private static IEnumerable<(VisitId First, VisitId Second)> Of(Rule rule) => rule switch
    {
        Rule.Order order =>
            from g in Enumerable.Range(1, order.Groups.Length - 1)
            // The order of the series says the rest.
            from earlier in order.Groups[g - 1].GroupBy(v => v.Type).Select(t => t.MaxBy(v => v.Ordinal))
            from later in order.Groups[g].GroupBy(v => v.Type).Select(t => t.MinBy(v => v.Ordinal))
            select (earlier, later),
        Rule.SameDay same => same.Place switch
        {
            DayPlace.Before or DayPlace.Starts { Latest: < 0 } => same.Pairs.Select(p => (p.Visit, p.Partner)),
            DayPlace.After or DayPlace.Starts { FromEnd: true, Earliest: >= 0 } or DayPlace.Starts { Earliest: > 0 } => same.Pairs.Select(p => (p.Partner, p.Visit)),
            _ => [],
        },
        Rule.Window window when window.Anchor.VisitOrNone is { } anchor => Beside(anchor, window.Visits, Fewest(window.Target) + window.Allowed.From, Most(window.Target) + window.Allowed.To),
        Rule.HourWindow window when window.Anchor.VisitOrNone is { } anchor => Beside(anchor, window.Visits, window.TargetMinutes + window.Allowed.From, window.TargetMinutes + window.Allowed.To),
        _ => [],
    };

    private static IEnumerable<(VisitId First, VisitId Second)> Beside(VisitId anchor, IEnumerable<VisitId> visits, int fewest, int most) =>
        fewest > 0 ? visits.Select(v => (anchor, v)) : most < 0 ? visits.Select(v => (v, anchor)) : [];

    private static int Most(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int Fewest(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);
}
