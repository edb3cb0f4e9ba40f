using System.Collections.Immutable;

namespace Scheduler.Core.Clinics;

/// <summary>A stretch of one day in minutes from midnight of wall time, <paramref name="To"/> exclusive; 0 to 1440 is the whole day.</summary>
/// <param name="From">The first minute.</param>
/// <param name="To">The first minute after it, later than <paramref name="From"/>.</param>
public readonly record struct Hours(int From, int To)
{
    /// <summary>The minutes of a day.</summary>
    public const int MinutesPerDay = 24 * 60;

    /// <summary>The whole day.</summary>
    public static Hours WholeDay => new(0, MinutesPerDay);

    /// <summary>Whether the two share a minute.</summary>
    public bool Overlaps(Hours other) => From < other.To && other.From < To;

    /// <summary>Whether all of <paramref name="other"/> lies inside.</summary>
    public bool Contains(Hours other) => From <= other.From && other.To <= To;

    /// <summary>The stretch as <c>08:00 to 12:30</c>.</summary>
    public override string ToString() => $"{Clock(From)} to {Clock(To)}";

    /// <summary>Minutes from midnight as <c>08:30</c>.</summary>
    public static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    /// <summary>The minutes that lie in one of <paramref name="a"/> and in one of <paramref name="b"/>, sorted and merged.</summary>
    public static ImmutableArray<Hours> Intersect(ImmutableArray<Hours> a, ImmutableArray<Hours> b)
    {
        var common = new List<Hours>(a.Length + b.Length);
        foreach (var x in a)
        {
            foreach (var y in b)
            {
                if (x.Overlaps(y))
                {
                    common.Add(new(Math.Max(x.From, y.From), Math.Min(x.To, y.To)));
                }
            }
        }

        return Merge(common);
    }

    /// <summary>The minutes of <paramref name="whole"/> that lie in none of <paramref name="taken"/>, sorted and merged.</summary>
    public static ImmutableArray<Hours> Subtract(ImmutableArray<Hours> whole, IEnumerable<Hours> taken)
    {
        var left = whole;
        foreach (var hole in taken)
        {
            left = [.. left.SelectMany(h => Without(h, hole))];
        }

        return Merge(left);
    }

    /// <summary>The same minutes, sorted, with touching and overlapping stretches joined.</summary>
    public static ImmutableArray<Hours> Merge(IEnumerable<Hours> stretches)
    {
        Hours[] sorted = [.. stretches];
        Array.Sort(sorted, static (a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.To.CompareTo(b.To));
        var merged = 0;
        foreach (var next in sorted)
        {
            if (merged > 0 && next.From <= sorted[merged - 1].To)
            {
                sorted[merged - 1] = new(sorted[merged - 1].From, Math.Max(sorted[merged - 1].To, next.To));
            }
            else
            {
                sorted[merged++] = next;
            }
        }

        return [.. sorted.AsSpan(0, merged)];
    }

    private static IEnumerable<Hours> Without(Hours whole, Hours hole)
    {
        if (!whole.Overlaps(hole))
        {
            yield return whole;
            yield break;
        }

        if (whole.From < hole.From)
        {
            yield return new(whole.From, hole.From);
        }

        if (hole.To < whole.To)
        {
            yield return new(hole.To, whole.To);
        }
    }
}
