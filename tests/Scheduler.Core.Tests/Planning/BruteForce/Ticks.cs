using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Planning.BruteForce;

/// <summary>The 5-minute ticks of a day: taken time is rounded outwards, available time inwards.</summary>
internal static class Ticks
{
    public const int Minutes = 5;
    public const int PerDay = Hours.MinutesPerDay / Minutes;

    /// <summary>The ticks that a stretch of minutes touches.</summary>
    public static (int From, int To) Touched(int from, int to) => ((int)Math.Floor(from / 5.0), (int)Math.Ceiling(to / 5.0));

    /// <summary>The ticks that lie wholly inside a stretch.</summary>
    public static (int From, int To) Inside(Hours stretch) => ((int)Math.Ceiling(stretch.From / 5.0), (int)Math.Floor(stretch.To / 5.0));

    /// <summary>Whether taken minutes lie inside one of the stretches.</summary>
    public static bool LieInOne(IEnumerable<Hours> stretches, int from, int to)
    {
        var taken = Touched(from, to);
        return stretches.Select(Inside).Any(free => free.From <= taken.From && taken.To <= free.To);
    }
}
