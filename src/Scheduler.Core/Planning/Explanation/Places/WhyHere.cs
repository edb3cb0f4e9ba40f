using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>What holds a visit of a calendar where it is while all others stay, and where else it could be.</summary>
/// <param name="Now">Where it is.</param>
/// <param name="Cost">What the calendar costs, conditional visits apart.</param>
/// <param name="CostWithConditional">What it costs with its conditional visits; null where the protocol has none.</param>
/// <param name="Holds">What holds it, those first whose place would be the best.</param>
/// <param name="Next">The best place that it could have instead, and the first of equals; null where there is none.</param>
/// <param name="Places">In how many other places it could start.</param>
public sealed record WhyHere(PlacedVisit Now, Cost Cost, Cost? CostWithConditional, ImmutableArray<Hold> Holds, VisitPlace? Next, int Places)
{
    /// <summary>Looks at every start from the request's first day to the last that the horizon leaves the visit.</summary>
    /// <param name="request">The request to which the calendar is an answer.</param>
    /// <param name="calendar">The calendar.</param>
    /// <param name="visit">The visit: placed, and not fixed.</param>
    /// <exception cref="ArgumentException">The visit is not placed, or is fixed.</exception>
    public static WhyHere Of(PlanningRequest request, TreatmentCalendar calendar, VisitId visit) => Of(request, calendar, visit, new PreparedClinic(request.Clinic));

    /// <summary>The same at a clinic of which something is known already.</summary>
    /// <exception cref="ArgumentException">The visit is not placed, or is fixed; or another clinic is prepared.</exception>
    public static WhyHere Of(PlanningRequest request, TreatmentCalendar calendar, VisitId visit, PreparedClinic clinic)
    {
        var finder = new PlaceFinder(request, calendar, visit, clinic, request.From);
        var (holds, places) = (new Dictionary<HeldBy, (VisitPlace Best, int Starts)>(), 0);
        VisitPlace? next = null;
        for (var date = request.From; date <= finder.LastDay; date = date.PlusDays(1))
        {
            finder.TryBreaking(date, (place, by) =>
            {
                if (by is null)
                {
                    if (place.Visit.Start != finder.Now.Start)
                    {
                        places++;
                        next = next is null || VisitPlace.CompareCost(place, next) < 0 ? place : next;
                    }

                    return;
                }

                var known = holds.TryGetValue(by, out var before) ? before : (Best: place, Starts: 0);
                holds[by] = (VisitPlace.CompareCost(place, known.Best) < 0 ? place : known.Best, known.Starts + 1);
            });
        }

        var here = new VisitPlace(finder.Now, finder.Cost, finder.CostWithConditional, []);
        return new(
            finder.Now,
            finder.Cost,
            finder.CostWithConditional,
            [
                .. holds.Select(h => new Hold(h.Key, h.Value.Best, VisitPlace.CompareCost(h.Value.Best, here) < 0, h.Value.Starts))
                    .Order(Comparer<Hold>.Create((a, b) => VisitPlace.CompareCost(a.Best, b.Best) is var byCost and not 0 ? byCost : a.Best.Visit.Start.CompareTo(b.Best.Visit.Start))),
            ],
            next,
            places);
    }
}

/// <summary>
/// What alone keeps a visit from places: the calendar with the visit there breaks this and nothing else. Where the visit can start at the same time with others, it is
/// a place that costs less than with them.
/// </summary>
/// <param name="By">What keeps it.</param>
/// <param name="Best">The best of these places, with what the calendar would cost.</param>
/// <param name="Pins">Whether the calendar would cost less with the visit there than it does now.</param>
/// <param name="Starts">At how many starts there is such a place.</param>
public sealed record Hold(HeldBy By, VisitPlace Best, bool Pins, int Starts);

/// <summary>What can hold a visit. A closed set.</summary>
public abstract record HeldBy
{
    private HeldBy()
    {
    }

    /// <summary>A rule of the protocol.</summary>
    public sealed record OfRule(string Rule) : HeldBy;

    /// <summary>A law that holds for every calendar.</summary>
    public sealed record OfLaw(string Law) : HeldBy;

    /// <summary>A resource that could come otherwise.</summary>
    /// <param name="Resource">The id of the resource.</param>
    /// <param name="Hindrance">What keeps it: one thing.</param>
    public sealed record OfResource(string Resource, Hindrance Hindrance) : HeldBy;
}
