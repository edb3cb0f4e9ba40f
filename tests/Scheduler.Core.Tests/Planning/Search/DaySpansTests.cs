using Scheduler.Core.Planning.Rules;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>Spans added up in vectors are those that one gets by adding up one after the other, and a course is put in the order of its days.</summary>
public sealed class DaySpansTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(19)]
    [InlineData(33)]
    public void Spans_are_the_shortest_ways(int visits)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var chance = new Random(seed);

            // Days on which visits lie keep lags from contradicting each other.
            int[] day = [.. Enumerable.Range(0, visits).Select(_ => chance.Next(300))];
            var lags = Enumerable.Range(0, 3 * visits)
                .Select(_ => (From: chance.Next(visits), To: chance.Next(visits)))
                .Select(p => (p.From, p.To, Most: chance.Next(5) == 0 ? (int?)null : day[p.To] - day[p.From] + chance.Next(20)))
                .ToList();

            var spans = new DaySpans(visits, lags);

            var expected = OneAfterTheOther(visits, lags);
            Assert.All(Enumerable.Range(0, visits * visits), i => Assert.Equal(expected[i / visits, i % visits], spans[i / visits, i % visits]));
        }
    }

    [Fact]
    public void Lags_that_contradict_each_other_leave_no_day_and_no_overflow()
    {
        var spans = new DaySpans(50, Enumerable.Range(0, 50).Select(v => (v, (v + 1) % 50, (int?)-3_650)));

        Assert.All(Enumerable.Range(0, 50), v => Assert.True(spans[v, v] < 0));
    }

    [Fact]
    public void What_lies_before_comes_first_and_what_nothing_orders_stays_as_it_is()
    {
        // Visit 2 is at least a day before visit 0; visits 1 and 3 are tied to nobody.
        var spans = new DaySpans(4, [(0, 2, -1)]);

        Assert.True(spans.IsBefore(2, 0));
        Assert.False(spans.IsBefore(0, 2));
        var order = spans.InOrder();
        Assert.True(Array.IndexOf(order, 2) < Array.IndexOf(order, 0));
        Assert.True(Array.IndexOf(order, 1) < Array.IndexOf(order, 3));
    }

    private static int[,] OneAfterTheOther(int visits, List<(int From, int To, int? Most)> lags)
    {
        var most = new int[visits, visits];
        for (var i = 0; i < visits; i++)
        {
            for (var j = 0; j < visits; j++)
            {
                most[i, j] = i == j ? 0 : DaySpans.Unbounded;
            }
        }

        for (var changed = true; changed;)
        {
            changed = false;
            for (var from = 0; from < visits; from++)
            {
                foreach (var (a, b, days) in lags.Where(l => l.Most is not null && most[from, l.From] < DaySpans.Unbounded))
                {
                    if (most[from, a] + days!.Value < most[from, b])
                    {
                        most[from, b] = most[from, a] + days.Value;
                        changed = true;
                    }
                }
            }
        }

        return most;
    }
}
