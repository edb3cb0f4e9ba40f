namespace Scheduler.Core.Planning.Search;

/// <summary>
/// The steps that a search may take: counted, not timed, so that it ends at the same place everywhere. The last tenth is for bringing what was begun to some
/// end.
/// </summary>
/// <param name="limit">Steps at most.</param>
internal sealed class StepBudget(long limit)
{
    private readonly long untilShort = limit - (limit / 10);

    /// <summary>Steps taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether only the last tenth is left: the first calendar will do, and what is found proves nothing.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Whether a step was asked for that there was no room for.</summary>
    public bool IsUsedUp { get; private set; }

    /// <summary>Takes a step; false when none is left.</summary>
    public bool Spend()
    {
        IsShort |= Taken >= untilShort;
        IsUsedUp |= Taken >= limit;
        Taken += IsUsedUp ? 0 : 1;
        return !IsUsedUp;
    }
}
