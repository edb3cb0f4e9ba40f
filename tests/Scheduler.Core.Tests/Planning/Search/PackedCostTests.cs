using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Search;

/// <summary>Costs as words say what costs as terms say, up to the largest that a course can have.</summary>
public class PackedCostTests
{
    [Fact]
    public void Words_hold_the_terms_and_are_compared_as_they_are()
    {
        var chance = new Chance(1);
        for (var i = 0; i < 20_000; i++)
        {
            var (one, other) = (Draw(chance), Draw(chance));
            other = chance.Percent(60) ? Like(chance, one, other) : other;

            Assert.Equal(one, Pack(one).Unpack(from: 0, anyTreatment: true));
            Assert.Equal(Math.Sign(one.CompareTo(other)), Math.Sign(Pack(one).CompareTo(Pack(other))));
            Assert.Equal(one.CompareTo(other) < 0, Pack(one) < Pack(other));
            Assert.Equal(Pack(one), Pack(one) + Pack(other) - Pack(other));
        }
    }

    [Fact]
    public void What_is_left_out_costs_more_than_all_else()
    {
        var most = Pack(new(4_000, 4_000, 100_000, 50_000_000, 4_000, 4_000, 2_000) { Moves = new(400, 20_000, 20_000) });

        Assert.True(most < PackedCost.Unplaced);
        Assert.True(most < PackedCost.Unlimited);
    }

    private static Cost Draw(Chance chance) => new(
        chance.One(0, 0, 1, 4_000), chance.One(0, 0, 2, 4_000), chance.One(0, 1, 100_000), chance.One(0, 3, 50_000_000), chance.From(0, 4_000), chance.From(0, 4_000), chance.From(-2_000, 2_000))
    {
        Moves = new(chance.One(0, 0, 1, 400), chance.One(0, 0, 1, 20_000), chance.One(0, 1, 20_000)),
    };

    // Equal up to some term.
    private static Cost Like(Chance chance, Cost one, Cost other) => chance.From(0, 3) switch
    {
        0 => one with { Fragments = other.Fragments },
        1 => one with { Moves = one.Moves with { Others = other.Moves.Others } },
        2 => one with { Moves = one.Moves with { People = other.Moves.People } },
        _ => one with { Minor = other.Minor, DaysToLast = other.DaysToLast },
    };

    private static PackedCost Pack(Cost cost) =>
        PackedCost.OfPlace((cost.Moves.Visits * PlacePoints.Moved) + cost.Preferences)
        + PackedCost.OfPlace(cost.Moves.People * PlacePoints.AnotherPerson)
        + PackedCost.Others(cost.Moves.Others)
        + Times(PackedCost.Major, cost.Major)
        + Times(PackedCost.Minor, cost.Minor)
        + PackedCost.PersonChanges(cost.PersonChanges)
        + PackedCost.Days(cost.DaysToFirst, cost.DaysToLast)
        + PackedCost.Fragments(cost.Fragments);

    private static PackedCost Times(PackedCost one, int count) => new(one.Top * count, one.High * count, one.Low * count);
}
