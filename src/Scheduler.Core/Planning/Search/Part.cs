namespace Scheduler.Core.Planning.Search;

/// <summary>Where a visit lies.</summary>
/// <param name="Visit">The visit, by index.</param>
/// <param name="Day">Its day, or <see cref="Decisions.LeftOut"/>.</param>
/// <param name="Crew">Its crew.</param>
/// <param name="Option">Its start and resources; null where it is left out.</param>
internal readonly record struct Place(int Visit, int Day, int Crew, Option? Option)
{
    /// <summary>The order in which ties are broken; a visit that is left out comes after one that is not.</summary>
    public int Compare(Place other) =>
        Day != other.Day ? (Day < 0 ? int.MaxValue : Day).CompareTo(other.Day < 0 ? int.MaxValue : other.Day)
        : Option is { } option ? option.ComparePlace(other.Option!) : 0;
}

/// <summary>The best places of some visits beside what is decided.</summary>
/// <param name="Price">What they add to the price of what is decided.</param>
/// <param name="Places">Those of the visits, and of the decided ones that they move; by visit.</param>
internal sealed record Part(PackedCost Price, Place[] Places)
{
    /// <summary>No visits.</summary>
    public static Part Nothing { get; } = new(PackedCost.Zero, []);

    /// <summary>Both together; where both place a visit, the other's place counts.</summary>
    public Part With(Part other, PackedCost price)
    {
        var joined = new List<Place>(Places.Length + other.Places.Length);
        var (i, j) = (0, 0);
        while (i < Places.Length || j < other.Places.Length)
        {
            if (j == other.Places.Length || (i < Places.Length && Places[i].Visit < other.Places[j].Visit))
            {
                joined.Add(Places[i++]);
                continue;
            }

            i += i < Places.Length && Places[i].Visit == other.Places[j].Visit ? 1 : 0;
            joined.Add(other.Places[j++]);
        }

        return new(price, [.. joined]);
    }

    /// <summary>Whether this comes before another part of equal price in the order of ties.</summary>
    /// <param name="other">A part that places the same visits.</param>
    /// <param name="now">Where a decided visit lies that one of the two leaves where it is.</param>
    public bool ComesBefore(Part other, Func<int, Place> now)
    {
        var (i, j) = (0, 0);
        while (i < Places.Length || j < other.Places.Length)
        {
            var (mine, others) = (i < Places.Length ? Places[i].Visit : int.MaxValue, j < other.Places.Length ? other.Places[j].Visit : int.MaxValue);
            var visit = Math.Min(mine, others);
            var order = (mine == visit ? Places[i++] : now(visit)).Compare(others == visit ? other.Places[j++] : now(visit));
            if (order != 0)
            {
                return order < 0;
            }
        }

        return false;
    }
}
