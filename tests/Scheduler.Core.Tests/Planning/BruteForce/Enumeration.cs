using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>What enumeration found: the best calendar with its cost, or nulls where there is none.</summary>
internal sealed record Answer(Cost? Cost, Cost? CostWithConditional, TreatmentCalendar? Calendar, long Tries)
{
    public bool IsFeasible => Calendar is not null;
}

/// <summary>
/// Places a course by trying everything: visit by visit in the protocol's order, day by day, start by start, resource by resource, which
/// is also the order in which ties are broken, so that the first of equally good calendars is the right one. A branch is
/// left when what is placed breaks a law or a rule, which more visits cannot mend, or when what is placed costs more already
/// than a calendar that was found, in terms that more visits cannot lower.
/// </summary>
internal sealed class Enumeration
{
    private readonly PlanningRequest request;
    private readonly Laws laws;
    private readonly Costs costs;
    private readonly ImmutableArray<VisitId> visits;
    private readonly ImmutableArray<ImmutableArray<Placement>> candidates;
    private readonly List<Rules.Demand>[,] demands;
    private readonly long limit;
    private readonly Placement?[] placed;
    private readonly bool[] isConditional;
    private readonly bool[] isLeftOut;
    private readonly Spans spans;
    private readonly ImmutableArray<ImmutableArray<int>> sameDate;
    private long tries;
    private (Cost Cost, Placement?[] Placed)? best;
    private (int Count, Cost Cost, Placement?[] Placed)? bestWithConditional;

    private Enumeration(PlanningRequest request, long limit)
    {
        this.request = request;
        this.limit = limit;
        laws = new(request);
        costs = new(request, laws);
        visits = request.Protocol.Visits;
        isConditional = [.. visits.Select(v => request.Protocol.TypeOf(v).IsConditional)];
        placed = [.. visits.Select(v => request.Fixed.FirstOrDefault(f => f.Id == v) is { } stays ? new Placement(request, stays, isFixed: true) : null)];
        isLeftOut = [.. visits.Select(v => request.LeftOut.Contains(v))];
        demands = DemandsByPair();
        spans = Spans.Of(request);
        candidates =
        [
            .. visits.Select((v, i) => placed[i] is null && !isLeftOut[i]
                ? Candidates(v, spans.LastDay(i, isConditional[i] ? spans.LastCertainDay(isConditional) : spans.Start)).ToImmutableArray()
                : []),
        ];
        sameDate = [.. visits.Select(v => SameDate(v).ToImmutableArray())];
    }

    /// <summary>The best answer to a request; null when it takes more than <paramref name="limit"/> tries.</summary>
    public static Answer? Solve(PlanningRequest request, long limit = long.MaxValue) => new Enumeration(request, limit).Run();

    /// <summary>Everywhere that one visit could lie if it were the only one.</summary>
    public static ImmutableArray<PlacedVisit> PlacesOf(PlanningRequest request, VisitId visit) =>
        [.. new Enumeration(request, 0).candidates[request.Protocol.Visits.IndexOf(visit)].Select(p => p.Visit)];

    private Answer? Run()
    {
        PlaceCertain(0);
        if (tries > limit)
        {
            return null;
        }

        if (best is not { } found)
        {
            return new(null, null, null, tries);
        }

        Array.Copy(found.Placed, placed, placed.Length);
        if (isConditional.Contains(true))
        {
            PlaceConditional(0, 0);
        }

        if (tries > limit)
        {
            return null;
        }

        var all = bestWithConditional?.Placed ?? found.Placed;
        var calendar = new TreatmentCalendar(
            [.. all.OfType<Placement>().Select(p => p.Visit)], [.. visits.Where((_, i) => all[i] is null && !isLeftOut[i])]);
        return new(found.Cost, bestWithConditional?.Cost, calendar, tries);
    }

