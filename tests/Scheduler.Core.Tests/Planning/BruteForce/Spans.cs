using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>How many days at most the rules allow from one visit to another, and with that the last day of a visit.</summary>
internal static class Spans
{
    /// <summary>A distance that nothing bounds.</summary>
    public const int Endless = 1_000_000;

    private const int Untied = 180;
    private const int BeyondAllowed = 28;

    /// <summary>The last day after <c>from</c> on which each visit can lie, in the protocol's order.</summary>
    public static int[] LastDays(PlanningRequest request)
    {
        var visits = request.Protocol.Visits;
        var lastStart = request.Fixed.Select(v => v.Date).Append(request.LastStart).Max();
        var start = Period.DaysBetween(request.From, lastStart);
        var span = Between(request);
        var certain = Enumerable.Range(0, visits.Length).Where(i => !request.Protocol.TypeOf(visits[i]).IsConditional).ToList();
        var furthest = visits.Select((_, to) => certain.Max(from => span[from, to])).ToList();
        var horizon = furthest.Max(f => f >= Endless ? Untied : f);

        // What a conditional visit ties together comes apart when that visit stays unplaced.
        var amongCertain = Between(request, certainOnly: true);
        return
        [
            .. visits.Select((_, to) => start + Math.Min(horizon, certain.Contains(to) ? certain.Max(from => amongCertain[from, to]) : furthest[to])),
        ];
    }

    /// <summary>The greatest distance in days from each visit to each other.</summary>
    private static int[,] Between(PlanningRequest request, bool certainOnly = false)
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

        foreach (var (from, to, days) in request.Protocol.VisitTypes.SelectMany(SeriesOrder).Concat(request.Protocol.Rules.SelectMany(r => Of(request, r))))
        {
            if (certainOnly && (request.Protocol.TypeOf(from).IsConditional || request.Protocol.TypeOf(to).IsConditional))
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

    private static IEnumerable<(VisitId From, VisitId To, int Days)> SeriesOrder(VisitType type) =>
        type.Visits.Skip(1).Select((later, i) => (later, type.Visits[i], -1));

    private static IEnumerable<(VisitId From, VisitId To, int Days)> Of(PlanningRequest request, Rule rule) => rule switch
    {
        Rule.Cadence cadence => OfCadence(cadence),
        Rule.Order order => OfOrder(order),
        Rule.Window window => OfWindow(request, window),
        _ => [],
    };

    private static IEnumerable<(VisitId From, VisitId To, int Days)> OfCadence(Rule.Cadence cadence)
    {
        var series = cadence.Series;
        for (var k = 1; k < series.Length; k++)
        {
            if (cadence.PerWeek is { } rhythm)
            {
                yield return (series[0], series[k], (7 * (k / rhythm.Phases[0].Times)) + 6);
            }

            if (cadence.Every is { } every)
            {
                yield return (series[k - 1], series[k], every.Days + every.Tolerance);
            }

            if (cadence.FreeDaysAtMost is { } most)
            {
                yield return (series[k - 1], series[k], most + 1);
            }

            if (cadence.Within is { } within)
            {
                yield return (series[0], series[k], MostDays(within) - 1);
            }
        }
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
        var anchor = window.Anchor switch
        {
            Anchor.StartOf start => start.Visit,
            Anchor.EndOf end => end.Visit,
            _ => (VisitId?)null,
        };
        return anchor is not { } counted
            ? []
            : window.Visits.SelectMany(v => new[]
            {
                (counted, v, MostDays(window.Target) + leeway.To + beyond),
                (v, counted, beyond - leeway.From - LeastDays(window.Target)),
            });
    }

    private static int MostDays(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static int LeastDays(Period period) => period.Days + (7 * period.Weeks) + (28 * period.Months);
}
