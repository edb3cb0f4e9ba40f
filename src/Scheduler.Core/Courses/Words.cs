using System.Globalization;
using NodaTime;

namespace Scheduler.Core.Courses;

/// <summary>How events are told.</summary>
internal static class Words
{
    public static string Of(LocalDateTime time) => time.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Of(VisitStatus status) => status switch
    {
        VisitStatus.Planned => "is not booked",
        VisitStatus.Booked or VisitStatus.Confirmed => $"is {status.ToString().ToLowerInvariant()}",
        VisitStatus.Arrived => "waits for its start",
        VisitStatus.Started => "has begun",
        VisitStatus.Completed => "is completed",
        VisitStatus.Held => "was held and is to be placed again",
        VisitStatus.Missed => "was missed",
        VisitStatus.Cancelled => "was called off",
        VisitStatus.Released => "was released",
        _ => "was skipped",
    };
}
