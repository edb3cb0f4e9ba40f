using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>How many days at most the rules allow from one visit to another, and with that the last day of a visit.</summary>
internal sealed class Spans
{
    /// <summary>A distance that nothing bounds.</summary>
    public const int Endless = 1_000_000;

    private const int Untied = 180;
    private const int BeyondAllowed = 28;

    private readonly int[] own;
    private readonly int horizon;

    private Spans(PlanningRequest request)
    {
        var visits = request.Protocol.Visits;
        Start = Period.DaysBetween(request.From, request.Fixed.Select(v => v.Date).Append(request.LastStart).Max());
        var certain = Enumerable.Range(0, visits.Length)
            .Where(i => !request.Protocol.TypeOf(visits[i]).IsConditional && !request.LeftOut.Contains(visits[i]))
            .ToList();

        // What a conditional visit ties together comes apart when that visit stays unplaced.
        var (all, amongCertain) = (Between(request, certainOnly: false), Between(request, certainOnly: true));
        own = [.. visits.Select((v, to) => certain.Max(from => certain.Contains(to) ? amongCertain[from, to] : request.LeftOut.Contains(v) ? 0 : all[from, to]))];
        horizon = own.Max(days => days >= Endless ? Untied : days);
    }

    /// <summary>The last day after <c>from</c> on which the course can start.</summary>
    public int Start { get; }

    public static Spans Of(PlanningRequest request) => new(request);

    /// <summary>The last day of a visit, by its place in the protocol's order, where the last start is the later of that of the course and a day.</summary>
    public int LastDay(int visit, int start) => Math.Max(Start, start) + Math.Min(horizon, own[visit]);

    /// <summary>The last day on which any certain visit can lie.</summary>
    public int LastCertainDay(bool[] isConditional) => Enumerable.Range(0, own.Length).Where(i => !isConditional[i]).Max(i => LastDay(i, Start));

    /// <summary>The greatest distance in days from each visit to each other.</summary>
    private static int[,] Between(PlanningRequest request, bool certainOnly)
    {
        var visits = request.Protocol.Visits;
        var span = new int[visits.Length, visits.Length];
        for (var i = 0; i < visits.Length; i++)
        {
            for (var j = 0; j < visits.Length; j++)
            {
                span[i, j] = i == j ? 0 : Endless;
            }
        }

        foreach (var (from, to, days) in request.Protocol.VisitTypes.SelectMany(t => SeriesOrder(request, t)).Concat(request.Protocol.Rules.SelectMany(r => Of(request, r))))
        {
            var isOut = request.LeftOut.Contains(from) || request.LeftOut.Contains(to);
            if (isOut || (certainOnly && (request.Protocol.TypeOf(from).IsConditional || request.Protocol.TypeOf(to).IsConditional)))
            {
                continue;
            }

            var (i, j) = (visits.IndexOf(from), visits.IndexOf(to));
            span[i, j] = Math.Min(span[i, j], days);
        }

        for (var via = 0; via < visits.Length; via++)
        {
            for (var i = 0; i < visits.Length; i++)
            {
                for (var j = 0; j < visits.Length; j++)
                {
                    if (span[i, via] < Endless && span[via, j] < Endless)
                    {
                        span[i, j] = Math.Min(span[i, j], span[i, via] + span[via, j]);
                    }
                }
            }
        }

        return span;
    }

    // Every later visit after every earlier one: those in between may be left out.
    private static IEnumerable<(VisitId From, VisitId To, int Days)> SeriesOrder(PlanningRequest request, VisitType type) =>
        from k in Enumerable.Range(1, type.Count - 1)
        from j in Enumerable.Range(0, k)
        let isOneDay = request.Protocol.Rules.OfType<Rule.Cadence>().Any(c =>
            c.PerDay is { } daily && c.Series.Chunk(daily.Times).Any(day => day.Contains(type.Visits[j]) && day.Contains(type.Visits[k])))
        select (type.Visits[k], type.Visits[j], isOneDay ? 0 : -1);

