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

/// <summary>Starts by the fragments that the uses of one visit make more together.</summary>
/// <param name="starts">Starts of which no use is counted yet.</param>
internal sealed class FragmentSums(TickSet starts)
{
    private TickSet[] atMost = [starts];

    /// <summary>Those of the starts that make the fewest.</summary>
    public TickSet Fewest => Array.Find(atMost, starts => !starts.IsEmpty);

    /// <summary>Counts one more use.</summary>
    public void Add(FragmentLevels levels)
    {
        var sums = new TickSet[atMost.Length + FragmentLevels.Most - FragmentLevels.Least];
        for (var have = 0; have < atMost.Length; have++)
        {
            for (var more = FragmentLevels.Least; more <= FragmentLevels.Most; more++)
            {
                sums[have + more - FragmentLevels.Least] |= atMost[have] & levels[more];
            }
        }

        atMost = sums;
    }
}