    private void PlaceCertain(int index)
    {
        while (index < visits.Length && (isConditional[index] || isLeftOut[index] || placed[index] is not null))
        {
            index++;
        }

        if (index == visits.Length)
        {
            var cost = costs.Of(placed);
            if (best is null || cost.CompareTo(best.Value.Cost) < 0)
            {
                best = (cost, [.. placed]);
            }

            return;
        }

        var others = placed.OfType<Placement>().ToList();
        foreach (var candidate in Open(index))
        {
            if (++tries > limit)
            {
                return;
            }

            if (Fits(candidate, others))
            {
                placed[index] = candidate;
                if (CanStartInTime() && (best is null || AtLeast().CompareTo(best.Value.Cost with { Fragments = 0 }) <= 0))
                {
                    PlaceCertain(index + 1);
                }

                placed[index] = null;
            }
        }
    }

    private void PlaceConditional(int index, int count)
    {
        while (index < visits.Length && (!isConditional[index] || isLeftOut[index] || placed[index] is not null))
        {
            index++;
        }

        if (index == visits.Length)
        {
            if (!AnchorsArePlaced() || !Rules.SetsAreWhole(request, v => placed[visits.IndexOf(v)] is not null))
            {
                return;
            }

            var cost = costs.Of(placed);
            if (bestWithConditional is not { } known || count > known.Count || (count == known.Count && cost.CompareTo(known.Cost) < 0))
            {
                bestWithConditional = (count, cost, [.. placed]);
            }

            return;
        }

        var others = placed.OfType<Placement>().ToList();
        var last = spans.LastDay(index, others.Where(o => !isConditional[o.Index]).Max(o => o.Day));
        foreach (var candidate in Open(index).TakeWhile(c => c.Day <= last))
        {
            if (++tries > limit)
            {
                return;
            }

            if (Worlds(candidate, others).All(world => Fits(candidate, world)) && KeepsWindows(candidate, others))
            {
                placed[index] = candidate;
                PlaceConditional(index + 1, count + 1);
                placed[index] = null;
            }
        }

        PlaceConditional(index + 1, count);
    }

    private IEnumerable<Placement> Candidates(VisitId visit, int lastDay)
    {
        var type = request.Protocol.TypeOf(visit);
        var duration = type.DurationOf(visit.Ordinal);
        var teams = Teams(type, 0).ToList();
        var grid = laws.GridOf(visit);
        for (var date = request.From; date <= request.From.PlusDays(lastDay); date = date.PlusDays(1))
        {
            for (var start = 0; start + duration <= Hours.MinutesPerDay; start += grid)
            {
                if (!laws.AllowTime(type, duration, date, start))
                {
                    continue;
                }

                foreach (var team in teams)
                {
                    var candidate = new Placement(request, Placement.Put(type, visit.Ordinal, date, start, team), isFixed: false);
                    if (laws.AllowAlone(candidate) && Rules.HoldAlone(request, candidate))
                    {
                        yield return candidate;
                    }
                }
            }
        }
    }

    // The visits that must be on the date of one: where one of them is placed, other days need not be tried.
    private IEnumerable<int> SameDate(VisitId visit) =>
        from rule in request.Protocol.Rules
        let days = rule switch
        {
            Rule.SameDay same => same.Pairs.Select(p => new[] { p.Visit, p.Partner }),
            Rule.Cadence { PerDay: { } daily } cadence => cadence.Series.Chunk(daily.Times),
            _ => [],
        }
        from day in days
        where day.Contains(visit)
        from other in day
        where other != visit && !request.Protocol.ExcludeEachOther(visit, other)
        select visits.IndexOf(other);

    private IEnumerable<Placement> Open(int index)
    {
        foreach (var other in sameDate[index])
        {
            if (placed[other] is { } partner)
            {
                return candidates[index].Where(c => c.Day == partner.Day);
            }
        }

        return candidates[index];
    }

