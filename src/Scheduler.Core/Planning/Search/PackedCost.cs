namespace Scheduler.Core.Planning.Search;

/// <summary>
/// The objective's terms side by side in two words, so that costs are added and compared as numbers: each term has more room than any
/// course can fill. The count of unplaced conditional visits stands before all others; fragments, the only term that can be negative, stand last.
/// </summary>
internal readonly record struct PackedCost(long High, long Low) : IComparable<PackedCost>
{
    private const int MajorShift = 32;
    private const int MinorShift = 20;
    private const int UnplacedShift = 44;
    private const int PreferenceShift = 36;
    private const int FirstShift = 24;
    private const int LastShift = 12;
    private const int DayMask = (1 << 12) - 1;

    public static PackedCost Zero => default;

    public static PackedCost Worst => new(long.MaxValue, long.MaxValue);

    /// <summary>More than any course costs, with room to take away from.</summary>
    public static PackedCost Unlimited => new(long.MaxValue >> 1, 0);

    /// <summary>The next smaller price.</summary>
    public PackedCost JustBelow() => new(High, Low - 1);

    public static PackedCost Unplaced => new(1L << UnplacedShift, 0);

    public static PackedCost Major => new(1L << MajorShift, 0);

    public static PackedCost Minor => new(1L << MinorShift, 0);

    public static PackedCost PersonChanges(int count) => new(count, 0);

    public static PackedCost Preference(int points) => new(0, (long)points << PreferenceShift);

    public static PackedCost Days(int first, int last) => new(0, ((long)first << FirstShift) + ((long)last << LastShift));

    public static PackedCost Fragments(int count) => new(0, count);

    public static PackedCost operator +(PackedCost a, PackedCost b) => new(a.High + b.High, a.Low + b.Low);

    public static PackedCost operator -(PackedCost a, PackedCost b) => new(a.High - b.High, a.Low - b.Low);

    public static bool operator <(PackedCost a, PackedCost b) => a.High != b.High ? a.High < b.High : a.Low < b.Low;

    public static bool operator >(PackedCost a, PackedCost b) => b < a;

    public int CompareTo(PackedCost other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The terms; days are counted from <paramref name="from"/> (a day of the horizon).</summary>
    /// <param name="from">The day of the request's <c>from</c>.</param>
    /// <param name="anyTreatment">Whether there is a treatment visit at all; without one both day terms are 0.</param>
    public Cost Unpack(int from, bool anyTreatment)
    {
        var fragments = (int)(Low << 52 >> 52);
        var rest = (Low - fragments) >> LastShift;
        var last = (int)(rest & DayMask);
        var first = (int)(rest >> (FirstShift - LastShift) & DayMask);
        var preferences = (int)(rest >> (PreferenceShift - LastShift));
        return new(
            (int)(High >> MajorShift & DayMask),
            (int)(High >> MinorShift & DayMask),
            (int)(High & ((1 << MinorShift) - 1)),
            preferences,
            anyTreatment ? first - from : 0,
            anyTreatment ? last - from : 0,
            fragments);
    }
}
