using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>The visits of a course by index, in the protocol's order: which are fixed, which may be missing, and which are never both needed.</summary>
internal sealed class CourseVisits
{
    private readonly PlanningRequest request;
    private readonly Dictionary<VisitId, int> index;
    private readonly PlacedVisit?[] fixedAt;
    private readonly PlacedVisit?[] bookedAt;
    private readonly bool[] isOptional;

    /// <summary>Numbers the visits of a request.</summary>
    public CourseVisits(PlanningRequest request)
    {
        this.request = request;
        index = Enumerable.Range(0, Ids.Length).ToDictionary(v => Ids[v]);
        (fixedAt, bookedAt) = (Places(request.Fixed), Places(request.Booked));

        isOptional = [.. Ids.Select(v => Protocol.TypeOf(v).IsConditional || request.LeftOut.Contains(v))];
        int[] conditional = [.. Enumerable.Range(0, Ids.Length).Where(v => Protocol.TypeOf(Ids[v]).OnlyIf is not null)];
        Exclusive = [.. from a in conditional from b in conditional where a != b && Protocol.ExcludeEachOther(Ids[a], Ids[b]) select (a, b)];
    }

    /// <summary>The visits.</summary>
    public ImmutableArray<VisitId> Ids => request.Protocol.Visits;

    /// <summary>Pairs that are never both needed.</summary>
    public HashSet<(int, int)> Exclusive { get; }

    /// <summary>Where visits are fixed, by index.</summary>
    public IReadOnlyList<PlacedVisit?> FixedAt => fixedAt;

    /// <summary>Where visits are booked that may be moved, by index; of those that are fixed nobody asks.</summary>
    public IReadOnlyList<PlacedVisit?> BookedAt => bookedAt;

    /// <summary>The dates of the fixed visits.</summary>
    public IEnumerable<LocalDate> FixedDates => fixedAt.OfType<PlacedVisit>().Select(v => v.Date);

    private Protocol Protocol => request.Protocol;

    private PlacedVisit?[] Places(ImmutableArray<PlacedVisit> given)
    {
        var places = new PlacedVisit?[Ids.Length];
        foreach (var visit in given.Where(v => index.ContainsKey(v.Id)))
        {
            places[index[visit.Id]] = visit;
        }

        return places;
    }

    /// <summary>The index of a visit.</summary>
    public int IndexOf(VisitId visit) => index[visit];

    /// <summary>Pairs of visits that are one stay, either way round, so that one may lie inside the other.</summary>
    public HashSet<(int, int)> Stays()
    {
        var stays = new HashSet<(int, int)>();
        foreach (var (visit, partner) in Freedoms.Stays(Protocol))
        {
            stays.Add((index[visit], index[partner]));
            stays.Add((index[partner], index[visit]));
        }

        return stays;
    }

    /// <summary>The index of a need in the type of its visit.</summary>
    public int NeedIndex(VisitNeed need)
    {
        var needs = Protocol.TypeOf(need.Visit).Needs;
        for (var i = 0; i < needs.Length; i++)
        {
            if (needs[i].Id == need.Need)
            {
                return i;
            }
        }

        throw new ArgumentException($"Visit type '{need.Visit.Type}' has no need '{need.Need}'.", nameof(need));
    }

    /// <summary>Whether a calendar may do without a visit.</summary>
    public bool IsOptional(int visit) => isOptional[visit];

    /// <summary>Whether the course goes without a visit.</summary>
    public bool IsLeftOut(VisitId visit) => request.LeftOut.Contains(visit);

    /// <summary>Whether any visit of these is fixed or may be left out, so that what holds for neighbours need not hold for all.</summary>
    public bool HaveGaps(IEnumerable<VisitId> visits) => visits.Select(IndexOf).Any(v => fixedAt[v] is not null || isOptional[v]);

    /// <summary>Whether rules say anything of two visits: not where both are fixed, nor where one excludes the other.</summary>
    public bool AreJudged(int first, int second) => (fixedAt[first] is null || fixedAt[second] is null) && !Exclusive.Contains((first, second));

    /// <summary>Minutes from the tick in which a visit starts to the first tick behind it.</summary>
    public int LengthOf(VisitId visit)
    {
        var (start, length) = fixedAt[index[visit]] is { } place
            ? (place.Start.Minute, (int)Period.Between(place.Start, place.End, PeriodUnits.Minutes).Minutes)
            : (0, Protocol.TypeOf(visit).DurationOf(visit.Ordinal));
        return TickSet.Minutes * (TickSet.CeilingTick(start + length) - TickSet.FloorTick(start));
    }
}
