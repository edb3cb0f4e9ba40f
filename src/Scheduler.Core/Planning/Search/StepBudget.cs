namespace Scheduler.Core.Planning.Search;

/// <summary>
/// The steps that a search may take: counted, not timed, so that it ends at the same place everywhere. The last tenth is for bringing what was begun to some
/// end.
/// </summary>
/// <param name="limit">Steps at most.</param>
internal sealed class StepBudget(long limit)
{
    /// <summary>Pieces of work that make a step: more than a usual step consists of, so that only large courses notice.</summary>
    private const int WorkOfAStep = 1_000;

    private readonly long untilShort = limit - (limit / 10);

    private long owed;

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

    /// <summary>
    /// Notes work in pieces of about a tenth of a microsecond. Where a course is so large that its steps are many times what they usually are, they count as
    /// many, so that the limit bounds the time.
    /// </summary>
    public void Charge(long work)
    {
        owed += work;
        for (; owed >= WorkOfAStep && Spend(); owed -= WorkOfAStep)
        {
        }
    }
}
