using System.Numerics;

namespace Scheduler.Core.Planning.Search;

/// <summary>Sets of small numbers (days of the horizon, crews) as bits of a span of words. The caller owns the words.</summary>
internal static class DaySet
{
    /// <summary>Words that a set of numbers below <paramref name="size"/> takes.</summary>
    public static int Words(int size) => (size + 63) / 64;

    public static bool Contains(ReadOnlySpan<ulong> set, int day) => (set[day >> 6] >> (day & 63) & 1) != 0;

    public static void Add(Span<ulong> set, int day) => set[day >> 6] |= 1UL << (day & 63);

    public static void Remove(Span<ulong> set, int day) => set[day >> 6] &= ~(1UL << (day & 63));

    public static bool IsEmpty(ReadOnlySpan<ulong> set) => set.IndexOfAnyExcept(0UL) < 0;

    public static int Size(ReadOnlySpan<ulong> set)
    {
        var size = 0;
        foreach (var word in set)
        {
            size += BitOperations.PopCount(word);
        }

        return size;
    }

    /// <summary>The smallest member at or after <paramref name="from"/>, or -1.</summary>
    public static int Next(ReadOnlySpan<ulong> set, int from)
    {
        var index = from >> 6;
        if (index >= set.Length)
        {
            return -1;
        }

        var word = set[index] & (ulong.MaxValue << (from & 63));
        while (word == 0)
        {
            if (++index == set.Length)
            {
                return -1;
            }

            word = set[index];
        }

        return (index << 6) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>The set of some numbers below a size.</summary>
    public static ulong[] Of(IEnumerable<int> some, int size)
    {
        var set = new ulong[Words(size)];
        foreach (var one in some)
        {
            Add(set, one);
        }

        return set;
    }

    /// <summary>The numbers that two sets of one size share.</summary>
    public static ulong[] Both(ulong[] one, ulong[] other)
    {
        ulong[] both = [.. one];
        Intersect(both, other);
        return both;
    }

    /// <summary>The members, the smallest first.</summary>
    public static IEnumerable<int> All(ulong[] set)
    {
        for (var one = Next(set, 0); one >= 0; one = Next(set, one + 1))
        {
            yield return one;
        }
    }

    /// <summary>The largest member, or -1.</summary>
    public static int Last(ReadOnlySpan<ulong> set)
    {
        var index = set.LastIndexOfAnyExcept(0UL);
        return index < 0 ? -1 : (index << 6) + 63 - BitOperations.LeadingZeroCount(set[index]);
    }

    /// <summary>The largest member before <paramref name="end"/>, or -1.</summary>
    public static int Before(ReadOnlySpan<ulong> set, int end)
    {
        var (index, bits) = (end >> 6, end & 63);
        var word = bits == 0 ? 0 : set[index] & (ulong.MaxValue >> (64 - bits));
        while (word == 0)
        {
            if (--index < 0)
            {
                return -1;
            }

            word = set[index];
        }

        return (index << 6) + 63 - BitOperations.LeadingZeroCount(word);
    }

    /// <summary>Adds all numbers from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    public static void AddRange(Span<ulong> set, int from, int to)
    {
        if (to < from)
        {
            return;
        }

        var (first, last) = (from >> 6, to >> 6);
        var head = ulong.MaxValue << (from & 63);
        var tail = ulong.MaxValue >> (63 - (to & 63));
        if (first == last)
        {
            set[first] |= head & tail;
            return;
        }

        set[first] |= head;
        for (var i = first + 1; i < last; i++)
        {
            set[i] = ulong.MaxValue;
        }

        set[last] |= tail;
    }

    /// <summary>Adds to a set all numbers that lie so many to so many behind a member of another (before it where they are negative), as far as the set reaches; in some log2(most - least) shifts.</summary>
    public static void AddShifted(Span<ulong> set, ReadOnlySpan<ulong> of, int least, int most)
    {
        var size = set.Length * 64;
        if (least > most || Next(of, 0) is var first && first < 0)
        {
            return;
        }

        // What has no bound on one side reaches the end of the set.
        if (most >= size || least <= -size)
        {
            AddRange(set, least <= -size ? 0 : Math.Clamp(first + least, 0, size), most >= size ? size - 1 : Math.Clamp(Last(of) + most, -1, size - 1));
            return;
        }

        // What is shifted back may have come from behind the end.
        Span<ulong> drawn = stackalloc ulong[set.Length + Words(Math.Max(0, -least))];
        drawn.Clear();
        of.CopyTo(drawn);
        for (int have = 1, width = most - least + 1; have < width;)
        {
            var step = Math.Min(have, width - have);
            for (var i = drawn.Length - 1; i >= 0; i--)
            {
                drawn[i] |= WordFrom(drawn, i, -step);
            }

            have += step;
        }

        for (var i = 0; i < set.Length; i++)
        {
            set[i] |= WordFrom(drawn, i, -least);
        }
    }

    /// <summary>The word of a set that begins so many numbers behind that of an index.</summary>
    private static ulong WordFrom(ReadOnlySpan<ulong> set, int index, int behind)
    {
        var (word, bits) = (index + (behind >> 6), behind & 63);
        var low = (uint)word < (uint)set.Length ? set[word] >> bits : 0;
        return bits == 0 || (uint)(word + 1) >= (uint)set.Length ? low : low | (set[word + 1] << (64 - bits));
    }

    /// <summary>Keeps only members of <paramref name="other"/>; answers whether anything went.</summary>
    public static bool Intersect(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        var changed = false;
        for (var i = 0; i < set.Length; i++)
        {
            var kept = set[i] & other[i];
            changed |= kept != set[i];
            set[i] = kept;
        }

        return changed;
    }

    /// <summary>Adds the members of <paramref name="other"/>.</summary>
    public static void Unite(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < set.Length; i++)
        {
            set[i] |= other[i];
        }
    }

    public static bool Overlap(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if ((a[i] & b[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether all members are members of <paramref name="other"/>.</summary>
    public static bool IsInside(ReadOnlySpan<ulong> set, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if ((set[i] & ~other[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes out the members of <paramref name="other"/>; answers whether anything went.</summary>
    public static bool Subtract(Span<ulong> set, ReadOnlySpan<ulong> other)
    {
        var changed = false;
        for (var i = 0; i < set.Length; i++)
        {
            changed |= (set[i] & other[i]) != 0;
            set[i] &= ~other[i];
        }

        return changed;
    }
}
