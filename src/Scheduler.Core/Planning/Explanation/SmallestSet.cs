using System.Collections.Immutable;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>
/// The deletion filter (Chinneck 2008, Feasibility and Infeasibility in Optimization, ch. 6), in halves: what can be left out without the rest becoming possible is no
/// part of the reason. Large parts are tried first, so that a small reason among many things takes few trials.
/// </summary>
internal static class SmallestSet
{
    /// <summary>A part of a set that is impossible, and less any one of it is not.</summary>
    /// <param name="all">An impossible set; what stands first is given up first.</param>
    /// <param name="isImpossible">Whether a part is impossible; whatever holds it is then as well. Where that is not known, false: the answer is then impossible too, but may hold more than it must.</param>
    public static ImmutableArray<T> Of<T>(ImmutableArray<T> all, Predicate<ImmutableArray<T>> isImpossible)
    {
        for (var size = Math.Max(1, all.Length / 2); ; size /= 2)
        {
            for (var at = 0; at < all.Length;)
            {
                var without = all.RemoveRange(at, Math.Min(size, all.Length - at));
                if (isImpossible(without))
                {
                    all = without;
                }
                else
                {
                    at += size;
                }
            }

            if (size <= 1)
            {
                return all;
            }
        }
    }
}
