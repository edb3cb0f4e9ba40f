namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>What was worked out for sets of small numbers, as bits. There are few of them, so that they are looked through.</summary>
internal sealed class ByBits<T>
    where T : class
{
    private readonly List<(ulong Hash, ulong[] Bits, T Value)> known = [];

    /// <summary>How many sets there are.</summary>
    public int Count => known.Count;

    /// <summary>One of the sets, with what was worked out.</summary>
    public (ulong[] Bits, T Value) this[int index] => (known[index].Bits, known[index].Value);

    /// <summary>That of a set; null where it is not known.</summary>
    public T? Find(ulong[] bits)
    {
        var hash = HashOf(bits);
        foreach (var (its, of, value) in known)
        {
            if (its == hash && bits.AsSpan().SequenceEqual(of))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Keeps that of a set, which must not change any more.</summary>
    public T Add(ulong[] bits, T value)
    {
        known.Add((HashOf(bits), bits, value));
        return value;
    }

    private static ulong HashOf(ulong[] bits)
    {
        var hash = 0UL;
        foreach (var word in bits)
        {
            hash = (hash * 0x9E3779B97F4A7C15) ^ word;
        }

        return hash;
    }
}
