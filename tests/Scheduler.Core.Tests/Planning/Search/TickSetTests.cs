using Scheduler.Core.Planning.Search;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>Sets of ticks as bits do what sets of numbers do, however far they are shifted and wherever words end.</summary>
public class TickSetTests
{
    private const int Rounds = 400;

    [Fact]
    public void Members_are_found_from_either_side()
    {
        foreach (var (_, numbers, set) in Drawn())
        {
            Assert.Equal(numbers.Count, set.Size);
            Assert.Equal(numbers.Count == 0, set.IsEmpty);
            Assert.Equal(numbers.Count(n => !numbers.Contains(n - 1)), set.Runs);
            Assert.Equal(Ticks.Except(numbers), Members(~set));
            foreach (var tick in (int[])[0, 1, 63, 64, 65, 127, 128, 200, 255, 256, 286, 287, 288])
            {
                Assert.Equal(numbers.Where(n => n >= tick).DefaultIfEmpty(-1).Min(), set.Next(tick));
                Assert.Equal(numbers.Where(n => n < tick).DefaultIfEmpty(-1).Max(), set.Before(tick));
            }
        }
    }

    [Fact]
    public void What_is_shifted_beyond_the_day_is_gone()
    {
        foreach (var (chance, numbers, set) in Drawn())
        {
            var by = chance.Percent(40) ? chance.One(-288, -128, -64, -1, 0, 1, 63, 64, 65, 128, 256, 287, 288, 300) : chance.From(-290, 290);
            Assert.Equal(Ticks.Where(t => numbers.Contains(t + by)), Members(set.Down(by)));
            Assert.Equal(Ticks.Where(t => numbers.Contains(t - by)), Members(set.Up(by)));
        }
    }

    [Fact]
    public void Stretches_start_where_all_of_their_ticks_are_there()
    {
        foreach (var (chance, numbers, set) in Drawn())
        {
            var (length, offset) = (chance.One(1, 2, 3, 7, 64, 65, 100), chance.From(0, 130));
            Assert.Equal(Ticks.Where(t => Enumerable.Range(t, length).All(numbers.Contains)), Members(set.StartsOf(length)));
            Assert.Equal(Ticks.Where(t => Enumerable.Range(t, length).Any(n => numbers.Contains(n + offset))), Members(set.StartsTouching(offset, length)));
            Assert.Equal(Ticks.Where(t => Enumerable.Range(t - length + 1, length).Any(numbers.Contains)), Members(set.Lasting(length)));
            Assert.True(set.StartsTouching(offset, 0).IsEmpty);
        }
    }

    [Theory]
    [InlineData(480, 600, 96, 120, 96, 120)]
    [InlineData(481, 599, 96, 120, 97, 119)]
    [InlineData(484, 486, 96, 98, 97, 97)]
    [InlineData(0, 1440, 0, 288, 0, 288)]
    [InlineData(-7, 1441, 0, 288, 0, 288)]
    [InlineData(320, 640, 64, 128, 64, 128)]
    [InlineData(-30, -12, 0, 0, 0, 0)]
    public void Taken_time_is_rounded_outwards_and_free_time_inwards(int from, int to, int touchedFrom, int touchedTo, int insideFrom, int insideTo)
    {
        Assert.Equal(Ticks.Where(t => t >= touchedFrom && t < touchedTo), Members(TickSet.Touched(from, to)));
        Assert.Equal(Ticks.Where(t => t >= insideFrom && t < insideTo), Members(TickSet.Inside(from, to)));
    }

    private static IEnumerable<int> Ticks => Enumerable.Range(0, TickSet.Count);

    private static IEnumerable<(Chance Chance, SortedSet<int> Numbers, TickSet Set)> Drawn()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var chance = new Chance(seed);
            var (numbers, set) = (new SortedSet<int>(), TickSet.Empty);
            for (var i = chance.From(0, 5); i > 0; i--)
            {
                var from = chance.Percent(40) ? chance.One(0, 63, 64, 127, 255, 287) : chance.From(0, TickSet.Count - 1);
                var to = Math.Min(TickSet.Count, from + chance.One(1, 1, 3, 70, 140));
                numbers.UnionWith(Enumerable.Range(from, to - from));
                set |= TickSet.Range(from, to);
            }

            yield return (chance, numbers, set);
        }
    }

    private static IEnumerable<int> Members(TickSet set) => Ticks.Where(set.Contains);
}
