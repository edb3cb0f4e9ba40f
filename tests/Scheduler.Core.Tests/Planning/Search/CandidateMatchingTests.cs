using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>A matching is found where trying every way finds one.</summary>
public sealed class CandidateMatchingTests
{
    [Fact]
    public void A_matching_is_found_where_there_is_one()
    {
        var (found, missing) = (0, 0);
        for (var seed = 0; seed < 500; seed++)
        {
            var chance = new Random(seed);
            int[][] candidates = [.. Enumerable.Range(0, 1 + chance.Next(5)).Select(_ => Enumerable.Range(0, 6).Where(_ => chance.Next(3) > 0).ToArray())];
            var matching = new CandidateMatching(candidates, 6);

            // Asked again and again, as for each time of a day.
            for (var time = 0; time < 4; time++)
            {
                var free = Enumerable.Range(0, candidates.Length * 6).Select(_ => chance.Next(3) == 0).ToArray();

                var exists = matching.Exists((need, resource) => free[(need * 6) + resource]);

                Assert.Equal(AnyWay(candidates, 0, [], (need, resource) => free[(need * 6) + resource]), exists);
                (found, missing) = exists ? (found + 1, missing) : (found, missing + 1);
            }
        }

        Assert.True(found > 100 && missing > 100, $"{found} and {missing}");
    }

    private static bool AnyWay(int[][] candidates, int need, HashSet<int> taken, Func<int, int, bool> isFree) =>
        need == candidates.Length
        || candidates[need].Any(r => isFree(need, r) && !taken.Contains(r) && AnyWay(candidates, need + 1, [.. taken, r], isFree));
}
