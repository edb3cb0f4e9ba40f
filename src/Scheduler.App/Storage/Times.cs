using NodaTime;
using NodaTime.Text;

namespace Scheduler.App.Storage;

/// <summary>How times stand in the book.</summary>
internal static class Times
{
    private static readonly LocalDateTimePattern WallTimes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    private static readonly LocalDateTimePattern Exact = LocalDateTimePattern.ExtendedIso;

    /// <summary>A wall time to the minute: <c>2027-01-04T08:30</c>.</summary>
    public static string Of(LocalDateTime time) => WallTimes.Format(time);

    /// <summary>A wall time with its seconds, as somebody told it.</summary>
    public static string ExactOf(LocalDateTime time) => Exact.Format(time);

    /// <summary>A date.</summary>
    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary>Reads a wall time, to the minute or with seconds.</summary>
    public static LocalDateTime Time(string text) => text.Length == 16 ? WallTimes.Parse(text).Value : Exact.Parse(text).Value;

    /// <summary>Reads a date.</summary>
    public static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    /// <summary>Minutes from midnight.</summary>
    public static int Minute(LocalDateTime time) => (time.Hour * 60) + time.Minute;

    /// <summary>The second at which a clinic's clocks show a time, from 1970 on. Visits touch no clock change, so there is one.</summary>
    public static long Second(DateTimeZone zone, LocalDateTime time) => zone.AtLeniently(time).ToInstant().ToUnixTimeSeconds();
}
