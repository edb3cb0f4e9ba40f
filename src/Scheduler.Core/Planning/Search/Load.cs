namespace Scheduler.Core.Planning.Search;

/// <summary>One use of a resource on one day, in ticks.</summary>
/// <param name="Use">How the resource is used.</param>
/// <param name="During">The ticks of the use itself.</param>
/// <param name="CleanUp">The ticks after it that stay taken; empty for supervision.</param>
/// <param name="IsLong">Whether the use is too long to go on while its resource supervises.</param>
internal readonly record struct TickUse(Use Use, TickSet During, TickSet CleanUp, bool IsLong)
{
    /// <summary>The ticks in which hands are taken.</summary>
    public TickSet Taken => Use == Use.Supervision ? TickSet.Empty : During | CleanUp;
}

/// <summary>
/// What a resource bears on one day, by how many shares and supervisions each tick has. Immutable; <see cref="With"/> makes the load
/// with one more need's uses.
/// </summary>
internal sealed class Load
{
    private readonly TickSet exclusive;
    private readonly TickSet longUses;
    private readonly TickSet[] shares;
    private readonly TickSet[] supervisions;

    private Load(TickSet exclusive, TickSet longUses, TickSet[] shares, TickSet[] supervisions, TickSet contact)
    {
        (this.exclusive, this.longUses, this.shares, this.supervisions, Contact) = (exclusive, longUses, shares, supervisions, contact);
    }

    /// <summary>The ticks in exclusive or shared use, clean-up apart.</summary>
    public TickSet Contact { get; }

    /// <summary>The ticks in which hands are taken, clean-up included: what is not free to be used exclusively.</summary>
    public TickSet Taken => exclusive | shares[0];

    /// <summary>An unused resource that bears so many shares and supervisions at once.</summary>
    public static Load Of(int capacity, int supervises) =>
        new(TickSet.Empty, TickSet.Empty, new TickSet[capacity], new TickSet[supervises], TickSet.Empty);

    /// <summary>The ticks that a use may not touch, itself and with its clean-up.</summary>
    public (TickSet During, TickSet WithCleanUp) BlockedFor(Use use, bool isLong) => use switch
    {
        Use.Exclusive => (TickSet.Empty, Taken | OverseenBeside(isLong)),
        Use.Share => (TickSet.Empty, exclusive | shares[^1] | OverseenBeside(isLong)),
        Use.Supervision => supervisions.Length == 0 ? (TickSet.All, TickSet.Empty) : (supervisions[^1] | longUses, TickSet.Empty),
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Not a use."),
    };

    /// <summary>Whether a use goes together with what is there.</summary>
    public bool Bears(in TickUse use)
    {
        var (during, withCleanUp) = BlockedFor(use.Use, use.IsLong);
        return !use.During.Overlaps(during) && !use.Taken.Overlaps(withCleanUp);
    }

    /// <summary>The load with the uses of one need of one visit more. Its shares count once where a clean-up and a later segment meet.</summary>
    public Load With(ReadOnlySpan<TickUse> uses)
    {
        var (all, shared, supervised) = (exclusive, TickSet.Empty, TickSet.Empty);
        var (longs, contact) = (longUses, Contact);
        foreach (var use in uses)
        {
            switch (use.Use)
            {
                case Use.Exclusive:
                    all |= use.Taken;
                    break;
                case Use.Share:
                    shared |= use.Taken;
                    break;
                default:
                    supervised |= use.During;
                    continue;
            }

            contact |= use.During;
            longs |= use.IsLong ? use.Taken : TickSet.Empty;
        }

        return new(all, longs, Raise(shares, shared), Raise(supervisions, supervised), contact);
    }

    /// <summary>Supervision that a long use would break off; its clean-up is as long a use as it is.</summary>
    private TickSet OverseenBeside(bool isLong) => isLong && supervisions.Length > 0 ? supervisions[0] : TickSet.Empty;

    /// <summary>One more on each of <paramref name="ticks"/>: level k then holds where level k held, or level k - 1 did and one is added.</summary>
    private static TickSet[] Raise(TickSet[] levels, TickSet ticks)
    {
        if (ticks.IsEmpty)
        {
            return levels;
        }

        var raised = new TickSet[levels.Length];
        for (var k = 0; k < levels.Length; k++)
        {
            raised[k] = levels[k] | (k == 0 ? ticks : levels[k - 1] & ticks);
        }

        return raised;
    }
}
