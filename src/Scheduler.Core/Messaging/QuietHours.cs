using NodaTime;

namespace Scheduler.Core.Messaging;

/// <summary>Hours in which nothing is sent, as wall time of whoever would get it; they may run past midnight.</summary>
/// <param name="From">Minutes from midnight.</param>
/// <param name="To">Minutes from midnight; not <paramref name="From"/>.</param>
public readonly record struct QuietHours(int From, int To)
{
    /// <summary>Whether a time of the day is quiet.</summary>
    public bool Cover(LocalTime time) => Cover((time.Hour * 60) + time.Minute);

    /// <summary>Whether a time of the day is quiet.</summary>
    /// <param name="minute">Minutes from midnight.</param>
    public bool Cover(int minute) => From < To ? minute >= From && minute < To : minute >= From || minute < To;
}
