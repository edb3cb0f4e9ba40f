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
/// colouring of an interval graph; Gavril 1972, Algorithms for minimum coloring, SIAM Journal on Computing 1). So where a legal use finds no unit that is free all the time, those that it
/// meets, and those that these meet, are dealt again. Uses that are never both real and lie over each other count as one interval: had they units of their own, they would take two where one
/// is enough.
/// </remarks>
internal static class Dealing
{
    private static readonly Comparer<Dealt> ByStart =
        Comparer<Dealt>.Create((a, b) => (a.From, a.Apart, a.Booking, a.Number).CompareTo((b.From, b.Apart, b.Booking, b.Number)));

    /// <summary>The uses with their units; null where there are too few.</summary>
    /// <param name="uses">The uses of one resource, those in hand or the supervisions, that may meet; those without a unit are new.</param>
    /// <param name="units">How many units it has.</param>
    public static IReadOnlyList<Dealt>? Deal(IReadOnlyCollection<Dealt> uses, int units) => Beside(uses, units) ?? Anew(uses, units);

    /// <summary>Whatever has a unit keeps it.</summary>
    private static List<Dealt>? Beside(IReadOnlyCollection<Dealt> uses, int units)
    {
        var placed = uses.Where(u => u.Unit > 0).ToList();
        foreach (var use in uses.Where(u => u.Unit == 0).Order(ByStart))
        {
            var met = placed.Where(use.Meets).ToList();
            var unit = use.StandsAlone
                ? met.Count == 0 ? 1 : 0
                : met.Exists(m => m.StandsAlone || m.Unit > units) ? 0 : Enumerable.Range(1, units).FirstOrDefault(free => !met.Exists(m => m.Unit == free));
            if (unit == 0)
            {
                return null;
            }

            placed.Add(use with { Unit = unit });
        }

        return placed;
    }

    /// <summary>All that hangs together with something new is dealt again.</summary>
    private static List<Dealt>? Anew(IReadOnlyCollection<Dealt> uses, int units)
    {
        var all = new List<Dealt>();
        foreach (var together in Chains(uses))
        {
            if (together.TrueForAll(u => u.Unit > 0))
            {
                all.AddRange(together);
            }
            else if (together.Exists(u => u.StandsAlone && together.Exists(u.Meets)) || Coloured(together, units) is not { } coloured)
            {
                return null;
            }
            else
            {
                all.AddRange(coloured);
            }
        }

        return all;
    }

    private static List<Dealt>? Coloured(List<Dealt> uses, int units)
    {
        var all = uses.Where(u => u.StandsAlone).Select(u => u with { Unit = 1 }).ToList();
        var until = Enumerable.Repeat(long.MinValue, units).ToArray();
        foreach (var one in uses.Where(u => !u.StandsAlone).GroupBy(u => u.Apart).SelectMany(Chains).OrderBy(c => c[0].From).ThenBy(c => c[0].Apart))
        {
            var unit = Array.FindIndex(until, u => u <= one[0].From);
            if (unit < 0)
            {
                return null;
            }

            until[unit] = one.Max(u => u.To);
            all.AddRange(one.Select(u => u with { Unit = unit + 1 }));
        }

        return all;
    }

    /// <summary>Uses that lie over each other, or over others that do, each chain by its starts.</summary>
    private static IEnumerable<List<Dealt>> Chains(IEnumerable<Dealt> uses)
    {
        var (chain, end) = (new List<Dealt>(), long.MinValue);
        foreach (var use in uses.Order(ByStart))
        {
            if (chain.Count > 0 && use.From >= end)
            {
                yield return chain;
                chain = [];
            }

            chain.Add(use);
            end = Math.Max(end, use.To);
        }

        if (chain.Count > 0)
        {
            yield return chain;
        }
    }
}
