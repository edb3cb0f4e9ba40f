using System.Collections.Immutable;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>
/// Finds what would help a course that has no calendar: of each kind of thing that can be given as little as is enough, each tried by planning with it. What a clinic
/// would rather give comes first.
/// </summary>
public static class Relaxations
{
    /// <summary>Steps for the calendar that goes with one.</summary>
    private const long Steps = 20_000;

    /// <summary>Nobody asks more people to come at another time for the sake of one.</summary>
    private const int MostMoved = 10;

    /// <summary>What would help; nothing where nothing was found that does.</summary>
    /// <param name="request">A request without a calendar.</param>
    /// <param name="conflicts">What stands in its way: only what touches that is tried.</param>
    public static ImmutableArray<Relaxation> Of(PlanningRequest request, ImmutableArray<Conflict> conflicts)
    {
        var clinic = new PreparedClinic(request.Clinic);
        var (offers, trials) = (new Offers(request, conflicts), new EasingTrials(request, clinic));
        var found = offers.Alone.Select(trials.Fewest).Append(trials.ShortestStart()).Concat(offers.Windows.Select(trials.Narrowest))
            .Where(easings => !easings.IsEmpty).ToList();
        var placed = found.Select(easings => Placed(request, clinic, easings)).OfType<Relaxation>().ToList();
        if (placed.Count == 0 && trials.Fewest(offers.Together) is { IsEmpty: false } together && Placed(request, clinic, together) is { } mixed)
        {
            placed.Add(mixed);
        }

        // Nobody misses a window where it is enough to keep it as allowed.
        var isMinorEnough = placed.Exists(r => r.Easings is [Easing.Deviations { Limit: DeviationLimit.Minor }]);
        return [.. placed.Where(r => !isMinorEnough || r.Easings is not [Easing.Deviations { Limit: DeviationLimit.Major }]).OrderBy(r => r.Easings.Max(Rank)).ThenBy(r => r.Easings.Length)];
    }

    /// <summary>The calendar after some easings, and these no larger than it needs them.</summary>
    private static Relaxation? Placed(PlanningRequest request, PreparedClinic clinic, ImmutableArray<Easing> easings)
    {
        var most = After(request, easings);
        if (Best(most, After(clinic, most, easings)) is not { } first)
        {
            return null;
        }

        // Of a whole day it needs some hours: planned again with these alone.
        var trimmed = Trimming.Of(request, easings, first.Calendar);
        var eased = After(request, trimmed);
        return CanBeGiven(trimmed) && Best(eased, After(clinic, eased, trimmed)) is { } proposal ? new(trimmed, eased, proposal) : null;
    }

    private static Proposal? Best(PlanningRequest request, PreparedClinic clinic) => Planner.Try(request with { Proposals = 1, StepBudget = Math.Min(request.StepBudget, Steps) }, clinic) switch
    {
        Outcome.Placed placed => placed.Proposals[0],
        Outcome.Unproved { Proposals: [var best, ..] } => best,
        _ => null,
    };

    /// <summary>Whether bookings that make room have a place to go to, and are so few that somebody will ask for it.</summary>
    private static bool CanBeGiven(ImmutableArray<Easing> easings) =>
        easings.OfType<Easing.MovedBooking>().ToList() is var moved && moved.Count <= MostMoved && moved.TrueForAll(m => m.To is not null);

    /// <summary>A request after some easings.</summary>
    internal static PlanningRequest After(PlanningRequest request, IReadOnlyCollection<Easing> easings)
    {
        // Hundreds of bookings that make room at once: not one list of all others for each.
        var moved = easings.OfType<Easing.MovedBooking>().CountBy(m => m.Booking).ToDictionary();
        var left = moved.Count == 0
            ? request
            : request with { Clinic = request.Clinic with { Bookings = request.Clinic.Bookings.RemoveAll(b => moved.TryGetValue(b, out var times) && times > 0 && (moved[b] = times - 1) >= 0).AddRange(easings.OfType<Easing.MovedBooking>().Select(m => m.Moved).OfType<Clinics.Booking>()) } };
        return easings.Where(e => e is not Easing.MovedBooking).Aggregate(left, (asked, easing) => easing.Ease(asked));
    }

    /// <summary>The clinic of a request after some easings; of what they leave alone, what is known stays known.</summary>
    internal static PreparedClinic After(PreparedClinic clinic, PlanningRequest eased, IEnumerable<Easing> easings) => clinic.After(
        eased.Clinic,
        easings.Select(e => e switch { Easing.MovedBooking moved => moved.Booking.Resource, Easing.ExtraHours extra => extra.Resource, _ => null }).OfType<string>().ToHashSet(StringComparer.Ordinal));

    /// <summary>What a clinic would rather give has a smaller number.</summary>
    private static int Rank(Easing easing) => easing switch
    {
        Easing.LongerStart => 0,
        Easing.Deviations { Limit: DeviationLimit.Minor } => 1,
        Easing.MovedBooking => 2,
        Easing.ExtraHours => 3,
        Easing.PatientComes => 4,
        Easing.GivenUpWish => 5,
        Easing.WiderWindow => 6,
        Easing.Deviations => 7,
        _ => throw new ArgumentOutOfRangeException(nameof(easing), easing, "A kind of easing without a rank."),
    };
}
