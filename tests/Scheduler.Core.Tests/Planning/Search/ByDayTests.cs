using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Tests.Planning.Search;

public class ByDayTests
{
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(100, 99, 98, 0, -1, -500)]
    [InlineData(-3, 4_000, -4_000, 0)]
    [InlineData(63, 64, 127, 128, 62)]
    public void What_was_kept_for_a_day_stays_when_others_are_asked_about(params int[] days)
    {
        var kept = new ByDay<int>();
        foreach (var day in days)
        {
            Assert.Equal(0, kept[day]);
            kept[day] = day + 10_000;
        }

        Assert.All(days, day => Assert.Equal(day + 10_000, kept[day]));
        Assert.Equal(0, kept[days.Max() + 1]);
        Assert.Equal(0, kept[days.Min() - 1]);
    }
}
