namespace Scheduler.Core.Planning.Search;

/// <summary>Whether each of some needs can have a resource of its own (a matching, found along augmenting paths; Kuhn 1955).</summary>
/// <param name="needs">How many needs there are.</param>
/// <param name="resources">How many resources there are.</param>
internal sealed class CandidateMatching(int needs, int resources)
{
    private readonly int[] needOf = new int[resources];
    private readonly bool[] seen = new bool[resources];
    private readonly int[][] candidates = new int[needs][];

    /// <summary>Whether there is one for each.</summary>
    /// <param name="of">The resources that can fill a need.</param>
    public bool Exists(Func<int, IEnumerable<int>> of)
    {
        Array.Fill(needOf, -1);
        for (var need = 0; need < needs; need++)
        {
            candidates[need] = [.. of(need)];
            Array.Fill(seen, false);
            if (!Finds(need))
            {
                return false;
            }
        }

        return true;
    }

    private bool Finds(int need)
    {
        foreach (var resource in candidates[need])
        {
            if (seen[resource])
            {
                continue;
            }

            seen[resource] = true;
            if (needOf[resource] < 0 || Finds(needOf[resource]))
            {
                needOf[resource] = need;
                return true;
            }
        }

        return false;
    }
}
