using Scheduler.Core.Planning.Search;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Search;

public class DayIntervalsTests
{
    [Fact]
    public void A_lag_that_is_the_same_from_each_day_reaches_what_its_table_says()
    {
        var chance = new Chance(20261121);
        var beyond = 0;
        for (var round = 0; round < 4_000; round++)
        {
            var days = chance.From(1, 300);
            var set = new ulong[DaySet.Words(days)];
            for (var i = chance.From(0, 6); i > 0; i--)
            {
                var from = chance.From(0, days - 1);
                DaySet.AddRange(set, from, Math.Min(days - 1, from + chance.From(0, 20)));
            }

            var least = chance.From(0, 9) == 0 ? -1_000_000 : chance.From(-320, 320);
            var most = chance.From(0, 9) == 0 ? 1_000_000 : least + chance.From(-2, 90);
            beyond += Math.Abs(least) > days ? 1 : 0;
            var shifted = new DayIntervals.Shifted(least, most);
            var tabled = new DayIntervals.Tabled(days, day => (day + least, day + most));
            Assert.Equal(Reached(tabled.Reach, set, days), Reached(shifted.Reach, set, days));
            Assert.Equal(Reached(tabled.ReachBack, set, days), Reached(shifted.ReachBack, set, days));
        }

        Assert.True(beyond > 100);
    }

    private delegate void Reaching(ReadOnlySpan<ulong> days, Span<ulong> reached);

    private static List<int> Reached(Reaching reach, ulong[] of, int days)
    {
        var reached = new ulong[of.Length];
        reach(of, reached);
        return [.. Enumerable.Range(0, days).Where(day => DaySet.Contains(reached, day))];
    }
}