    private static IEnumerable<(VisitId From, VisitId To, int Days)> Of(PlanningRequest request, Rule rule) => rule switch
    {
        Rule.Cadence cadence => OfCadence(cadence).Concat(OfClosedWeeks(request, cadence)),
        Rule.Order order => OfOrder(order),
        Rule.Window window => OfWindow(request, window),
        Rule.HourWindow window => OfHourWindow(request, window),
        Rule.SameDay same => same.Pairs.SelectMany(p => new[] { (p.Visit, p.Partner, 0), (p.Partner, p.Visit, 0) }),
        _ => [],
    };

    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfCadence(Rule.Cadence cadence)
    {
        var perDay = cadence.PerDay?.Times ?? 1;
        for (var i = 0; i < cadence.Series.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (first, later, day, days) = (cadence.Series[j], cadence.Series[i], i / perDay, (i / perDay) - (j / perDay));
                if (days == 0)
                {
                    yield return (first, later, 0);
                    yield return (later, first, 0);
                }

                if (days == 1 && cadence.Every is { } every)
                {
                    yield return (first, later, every.Days + every.Tolerance);
                }

                if (days == 1 && cadence.FreeDaysAtMost is { } most)
                {
                    yield return (first, later, most + 1);
                }

                if (days > 0 && days == day && cadence.PerWeek is { HasFewerWhereClosed: false } rhythm)
                {
                    yield return (first, later, (7 * Rules.WeeksOf(rhythm, day).Last()) + 6);
                }

                if (days > 0 && days == day && cadence.Within is { } within)
                {
                    yield return (first, later, MostDays(within) - 1);
                }
            }
        }
    }

    // From a first day in the year after from, or where it is.
    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfClosedWeeks(PlanningRequest request, Rule.Cadence cadence)
    {
        if (cadence.PerWeek is not { HasFewerWhereClosed: true })
        {
            return [];
        }

        var weeks = new ClosedWeeks(request, cadence);
        return
            from k in weeks.Days
            let most = (weeks.GivenFirst is { } given ? [given] : Enumerable.Range(0, 367).Select(request.From.PlusDays)).Max(first => Period.DaysBetween(first, weeks.Of(k, first).To))
            from first in weeks.Visits[weeks.First]
            from visit in weeks.Visits[k]
            select (first, visit, most);
    }

    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfOrder(Rule.Order order) =>
        from i in Enumerable.Range(1, order.Groups.Length - 1)
        from earlier in order.Groups[i - 1]
        from later in order.Groups[i]
        from bound in order.AtMost is { } most
            ? new[] { (earlier, later, MostDays(most)), (later, earlier, 0) }
            : [(later, earlier, 0)]
        select bound;

    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfWindow(PlanningRequest request, Rule.Window window)
    {
        var (leeway, beyond) = request.Deviations switch
        {
            DeviationLimit.None => (window.Ideal, 0),
            DeviationLimit.Minor => (window.Allowed, 0),
            _ => (window.Allowed, BeyondAllowed),
        };
        var anchor = Rules.AnchorOf(request, window.Anchor, window.Fallback).VisitOrNone;
        return anchor is not { } counted
            ? []
            : window.Visits.SelectMany(v => new[]
            {
                (counted, v, MostDays(window.Target) + leeway.To + beyond),
                (v, counted, beyond - leeway.From - LeastDays(window.Target)),
            });
    }

    // Clocks change by three hours at most.
    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfHourWindow(PlanningRequest request, Rule.HourWindow window)
    {
        var beyond = request.Deviations == DeviationLimit.Major ? BeyondAllowed * 24 * 60 : 0;
        var leeway = request.Deviations == DeviationLimit.None ? window.Ideal : window.Allowed;
        var (least, most) = (window.TargetMinutes + leeway.From - beyond, window.TargetMinutes + leeway.To + beyond);
        return Rules.AnchorOf(request, window.Anchor, window.Fallback).VisitOrNone is not { } anchor
            ? []
            : window.Visits.SelectMany(v => new[]
            {
                (anchor, v, (int)Math.Floor((most + 180) / 1440.0) + 1),
                (v, anchor, -(int)Math.Floor((least - 180) / 1440.0)),
            });
    }

    private static int MostDays(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int LeastDays(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);
}
