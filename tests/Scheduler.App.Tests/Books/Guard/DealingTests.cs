using Scheduler.App.Bookings;

namespace Scheduler.App.Tests.Books.Guard;

/// <summary>Units are found wherever a use is legal, and nowhere else.</summary>
public sealed class DealingTests
{
    [Fact]
    public void Units_are_dealt_again_where_none_is_free_all_the_time()
    {
        var dealt = Dealing.Deal([Use(1, 0, 2, unit: 1), Use(2, 3, 5, unit: 2), Use(3, 1, 4)], 2);

        Assert.Equal([(1, 1L), (2, 1L), (3, 2L)], dealt!.OrderBy(d => d.Booking).Select(d => ((int)d.Booking, d.Unit)));
    }

    /// <summary>Visits that exclude each other take no second unit from others: here [3,10) must follow [1,10) onto its unit.</summary>
    [Fact]
    public void Uses_that_are_never_both_real_take_no_unit_from_others()
    {
        var dealt = Dealing.Deal([Use(1, 0, 2), Use(2, 1, 10, apart: -7), Use(3, 3, 10, apart: -7), Use(4, 5, 6)], 2);

        Assert.NotNull(dealt);
    }

    [Fact]
    public void What_does_not_hang_together_with_the_new_one_keeps_its_unit()
    {
        var far = new[] { Use(8, 100, 110, unit: 2), Use(9, 105, 120, unit: 1) };

        var dealt = Dealing.Deal([Use(1, 0, 2, unit: 1), Use(2, 3, 5, unit: 2), Use(3, 1, 4), .. far], 2);

        Assert.Equal(far, dealt!.Where(d => d.Booking >= 8).OrderBy(d => d.Booking));
    }

    [Fact]
    public void A_resource_that_bears_less_than_before_takes_no_more_until_it_has_room() =>
        Assert.Null(Dealing.Deal([Use(1, 0, 5, unit: 1), Use(2, 0, 5, unit: 3), Use(3, 1, 4)], 2));

    /// <summary>By trying all: units exist exactly where no moment has too many and who is alone is alone; and what is dealt keeps to that.</summary>
    [Fact]
    public void Units_are_found_exactly_where_they_exist()
    {
        var (found, again) = (0, 0);
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var units = random.Next(1, 4);
            var uses = Some(random, units);
            var legal = Enumerable.Range(0, 16).All(moment => IsLegal(uses, units, moment));
            var dealt = Dealing.Deal(uses, units);

            Assert.True(legal == dealt is not null, $"seed {seed}");
            if (dealt is not null)
            {
                found++;
                again += dealt.Any(d => uses.Single(u => u.Booking == d.Booking) is { Unit: > 0 } was && was.Unit != d.Unit) ? 1 : 0;
                Assert.Equal(uses.OrderBy(u => u.Booking), dealt.Select(d => d with { Unit = uses.Single(u => u.Booking == d.Booking).Unit }).OrderBy(u => u.Booking));
                Assert.True(dealt.All(d => d.Unit >= 1 && d.Unit <= (d.StandsAlone ? 1 : units) && !dealt.Any(o => o.Meets(d) && (o.Unit == d.Unit || o.StandsAlone))), $"seed {seed}");
            }
        }

        // The seeds hold enough of each kind to mean something.
        Assert.InRange(found, 5_000, 15_000);
        Assert.True(again > 300, $"{again} dealt again");
    }

    /// <summary>Uses as a book may hold them, dealt one by one at random units that are free, and then one or two more.</summary>
    private static List<Dealt> Some(Random random, int units)
    {
        var uses = new List<Dealt>();
        for (var (booking, count) = (1, random.Next(2, 8)); booking <= count; booking++)
        {
            var from = random.Next(0, 12);
            var use = Use(booking, from, from + random.Next(1, 5), random.Next(4) == 0 ? -random.Next(1, 3) : null, random.Next(8) == 0);
            var free = Enumerable.Range(1, use.StandsAlone ? 1 : units).Where(unit => !uses.Exists(u => u.Meets(use) && (u.Unit == unit || u.StandsAlone || use.StandsAlone))).ToList();
            if (free.Count > 0)
            {
                uses.Add(use with { Unit = free[random.Next(free.Count)] });
            }
        }

        for (var (booking, count) = (10, 10 + random.Next(1, 3)); booking < count; booking++)
        {
            var from = random.Next(0, 12);
            uses.Add(Use(booking, from, from + random.Next(1, 5), random.Next(4) == 0 ? -random.Next(1, 3) : null, random.Next(8) == 0));
        }

        return uses;
    }

    private static bool IsLegal(List<Dealt> uses, int units, int moment)
    {
        var now = uses.Where(u => u.From <= moment && moment < u.To).ToList();
        return now.Select(u => u.Apart).Distinct().Count() is var groups && groups <= (now.Exists(u => u.StandsAlone) ? 1 : units);
    }

    private static Dealt Use(long booking, long from, long to, long? apart = null, bool alone = false, long unit = 0) => new(booking, 1, from, to, apart ?? booking, alone, unit);
}
