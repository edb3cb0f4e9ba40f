namespace Scheduler.Core.Planning.Search;

/// <summary>Days on which visits of a class cannot take place, whatever their crew; and for others what is in the way: clinic and patient, needs, or several of them together.</summary>
/// <param name="days">How many days there are.</param>
/// <param name="known">Where others look for the days that something shuts.</param>
internal sealed class ShutDays(int days, Func<ulong, ulong[]> known)
{
    /// <summary>The hours of clinic and patient.</summary>
    public const ulong ByPresence = 1;

    private readonly ulong[] all = new ulong[DaySet.Words(days)];

    /// <summary>The bit of a need; the last stands for all needs from the 63rd on.</summary>
    public static ulong ByNeed(int need) => 1UL << Math.Min(need + 1, 63);

    /// <summary>Whether a day is one of them.</summary>
    public bool Has(int day) => DaySet.Contains(all, day);

    /// <summary>Adds a day.</summary>
    public void Add(int day, ulong by)
    {
        DaySet.Add(all, day);
        DaySet.Add(known(by), day);
    }

    /// <summary>Adds days that are known.</summary>
    public void Add(ulong[] these) => DaySet.Unite(all, these);
}
