using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Benchmarks.Peers;

/// <summary>How far apart the days of visits lie, from what rules say of pairs; and so on which days each can lie at all.</summary>
internal sealed class CourseDays
{
    private const int Unbounded = 100_000;
    private readonly ImmutableArray<VisitId> visits;
    private readonly int[,] most;

    private CourseDays(ImmutableArray<VisitId> visits, int[,] most) => (this.visits, this.most) = (visits, most);

    /// <summary>Finds them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="lags">Bounds on the days from one visit to another, by index.</param>
    public static CourseDays Of(PlanningRequest request, IEnumerable<(int From, int To, int Least, int Most)> lags)
    {
        var count = request.Protocol.Visits.Length;
        var table = new int[count, count];
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < count; b++)
            {
                table[a, b] = a == b ? 0 : Unbounded;
            }
        }

        foreach (var (from, to, least, greatest) in lags)
        {
            table[from, to] = Math.Min(table[from, to], greatest);
            table[to, from] = Math.Min(table[to, from], -least);
        }

        for (var via = 0; via < count; via++)
        {
            for (var a = 0; a < count; a++)
            {
                for (var b = 0; b < count; b++)
                {
                    table[a, b] = Math.Min(table[a, b], Math.Min(Unbounded, table[a, via] + table[via, b]));
                }
            }
        }

        return new(request.Protocol.Visits, table);
    }

    /// <summary>The most days from one visit to another.</summary>
    public int Most(int from, int to) => most[from, to];

    /// <summary>Whether two visits can share a day, as far as distances say.</summary>
    public bool MayMeet(int a, int b) => most[a, b] >= 0 && most[b, a] >= 0;

    /// <summary>Whether a visit can be the earliest: none lies always before it.</summary>
    public bool MayOpen(int visit) => !Enumerable.Range(0, visits.Length).Any(other => most[visit, other] < 0);

    /// <summary>The days on which a visit can lie, counted from the request's first.</summary>
    public (int First, int Last) Of(int visit, PlanningRequest request)
    {
        var all = Enumerable.Range(0, visits.Length);
        var last = request.StartWithinDays - 1 + all.Max(other => most[other, visit]);
        return last < Unbounded / 2
            ? (all.Max(other => -most[visit, other]), last)
            : throw new NotSupportedException($"Nothing bounds how late {visits[visit]} may be, which the peers' models need.");
    }

    /// <summary>The fewest and the most days that a period takes, from any date of the horizon.</summary>
    public static (int Least, int Most) Length(Period period, LocalDate from)
    {
        var lengths = Enumerable.Range(0, 400).Select(d => Period.DaysBetween(from.PlusDays(d), from.PlusDays(d) + period)).ToList();
        return (lengths.Min(), lengths.Max());
    }
}
