using System.Numerics;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// A set of the 5-minute ticks of one day, as bits of five machine words. All operations take a handful of instructions,
/// whatever the set holds: the starts at which something of length d is free are found by about log2(d) shifted ANDs.
/// </summary>
internal readonly record struct TickSet
{
    /// <summary>Minutes of a tick.</summary>
    public const int Minutes = 5;

    /// <summary>Ticks of a day.</summary>
    public const int Count = 24 * 60 / Minutes;

    private const ulong LastWord = (1UL << (Count - 256)) - 1;

    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;
    private readonly ulong e;

    private TickSet(ulong a, ulong b, ulong c, ulong d, ulong e) => (this.a, this.b, this.c, this.d, this.e) = (a, b, c, d, e);

    public static TickSet Empty => default;

    public static TickSet All => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, LastWord);

    public bool IsEmpty => (a | b | c | d | e) == 0;

    /// <summary>How many ticks the set has.</summary>
    public int Size =>
        BitOperations.PopCount(a) + BitOperations.PopCount(b) + BitOperations.PopCount(c) + BitOperations.PopCount(d) + BitOperations.PopCount(e);

    /// <summary>The stretches of neighbouring ticks in the set.</summary>
    public int Runs => (this & ~Up(1)).Size;

    public static TickSet operator &(TickSet x, TickSet y) => new(x.a & y.a, x.b & y.b, x.c & y.c, x.d & y.d, x.e & y.e);

    public static TickSet operator |(TickSet x, TickSet y) => new(x.a | y.a, x.b | y.b, x.c | y.c, x.d | y.d, x.e | y.e);

    public static TickSet operator ~(TickSet x) => new(~x.a, ~x.b, ~x.c, ~x.d, ~x.e & LastWord);

    public bool Contains(int tick) => (uint)tick < Count && (Word(tick >> 6) >> (tick & 63) & 1) != 0;

    public bool Overlaps(TickSet other) => !(this & other).IsEmpty;

    /// <summary>The first tick of the set at or after <paramref name="from"/>, or -1.</summary>
    public int Next(int from)
    {
        if (from >= Count)
        {
            return -1;
        }

        var index = from >> 6;
        var word = Word(index) & (ulong.MaxValue << (from & 63));
        while (word == 0)
        {
            if (++index == 5)
            {
                return -1;
            }

            word = Word(index);
        }

        return (index << 6) + BitOperations.TrailingZeroCount(word);
    }

    /// <summary>The last tick of the set before <paramref name="to"/>, or -1.</summary>
    public int Before(int to)
    {
        for (var index = (to - 1) >> 6; to > 0 && index >= 0; index--)
        {
            var word = Word(index) & (index == (to - 1) >> 6 ? ulong.MaxValue >> (63 - ((to - 1) & 63)) : ulong.MaxValue);
            if (word != 0)
            {
                return (index << 6) + 63 - BitOperations.LeadingZeroCount(word);
            }
        }

        return -1;
    }

    /// <summary>The ticks from <paramref name="from"/> to <paramref name="to"/> (exclusive); what lies outside the day is cut off.</summary>
    public static TickSet Range(int from, int to)
    {
        from = Math.Clamp(from, 0, Count);
        to = Math.Clamp(to, from, Count);
        return new(Part(from, to, 0), Part(from, to, 1), Part(from, to, 2), Part(from, to, 3), Part(from, to, 4));
    }

    /// <summary>All ticks that minutes [from, to) touch.</summary>
    public static TickSet Touched(int fromMinute, int toMinute) => Range(FloorTick(fromMinute), CeilingTick(toMinute));

    /// <summary>All ticks that lie wholly in minutes [from, to).</summary>
    public static TickSet Inside(int fromMinute, int toMinute) => Range(CeilingTick(fromMinute), FloorTick(toMinute));

    /// <summary>All ticks that lie wholly in one of some stretches.</summary>
    public static TickSet Inside(IEnumerable<Hours> stretches)
    {
        var inside = Empty;
        foreach (var stretch in stretches)
        {
            inside |= Inside(stretch.From, stretch.To);
        }

        return inside;
    }

    public static int FloorTick(int minute) => minute >= 0 ? minute / Minutes : -((-minute + Minutes - 1) / Minutes);

    public static int CeilingTick(int minute) => -FloorTick(-minute);

    /// <summary>Tick t is in the answer when t + n is in the set.</summary>
    public TickSet Down(int n)
    {
        if (n < 0)
        {
            return Up(-n);
        }

        var x = this;
        for (; n >= 64; n -= 64)
        {
            x = new(x.b, x.c, x.d, x.e, 0);
        }

        return n == 0
            ? x
            : new(
                (x.a >> n) | (x.b << (64 - n)), (x.b >> n) | (x.c << (64 - n)), (x.c >> n) | (x.d << (64 - n)),
                (x.d >> n) | (x.e << (64 - n)), x.e >> n);
    }

    /// <summary>Tick t is in the answer when t - n is in the set.</summary>
    public TickSet Up(int n)
    {
        if (n < 0)
        {
            return Down(-n);
        }

        var x = this;
        for (; n >= 64; n -= 64)
        {
            x = new(0, x.a, x.b, x.c, x.d);
        }

        return n == 0
            ? new(x.a, x.b, x.c, x.d, x.e & LastWord)
            : new(
                x.a << n, (x.b << n) | (x.a >> (64 - n)), (x.c << n) | (x.b >> (64 - n)), (x.d << n) | (x.c >> (64 - n)),
                ((x.e << n) | (x.d >> (64 - n))) & LastWord);
    }

    /// <summary>The ticks t such that t, t + 1, ... t + length - 1 are all in the set.</summary>
    public TickSet StartsOf(int length)
    {
        var x = this;
        var have = 1;
        while (have < length)
        {
            var step = Math.Min(have, length - have);
            x &= x.Down(step);
            have += step;
        }

        return x;
    }

    /// <summary>The ticks t such that any of t + offset, ... t + offset + length - 1 is in the set; the offset is at least 0.</summary>
    public TickSet StartsTouching(int offset, int length)
    {
        if (length <= 0)
        {
            return Empty;
        }

        var x = this;
        var have = 1;
        while (have < length)
        {
            var step = Math.Min(have, length - have);
            x |= x.Down(step);
            have += step;
        }

        return x.Down(offset);
    }

    /// <summary>The ticks of all stretches of a length that start in the set; what lies outside the day is cut off.</summary>
    public TickSet Lasting(int length)
    {
        var x = this;
        var have = 1;
        while (have < length)
        {
            var step = Math.Min(have, length - have);
            x |= x.Up(step);
            have += step;
        }

        return x;
    }

    private ulong Word(int index) => index switch { 0 => a, 1 => b, 2 => c, 3 => d, _ => e };

    private static ulong Part(int from, int to, int word)
    {
        var low = Math.Clamp(from - (word * 64), 0, 64);
        var high = Math.Clamp(to - (word * 64), 0, 64);
        return high <= low ? 0 : (high == 64 ? ulong.MaxValue : (1UL << high) - 1) & (ulong.MaxValue << low);
    }
}
