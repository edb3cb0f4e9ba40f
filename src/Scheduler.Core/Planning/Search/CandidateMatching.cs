namespace Scheduler.Core.Planning.Search;

/// <summary>Whether each of some needs can have a resource of its own (a matching, found along augmenting paths; Kuhn 1955).</summary>
/// <param name="candidates">The resources that can fill each need at some time.</param>
/// <param name="resources">How many resources there are.</param>
internal sealed class CandidateMatching(int[][] candidates, int resources)
{
    private readonly int[] needOf = new int[resources];
    private readonly int[] seenAt = new int[resources];
    private readonly int[] matchedAt = new int[resources];
    private int search;
    private int asked;

    /// <summary>Whether there is one for each.</summary>
    /// <param name="isFree">Whether a need can be filled by a resource now.</param>
    public bool Exists(Func<int, int, bool> isFree)
    {
        asked++;
        for (var need = 0; need < candidates.Length; need++)
        {
            search++;
            if (!TakesOneThatNobodyHas(need, isFree) && !Finds(need, isFree))
            {
                return false;
            }
        }

        return true;
    }

    private bool TakesOneThatNobodyHas(int need, Func<int, int, bool> isFree)
    {
        foreach (var resource in candidates[need])
        {
            if (matchedAt[resource] != asked && isFree(need, resource))
            {
                (matchedAt[resource], needOf[resource]) = (asked, need);
                return true;
            }
        }

        return false;
    }

    private bool Finds(int need, Func<int, int, bool> isFree)
    {
        foreach (var resource in candidates[need])
        {
            if (seenAt[resource] == search || !isFree(need, resource))
            {
                continue;
            }

            seenAt[resource] = search;
            if (matchedAt[resource] != asked || Finds(needOf[resource], isFree))
            {
                (matchedAt[resource], needOf[resource]) = (asked, need);
                return true;
            }
        }

        return false;
    }
}
