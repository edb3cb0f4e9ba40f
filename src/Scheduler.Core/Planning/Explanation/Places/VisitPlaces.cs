using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation.Places;

/// <summary>Where one visit of a calendar may lie while all others stay where they are, and what keeps it from everywhere else.</summary>
/// <param name="Now">Where it is.</param>
/// <param name="Cost">What the calendar costs, conditional visits apart.</param>
/// <param name="CostWithConditional">What it costs with its conditional visits; null where the protocol has none.</param>
/// <param name="Days">The days that were asked about.</param>
public sealed record VisitPlaces(PlacedVisit Now, Cost Cost, Cost? CostWithConditional, ImmutableArray<DayPlaces> Days)
{
    /// <summary>Every start on every day of a range: as a place with what the calendar costs then, or with what is in the way.</summary>
    /// <remarks>docs/planning.md says what is promised of both. The calendar may break rules because of this visit, but not without it.</remarks>
    /// <param name="request">The request to which the calendar is an answer.</param>
    /// <param name="calendar">The calendar.</param>
    /// <param name="visit">The visit: placed, and not fixed.</param>
    /// <param name="days">The days.</param>
    /// <exception cref="ArgumentException">The visit is not placed, or is fixed.</exception>
    public static VisitPlaces Of(PlanningRequest request, TreatmentCalendar calendar, VisitId visit, DateInterval days) =>
        Of(request, calendar, visit, days, new PreparedClinic(request.Clinic));

    /// <summary>The same at a clinic of which something is known already.</summary>
    /// <exception cref="ArgumentException">The visit is not placed, or is fixed; or another clinic is prepared.</exception>
    public static VisitPlaces Of(PlanningRequest request, TreatmentCalendar calendar, VisitId visit, DateInterval days, PreparedClinic clinic)
    {
        var finder = new PlaceFinder(request, calendar, visit, clinic, days.Start);
        return new(finder.Now, finder.Cost, finder.CostWithConditional, [.. days.Select(finder.On)]);
    }
}

/// <summary>A day: the starts that the grid has, each as a place or among those that are refused.</summary>
/// <param name="Date">The date.</param>
/// <param name="Places">Where the visit may lie, by start.</param>
/// <param name="Refused">The other starts, those in a row together that have the same obstacles.</param>
public sealed record DayPlaces(LocalDate Date, ImmutableArray<VisitPlace> Places, ImmutableArray<RefusedStarts> Refused);

/// <summary>A place that keeps every rule.</summary>
/// <param name="Visit">The visit there, with the best resources: the calendar costs least with them, and of equals they come first by their ids, need by need.</param>
/// <param name="Cost">What the calendar costs then, conditional visits apart.</param>
/// <param name="CostWithConditional">What it costs then with its conditional visits; null where the protocol has none.</param>
/// <param name="Deviations">The windows outside whose ideal this visit lies then, and other visits because of it.</param>
public sealed record VisitPlace(PlacedVisit Visit, Cost Cost, Cost? CostWithConditional, ImmutableArray<PlaceDeviation> Deviations)
{
    /// <summary>The order in which places are better: by cost, with conditional visits next, then by start.</summary>
    internal static int CompareCost(VisitPlace a, VisitPlace b) =>
        a.Cost.CompareTo(b.Cost) is var certain and not 0 ? certain : (a.CostWithConditional ?? a.Cost).CompareTo(b.CostWithConditional ?? b.Cost);
}

/// <summary>A window outside whose ideal a visit lies.</summary>
/// <param name="Rule">The id of the window.</param>
/// <param name="Visit">The visit that lies outside.</param>
/// <param name="IsMajor">Whether it lies outside the allowed window too.</param>
public sealed record PlaceDeviation(string Rule, VisitId Visit, bool IsMajor);

/// <summary>Starts in a row that are refused for the same reasons.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="Starts">How many they are.</param>
/// <param name="Obstacles">What is in the way; at least one. Where the clinic is closed, nobody is asked who could come.</param>
public sealed record RefusedStarts(LocalTime First, LocalTime Last, int Starts, ImmutableArray<Obstacle> Obstacles);
