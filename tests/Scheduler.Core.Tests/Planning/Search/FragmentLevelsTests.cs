using Scheduler.Core.Planning.Search;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>Fragments of all starts at once are those of each start by itself.</summary>
public class FragmentLevelsTests
{
    [Fact]
    public void A_day_tells_of_all_starts_what_it_tells_of_each()
    {
        var levels = new int[4];
        for (var seed = 0; seed < 400; seed++)
        {
            var (chance, day) = (new Chance(seed), Day(new Chance(seed)));
            var (from, length) = (chance.From(0, 6), chance.From(1, 30));
            var starts = day.Free.StartsOf(length).Down(from);
            var found = FragmentLevels.Of(starts, day.FragmentsAround(from, from + length));
            for (var tick = starts.Next(0); tick >= 0; tick = starts.Next(tick + 1))
            {
                var more = day.FragmentsMore(tick + from, tick + from + length);
                levels[more - FragmentLevels.Least]++;
                for (var level = FragmentLevels.Least; level <= FragmentLevels.Most; level++)
                {
                    Assert.Equal(more <= level, found[level].Contains(tick));
                }
            }
        }

        Assert.All(levels, count => Assert.True(count > 0));
    }

    [Fact]
    public void Sums_hold_the_starts_at_which_all_uses_together_make_the_fewest()
    {
        TickSet early = TickSet.Range(100, 104), late = TickSet.Range(104, 108);
        var sums = new FragmentSums();
        sums.Begin(TickSet.Range(0, 50));
        sums.Add(FragmentLevels.Of(TickSet.Range(0, 50), 2));
        sums.Begin(early | late);
        sums.Add(FragmentLevels.Of(early, 1) | FragmentLevels.Of(late, 0));
        Assert.Equal((0, late), sums.Fewest());
        sums.Add(FragmentLevels.Of(early, -1) | FragmentLevels.Of(late, 1));
        Assert.Equal((0, early), sums.Fewest());
        sums.Add(FragmentLevels.Unchanged(late));
        Assert.Equal((1, late), sums.Fewest());
        sums.Add(FragmentLevels.Unchanged(early));
        Assert.Null(sums.Fewest());
    }

    private static ResourceDay Day(Chance chance)
    {
        var taken = TickSet.Empty;
        for (var i = chance.From(0, 8); i > 0; i--)
        {
            var from = chance.From(0, TickSet.Count - 1);
            taken |= TickSet.Range(from, from + chance.From(1, 20));
        }

        var load = Load.Of(1, 0).With([new(Use.Exclusive, taken, TickSet.Empty, IsLong: true)]);
        var works = chance.From(0, 3) == 0 ? TickSet.All : TickSet.Range(chance.From(0, 100), chance.From(150, TickSet.Count));
        return new(works, works, load, []);
    }
}
