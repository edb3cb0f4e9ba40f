using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>Whether there is a calendar is asked in a way of its own; it must say what the search for the best says.</summary>
public class ExistenceTests
{
    private const long Steps = 20_000;

    [Fact]
    public void A_calendar_exists_where_the_search_finds_one_and_nowhere_else() => Seeds.Hold(200, (request, _) => Differs(request));

    [Fact]
    public void It_is_asked_of_both_kinds() =>
        Assert.Equal([false, true], Enumerable.Range(0, 60).Select(seed => DaySearch.Exists(Problem(Known.Request(seed)), Steps)).Where(e => e.IsKnown).Select(e => e.IsFound).Distinct().Order());

    private static string? Differs(PlanningRequest request)
    {
        var (asked, found) = (DaySearch.Exists(Problem(request), Steps), new DaySearch(Problem(request), Steps).First());
        return !asked.IsKnown || (found.Best is null && !found.IsComplete) || asked.IsFound == found.Best is not null
            ? null
            : $"exists: {asked.IsFound}, found: {found.Best is not null}";
    }

    private static SearchProblem Problem(PlanningRequest request) => Planner.Problem(request, isWaived: waiver => waiver is Waiver.Costs);
}