    // Resources for the needs from one on, in the order in which ties are broken.
    private IEnumerable<ImmutableArray<string>> Teams(VisitType type, int need) =>
        need == type.Needs.Length
            ? [[]]
            : from resource in request.Clinic.Resources.OrderBy(r => r.Id, StringComparer.Ordinal)
              where Laws.CanFill(resource, type.Needs[need])
              from rest in Teams(type, need + 1)
              where !rest.Contains(resource.Id)
              select rest.Insert(0, resource.Id);

    private bool Fits(Placement candidate, IReadOnlyList<Placement> others)
    {
        foreach (var other in others)
        {
            if (!Keeps(candidate, other, windowsOnly: false))
            {
                return false;
            }
        }

        return laws.AllowAmong(candidate, others);
    }

    private bool Keeps(Placement candidate, Placement other, bool windowsOnly)
    {
        foreach (var demand in demands[candidate.Index, other.Index])
        {
            if ((demand.EvenIfExcluding || !windowsOnly)
                && !(demand.First == candidate.Visit.Id ? demand.Holds(candidate, other) : demand.Holds(other, candidate)))
            {
                return false;
            }
        }

        return true;
    }

    private bool KeepsWindows(Placement candidate, IReadOnlyList<Placement> others) => others.All(o => Keeps(candidate, o, windowsOnly: true));

    private bool AnchorsArePlaced() => request.Protocol.Rules.SelectMany(r => Rules.Hanging(request, r)).All(hanging =>
        placed[visits.IndexOf(hanging.On)] is not null || placed[visits.IndexOf(hanging.Visit)] is null or { IsFixed: true });

    // The ways in which a conditional visit can come true: with all certain visits, and with conditional ones that exclude neither it nor
    // each other.
    private IEnumerable<IReadOnlyList<Placement>> Worlds(Placement candidate, List<Placement> others)
    {
        IEnumerable<ImmutableList<Placement>> worlds = [[.. others.Where(o => !isConditional[o.Index])]];
        foreach (var other in others.Where(o => isConditional[o.Index] && !Excluding(o, candidate)))
        {
            worlds = worlds.SelectMany(w => w.Any(o => Excluding(o, other)) ? [w] : new[] { w, w.Add(other) }).ToList();
        }

        return worlds;
    }

    private bool Excluding(Placement a, Placement b) => request.Protocol.ExcludeEachOther(a.Visit.Id, b.Visit.Id);

    // With no fixed visits, the earliest certain visit lies in the range of start days: one that is placed, or one that can still.
    private bool CanStartInTime() =>
        !request.Fixed.IsEmpty
        || visits.Where((_, i) => !isConditional[i] && EarliestDay(i) < request.StartWithinDays).Any();

    private int EarliestDay(int index) => placed[index]?.Day ?? (candidates[index].IsEmpty ? Spans.Endless : candidates[index][0].Day);

    // What every completion costs at least, fragments apart.
    private Cost AtLeast()
    {
        var treatment = Enumerable.Range(0, visits.Length)
            .Where(i => !isConditional[i] && !isLeftOut[i] && request.Protocol.TypeOf(visits[i]).Purpose == VisitPurpose.Treatment)
            .ToList();
        return costs.Points(placed) with
        {
            DaysToFirst = treatment.Count == 0 ? 0 : treatment.Min(EarliestDay),
            DaysToLast = treatment.Count == 0 ? 0 : treatment.Max(EarliestDay),
        };
    }

    private List<Rules.Demand>[,] DemandsByPair()
    {
        var byPair = new List<Rules.Demand>[visits.Length, visits.Length];
        for (var i = 0; i < visits.Length; i++)
        {
            for (var j = 0; j < visits.Length; j++)
            {
                byPair[i, j] = [];
            }
        }

        foreach (var demand in request.Protocol.Rules.SelectMany(rule => Rules.Demands(request, rule)))
        {
            var (i, j) = (visits.IndexOf(demand.First), visits.IndexOf(demand.Second));
            byPair[i, j].Add(demand);
            byPair[j, i].Add(demand);
        }

        return byPair;
    }
}
