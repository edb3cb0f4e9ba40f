using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>
/// Days behind the course, which no visit can have, cost a search no memory, but for the levels: the days that are left to each visit, kept once for each decision
/// that can lie below another.
/// </summary>
public class AllocationTests
{
    private const long Steps = 1_000_000;

    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void A_longer_horizon_takes_no_more_than_its_levels(int times)
    {
        var problem = Planner.Problem(TestCourse.FederLike.Request);
        var longer = Longer(problem, times);
        var (once, more) = (BytesOf(problem), BytesOf(longer));
        var level = (DaySet.Words(longer.Days) - DaySet.Words(problem.Days)) * sizeof(ulong) * problem.Visits.Length;

        Assert.InRange(more - once, 0, (problem.Visits.Length + 1L) * level);
    }

    /// <summary>The same course with days behind it that no visit can have.</summary>
    private static SearchProblem Longer(SearchProblem problem, int times)
    {
        var words = DaySet.Words(problem.Days * times);
        return problem with { Days = problem.Days * times, Visits = [.. problem.Visits.Select(v => v.On([.. v.Days, .. new ulong[words - v.Days.Length]]))] };
    }

    /// <summary>The bytes of a search, what comes before it apart.</summary>
    private static long BytesOf(SearchProblem problem)
    {
        // What is made once for all, and what the runtime makes when it first comes by, is not counted.
        Search(problem);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var root = new SearchRoot(problem, Steps);
        Assert.True(root.Narrow() && root.KeepPossible());
        var begun = GC.GetAllocatedBytesForCurrentThread();
        Search(problem);
        return GC.GetAllocatedBytesForCurrentThread() - begun - (begun - before);
    }

    private static void Search(SearchProblem problem) => Assert.True(new DaySearch(problem, Steps).Run() is { IsComplete: true, Best: not null, Steps: > 1 });
}
