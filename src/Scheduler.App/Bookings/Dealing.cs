namespace Scheduler.App.Bookings;

/// <summary>A use to which a unit of its resource is dealt.</summary>
/// <param name="Booking">The row of its booking.</param>
/// <param name="Number">Its place in the booking.</param>
/// <param name="From">The first second that it takes.</param>
/// <param name="To">The first second after it.</param>
/// <param name="Apart">Uses with the same number here are never both real.</param>
/// <param name="StandsAlone">Whether it is exclusive, and so has the first unit and no other beside it.</param>
/// <param name="Unit">The unit that it has; 0 where it has none yet.</param>
internal sealed record Dealt(long Booking, long Number, long From, long To, long Apart, bool StandsAlone, long Unit)
{
    /// <summary>Whether both may be real at the same time.</summary>
    public bool Meets(Dealt other) => Apart != other.Apart && From < other.To && other.From < To;
}

/// <summary>Deals the units of a resource to its uses, so that no two that meet have the same.</summary>
/// <remarks>
/// Uses are intervals, and intervals in the order of their starts, each given the first unit that is free, need no more units than lie over each other at the worst moment (the
/// colouring of an interval graph; Gavril 1972, Algorithms for minimum coloring, SIAM Journal on Computing 1). So where a legal use finds no unit that is free all the time, all are dealt again.
/// </remarks>
internal static class Dealing
{
    /// <summary>The uses with their units; null where there are too few.</summary>
    /// <param name="uses">The uses of one resource, those in hand or the supervisions, that may meet; those without a unit are new.</param>
    /// <param name="units">How many units it has.</param>
    public static IReadOnlyList<Dealt>? Deal(IReadOnlyCollection<Dealt> uses, int units) => Beside([.. uses.Where(u => u.Unit > 0)], uses.Where(u => u.Unit == 0), units) ?? Beside([], uses, units);

    private static List<Dealt>? Beside(List<Dealt> placed, IEnumerable<Dealt> open, int units)
    {
        foreach (var use in open.OrderBy(u => u.From).ThenBy(u => u.Apart).ThenBy(u => u.Booking).ThenBy(u => u.Number))
        {
            var met = placed.Where(use.Meets).ToList();
            var unit = use.StandsAlone
                ? met.Count == 0 ? 1 : 0
                : met.Exists(m => m.StandsAlone) ? 0 : Enumerable.Range(1, units).FirstOrDefault(free => !met.Exists(m => m.Unit == free));
            if (unit == 0)
            {
                return null;
            }

            placed.Add(use with { Unit = unit });
        }

        return placed;
    }
}
