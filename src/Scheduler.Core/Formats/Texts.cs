using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>How values are spelled in every format.</summary>
public static class Texts
{
    private static readonly OffsetDateTimePattern Times = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    /// <summary>A date: <c>2027-01-04</c>.</summary>
    public static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary>A clinic's wall time with its offset: <c>2027-01-04T08:00:00-05:00</c>.</summary>
    public static string Time(Clinic clinic, LocalDateTime time) => Time(clinic.AtOffset(time));

    /// <summary>A time with its offset.</summary>
    public static string Time(OffsetDateTime time) => Times.Format(time);

    /// <summary>Reads a time with its offset.</summary>
    public static OffsetDateTime? ParseTime(string text) => Times.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>Reads a date.</summary>
    public static LocalDate? ParseDate(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>A mode as authors write it.</summary>
    public static string ModeName(Mode mode) => mode switch
    {
        Mode.InPerson => "in person",
        Mode.Video => "video",
        Mode.Phone => "phone",
        _ => "self-report",
    };

    /// <summary>A use as authors write it.</summary>
    public static string UseName(Use use) => use.ToString().ToLowerInvariant();
}
