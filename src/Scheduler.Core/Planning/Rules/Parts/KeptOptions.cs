using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>
/// What a class of visits can do on each day with some constraints. Those that it does not notice make no difference; and a day that some of them shut stays shut
/// with any others beside them, so that nobody looks at it again.
/// </summary>
/// <param name="visits">The class.</param>
/// <param name="times">The constraints about times.</param>
/// <param name="days">Days of the horizon.</param>
internal sealed class KeptOptions(VisitClass visits, KeptTimes times, int days)
{
    private readonly ulong[] noticed = times.Of(visits);
    private readonly ByBits<DayOptions> known = new();
    private readonly Dictionary<ulong, ulong[]> inTheWay = [];
    private readonly List<(ulong By, ulong[] Kept, ulong[] Days)> shut = [];

    /// <summary>Places for what is known of needs, resources, crews and days; more than most take.</summary>
    public long Size => (long)known.Count * ((visits.Needs.Length * times.Availability.Resources.Count) + ((2L + visits.Crews.Length) * days));

    /// <summary>The options with some constraints.</summary>
    /// <param name="kept">The constraints, as bits.</param>
    /// <param name="availability">When clinic, patient and resources can with these.</param>
    public DayOptions With(ulong[] kept, Availability availability)
    {
        var those = DaySet.Both(noticed, kept);
        return known.Find(those) ?? known.Add(those, new(visits, availability, 0, days - 1, ShutBy(those)));
    }

    /// <summary>The days that some of these constraints shut, and where more of them are kept.</summary>
    private ShutDays ShutBy(ulong[] kept)
    {
        var by = new ShutDays(days, what => Find(what, kept));
        foreach (var (_, those, these) in shut)
        {
            if (DaySet.IsInside(those, kept))
            {
                by.Add(these);
            }
        }

        return by;
    }

    private ulong[] Find(ulong by, ulong[] kept)
    {
        if (!inTheWay.TryGetValue(by, out var all))
        {
            inTheWay.Add(by, all = times.Of(visits, by));
        }

        foreach (var (what, those, these) in shut)
        {
            if (what == by && IsMeet(those, all, kept))
            {
                return these;
            }
        }

        shut.Add((by, DaySet.Both(all, kept), new ulong[DaySet.Words(days)]));
        return shut[^1].Days;
    }

    private static bool IsMeet(ulong[] both, ulong[] one, ulong[] other)
    {
        for (var i = 0; i < both.Length; i++)
        {
            if (both[i] != (one[i] & other[i]))
            {
                return false;
            }
        }

        return true;
    }
}
