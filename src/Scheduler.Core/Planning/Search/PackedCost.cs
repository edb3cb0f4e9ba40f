namespace Scheduler.Core.Planning.Search;

/// <summary>
/// The objective's terms side by side in three words, so that costs are added and compared as numbers: each term has more room than any
/// course can fill. The count of unplaced conditional visits stands before all others; fragments, the only term that can be negative, stand last.
/// </summary>
internal readonly record struct PackedCost(long Top, long High, long Low) : IComparable<PackedCost>
{
    // Bits of a term: visits and windows are at most a few thousand, days too.
    private const int Few = 12;
    private const int Many = 16;

    private const int PeopleShift = 2 * Few;
    private const int MovedShift = PeopleShift + Many;
    private const int UnplacedShift = MovedShift + Few;
    private const int MajorShift = Few;
    private const int ChangesShift = PlacePoints.Room;
    private const int OthersShift = Few;
    private const int LastShift = OthersShift + Many;
    private const int FirstShift = LastShift + Few;

    public static PackedCost Zero => default;

    public static PackedCost Worst => new(long.MaxValue, long.MaxValue, long.MaxValue);

    /// <summary>More than any course costs, with room to take away from.</summary>
    public static PackedCost Unlimited => new(long.MaxValue >> 1, 0, 0);

    /// <summary>The next smaller price.</summary>
    public PackedCost JustBelow() => this with { Low = Low - 1 };

    public static PackedCost Unplaced => new(1L << UnplacedShift, 0, 0);

    public static PackedCost Moved => new(1L << MovedShift, 0, 0);

    public static PackedCost Major => new(1L << MajorShift, 0, 0);

    public static PackedCost Minor => new(1, 0, 0);

    public static PackedCost PersonChanges(int count) => new(0, (long)count << ChangesShift, 0);

    public static PackedCost Preference(int points) => new(0, points, 0);

    /// <summary>What a place costs by its <see cref="PlacePoints"/>.</summary>
    public static PackedCost OfPlace(long points) => new(points >> PlacePoints.Room << PeopleShift, points & Mask(PlacePoints.Room), 0);

    /// <summary>What else changes of what is booked: the last before fragments.</summary>
    public static PackedCost Others(int count) => new(0, 0, (long)count << OthersShift);

    public static PackedCost Days(int first, int last) => new(0, 0, ((long)first << FirstShift) + ((long)last << LastShift));

    public static PackedCost Fragments(int count) => new(0, 0, count);

    public static PackedCost operator +(PackedCost a, PackedCost b) => new(a.Top + b.Top, a.High + b.High, a.Low + b.Low);

    public static PackedCost operator -(PackedCost a, PackedCost b) => new(a.Top - b.Top, a.High - b.High, a.Low - b.Low);

    public static bool operator <(PackedCost a, PackedCost b) =>
        a.Top != b.Top ? a.Top < b.Top : a.High != b.High ? a.High < b.High : a.Low < b.Low;

    public static bool operator >(PackedCost a, PackedCost b) => b < a;

    public int CompareTo(PackedCost other) =>
        Top != other.Top ? Top.CompareTo(other.Top) : High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The terms; days are counted from <paramref name="from"/> (a day of the horizon).</summary>
    /// <param name="from">The day of the request's <c>from</c>.</param>
    /// <param name="anyTreatment">Whether there is a treatment visit at all; without one both day terms are 0.</param>
    public Cost Unpack(int from, bool anyTreatment)
    {
        var fragments = (int)(Low << (64 - Few) >> (64 - Few));
        var low = Low - fragments;
        return new(
            Term(Top, MajorShift, Few),
            Term(Top, 0, Few),
            Term(High, ChangesShift, 31),
            Term(High, 0, 31),
            anyTreatment ? Term(low, FirstShift, Few) - from : 0,
            anyTreatment ? Term(low, LastShift, Few) - from : 0,
            fragments)
        {
            Moves = new(Term(Top, MovedShift, Few), Term(Top, PeopleShift, Many), Term(low, OthersShift, Many)),
        };
    }

    private static int Term(long word, int shift, int bits) => (int)(word >> shift & Mask(bits));

    private static long Mask(int bits) => (1L << bits) - 1;
}

/// <summary>
/// What the place of one visit costs, in one word: preference points, and before them, where the visit is booked, changes of person and the move to another time.
/// </summary>
internal static class PlacePoints
{
    /// <summary>Bits for preference points.</summary>
    public const int Room = 32;

    /// <summary>Another person than the one who is booked, at the booked time.</summary>
    public const long AnotherPerson = 1L << Room;

    /// <summary>Another time than the one that is booked.</summary>
    public const long Moved = 1L << (Room + 16);
}
