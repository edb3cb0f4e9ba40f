using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification;

/// <summary>Time in ticks of 5 minutes: what is taken is rounded outwards, what is available inwards.</summary>
internal static class Ticks
{
    public const int Minutes = 5;

    /// <summary>The stretch of its first day that lies between two times; at least a minute, whatever the calendar says.</summary>
    public static Hours Stretch(LocalDateTime start, LocalDateTime end)
    {
        var from = (start.Hour * 60) + start.Minute;
        var to = end.Date > start.Date
            ? Hours.MinutesPerDay
            : (end.Hour * 60) + end.Minute + (end.Second > 0 || end.NanosecondOfSecond > 0 ? 1 : 0);
        return new(from, end.Date < start.Date || to <= from ? from + 1 : to);
    }

    /// <summary>All ticks that a stretch touches.</summary>
    public static Hours Outwards(Hours taken) => new(Floor(taken.From), Ceiling(taken.To));

    /// <summary>Whether all ticks that <paramref name="taken"/> touches lie wholly in one of the available stretches.</summary>
    public static bool Fit(ImmutableArray<Hours> available, Hours taken)
    {
        var needed = Outwards(taken);
        foreach (var stretch in available)
        {
            if (Ceiling(stretch.From) <= needed.From && needed.To <= Floor(stretch.To))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Travel may begin before midnight: minutes can be negative.</summary>
    public static int Floor(int minutes) =>
        minutes - (((minutes % Minutes) + Minutes) % Minutes);

    public static int Ceiling(int minutes) => -Floor(-minutes);
}
