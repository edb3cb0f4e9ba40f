namespace Scheduler.Core.Planning.Search;

/// <summary>The steps that a search may take: counted, not timed, so that it ends at the same place everywhere.</summary>
/// <param name="limit">Steps at most.</param>
internal sealed class StepBudget(long limit)
{
    /// <summary>Steps taken so far.</summary>
    public long Taken { get; private set; }

    /// <summary>Whether a step was asked for that there was no room for. What is found from then on proves nothing.</summary>
    public bool IsUsedUp { get; private set; }

    /// <summary>Takes a step; false when none is left.</summary>
    public bool Spend()
    {
        if (Taken >= limit)
        {
            IsUsedUp = true;
            return false;
        }

        Taken++;
        return true;
    }
}
