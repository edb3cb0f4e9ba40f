namespace Scheduler.Core.Planning.Search;

/// <summary>Starts by the fragments that one use makes more: at most one fewer, as many, one more, or two more. Each level holds those before it.</summary>
internal readonly record struct FragmentLevels(TickSet Fewer, TickSet Same, TickSet OneMore, TickSet TwoMore)
{
    /// <summary>The fewest that a use makes more.</summary>
    public const int Least = -1;

    /// <summary>The most.</summary>
    public const int Most = 2;

    /// <summary>So many sets of starts it holds.</summary>
    public const int Tables = Most - Least + 1;

    /// <summary>The starts that make at most so many more.</summary>
    public TickSet this[int more] => more switch { Least => Fewer, 0 => Same, 1 => OneMore, _ => TwoMore };

    /// <summary>The fewest that any start makes more; one more than <see cref="Most"/> where there is no start.</summary>
    public int Fewest => !Fewer.IsEmpty ? Least : !Same.IsEmpty ? 0 : !OneMore.IsEmpty ? 1 : !TwoMore.IsEmpty ? Most : Most + 1;

    public static FragmentLevels operator |(FragmentLevels x, FragmentLevels y) =>
        new(x.Fewer | y.Fewer, x.Same | y.Same, x.OneMore | y.OneMore, x.TwoMore | y.TwoMore);

    /// <summary>Some of the starts.</summary>
    public FragmentLevels Among(TickSet starts) => new(Fewer & starts, Same & starts, OneMore & starts, TwoMore & starts);

    /// <summary>Starts that change nothing.</summary>
    public static FragmentLevels Unchanged(TickSet starts) => new(TickSet.Empty, starts, starts, starts);

    /// <summary>Starts that make so many fragments more, from <see cref="Least"/> to <see cref="Most"/>.</summary>
    public static FragmentLevels Of(TickSet starts, int more) => new(
        more <= Least ? starts : TickSet.Empty, more <= 0 ? starts : TickSet.Empty, more <= 1 ? starts : TickSet.Empty, starts);

    /// <summary>Starts in free time, by the fragments that are left before and behind the use, and those that it lies in.</summary>
    public static FragmentLevels Of(TickSet starts, (TickSet Before, TickSet Behind, TickSet Inside) around)
    {
        var (any, both, inside) = (around.Before | around.Behind, around.Before & around.Behind, around.Inside);
        return new(
            starts & inside & ~any,
            starts & ((inside & ~both) | ~(inside | any)),
            starts & (inside | ~both),
            starts);
    }
}

/// <summary>The starts of a resource's day by the fragments that they make more.</summary>
/// <param name="Levels">The starts; null where some change more than levels tell.</param>
/// <param name="Fewest">The fewest that any makes more, or less than that.</param>
internal readonly record struct DayFragments(FragmentLevels? Levels, int Fewest)
{
    /// <summary>Fewer than any uses of a visit make together.</summary>
    private const int LessThanAny = -1_000_000;

    /// <summary>Of a day whose levels are known, or not.</summary>
    public static DayFragments Of(FragmentLevels? levels) => new(levels, levels?.Fewest ?? LessThanAny);
}

/// <summary>Starts by the fragments that the uses of one visit make more together. One is used for one visit after the other.</summary>
internal sealed class FragmentSums
{
    private TickSet[] atMost = new TickSet[1];
    private TickSet[] next = new TickSet[1];
    private int levels;
    private int least;

    /// <summary>Begins with starts of which no use is counted yet.</summary>
    public void Begin(TickSet starts) => (levels, least, atMost[0]) = (1, 0, starts);

    /// <summary>Counts one more use.</summary>
    public void Add(FragmentLevels use)
    {
        const int More = FragmentLevels.Most - FragmentLevels.Least;
        if (next.Length < levels + More)
        {
            Array.Resize(ref next, levels + More);
        }

        next.AsSpan(0, levels + More).Clear();
        for (var have = 0; have < levels; have++)
        {
            for (var more = FragmentLevels.Least; more <= FragmentLevels.Most; more++)
            {
                next[have + more - FragmentLevels.Least] |= atMost[have] & use[more];
            }
        }

        (atMost, next) = (next, atMost);
        (levels, least) = (levels + More, least + FragmentLevels.Least);
    }

    /// <summary>The fewest that any start makes, and those that make so many; null where there is no start.</summary>
    public (int Fragments, TickSet Starts)? Fewest()
    {
        var at = Array.FindIndex(atMost, 0, levels, starts => !starts.IsEmpty);
        return at < 0 ? null : (least + at, atMost[at]);
    }
}
