using Scheduler.Core.Planning.Search;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>Sets of days as bits do what sets of numbers do, at the ends of words as between them.</summary>
public class DaySetTests
{
    private const int Rounds = 600;

    [Fact]
    public void Members_are_found_from_either_side()
    {
        foreach (var (_, numbers, set) in Drawn())
        {
            var size = set.Length * 64;
            Assert.Equal(numbers.Count, DaySet.Size(set));
            Assert.Equal(numbers.Count == 0, DaySet.IsEmpty(set));
            Assert.Equal(numbers.Count == 0 ? -1 : numbers.Max, DaySet.Last(set));
            for (var day = 0; day < size; day++)
            {
                Assert.Equal(numbers.Contains(day), DaySet.Contains(set, day));
            }

            int[] edges = [0, 1, 62, 63, 64, 65, 127, 128, size - 1, size];
            foreach (var day in edges.Where(d => d <= size))
            {
                Assert.Equal(numbers.Where(n => n >= day).DefaultIfEmpty(-1).Min(), DaySet.Next(set, day));
                Assert.Equal(numbers.Where(n => n < day).DefaultIfEmpty(-1).Max(), DaySet.Before(set, day));
            }
        }
    }

    [Fact]
    public void What_is_taken_out_is_gone_and_nothing_else()
    {
        foreach (var (chance, numbers, set) in Drawn())
        {
            var day = chance.From(0, (set.Length * 64) - 1);
            DaySet.Remove(set, day);
            numbers.Remove(day);
            Assert.Equal(numbers, Members(set));
            DaySet.Add(set, day);
            numbers.Add(day);
            Assert.Equal(numbers, Members(set));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 63)]
    [InlineData(63, 64)]
    [InlineData(5, 4)]
    [InlineData(64, 63)]
    [InlineData(1, 128)]
    [InlineData(62, 191)]
    [InlineData(64, 127)]
    [InlineData(191, 191)]
    [InlineData(192, 191)]
    [InlineData(0, -1)]
    public void A_range_has_both_its_ends(int from, int to)
    {
        var set = new ulong[3];
        DaySet.Add(set, 7);
        DaySet.AddRange(set, from, to);
        Assert.Equal(Enumerable.Range(0, 192).Where(day => day == 7 || (day >= from && day <= to)), Members(set));
    }

    [Fact]
    public void What_is_shifted_lies_from_least_to_most_behind_a_member()
    {
        foreach (var (chance, numbers, set) in Drawn())
        {
            var size = set.Length * 64;
            var least = chance.Percent(20) ? chance.One(-size - 1, -size, 1 - size, size - 1, size, -64, 0, 64) : chance.From(-size - 5, size + 5);
            var most = chance.Percent(20) ? chance.One(-size, 1 - size, size - 1, size, size + 1, least - 1, least) : least + chance.From(0, 90);
            var reached = new ulong[set.Length];
            DaySet.Add(reached, 3);
            DaySet.AddShifted(reached, set, least, most);
            Assert.Equal(Enumerable.Range(0, size).Where(day => day == 3 || numbers.Any(n => n + least <= day && day <= n + most)), Members(reached));
        }
    }

    [Fact]
    public void Two_sets_are_compared_member_by_member()
    {
        foreach (var (chance, numbers, set) in Drawn())
        {
            var (others, other) = Draw(chance, set.Length);
            if (chance.Percent(30))
            {
                others.IntersectWith(numbers);
                other = Of(others, set.Length);
            }

            Assert.Equal(numbers.Overlaps(others), DaySet.Overlap(set, other));
            Assert.Equal(numbers.IsSubsetOf(others), DaySet.IsInside(set, other));
            Assert.Equal(others.IsSubsetOf(numbers), DaySet.IsInside(other, set));

            ulong[] kept = [.. set], less = [.. set], both = [.. set];
            Assert.Equal(!numbers.IsSubsetOf(others), DaySet.Intersect(kept, other));
            Assert.Equal(numbers.Intersect(others), Members(kept));
            Assert.Equal(numbers.Overlaps(others), DaySet.Subtract(less, other));
            Assert.Equal(numbers.Except(others), Members(less));
            DaySet.Unite(both, other);
            Assert.Equal(numbers.Union(others).Order(), Members(both));
        }
    }

    private static IEnumerable<(Chance Chance, SortedSet<int> Numbers, ulong[] Set)> Drawn()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var chance = new Chance(seed);
            var (numbers, set) = Draw(chance, chance.From(1, 4));
            yield return (chance, numbers, set);
        }
    }

    private static (SortedSet<int> Numbers, ulong[] Set) Draw(Chance chance, int words)
    {
        var numbers = new SortedSet<int>();
        for (var i = chance.From(0, 5); i > 0; i--)
        {
            var from = chance.Percent(40) ? chance.One(0, 63, (words * 64) - 1, (words - 1) * 64) : chance.From(0, (words * 64) - 1);
            numbers.UnionWith(Enumerable.Range(from, Math.Min(chance.One(1, 1, 3, 70), (words * 64) - from)));
        }

        return (numbers, Of(numbers, words));
    }

    private static ulong[] Of(IEnumerable<int> numbers, int words)
    {
        var set = new ulong[words];
        foreach (var number in numbers)
        {
            DaySet.Add(set, number);
        }

        return set;
    }

    private static List<int> Members(ulong[] set) => [.. Enumerable.Range(0, set.Length * 64).Where(day => DaySet.Contains(set, day))];
}
