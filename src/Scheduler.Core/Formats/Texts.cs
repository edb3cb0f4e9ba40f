using NodaTime;
using NodaTime.Text;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>How values are spelled in every format.</summary>
public static class Texts
{
    /// <summary>What a date must look like, in words that complete "expected ...".</summary>
    public const string ExpectedDate = "a date from 1900-01-01 to 2200-12-31 such as 2027-01-04";

    private const int FirstYear = 1900;

    private const int LastYear = 2200;

    private static readonly (string Name, DeviationLimit Limit)[] Limits =
        [("none", DeviationLimit.None), ("minor", DeviationLimit.Minor), ("major", DeviationLimit.Major)];

    private static readonly (string Name, Use Use)[] Uses = [("exclusive", Use.Exclusive), ("share", Use.Share), ("supervision", Use.Supervision)];

    private static readonly OffsetDateTimePattern Times = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<+HH:mm>");

    /// <summary>A date: <c>2027-01-04</c>.</summary>
    public static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary>A clinic's wall time with its offset: <c>2027-01-04T08:00:00-05:00</c>.</summary>
    public static string Time(Clinic clinic, LocalDateTime time) => Time(clinic.AtOffset(time));

    /// <summary>A time with its offset.</summary>
    public static string Time(OffsetDateTime time) => Times.Format(time);

    /// <summary>Reads a time with its offset, in the years 1900 to 2300: a course that may begin until 2200 ends well before.</summary>
    public static OffsetDateTime? ParseTime(string text) =>
        Times.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear + 100 } time } ? time : null;

    /// <summary>Reads a date in the years 1900 to 2200, as in the files of clinics and patients.</summary>
    public static LocalDate? ParseDate(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: { Year: >= FirstYear and <= LastYear } date } ? date : null;

    /// <summary>A mode as authors write it.</summary>
    public static string ModeName(Mode mode) => mode switch
    {
        Mode.InPerson => "in person",
        Mode.Video => "video",
        Mode.Phone => "phone",
        _ => "self-report",
    };

    /// <summary>A use as authors write it.</summary>
    public static string UseName(Use use) => Uses.First(u => u.Use == use).Name;

    /// <summary>Reads a use, whatever the case of its letters.</summary>
    public static Use? ParseUse(string text) => Uses.Where(u => Same(u.Name, text)).Select(u => (Use?)u.Use).FirstOrDefault();

    /// <summary>How far windows may be stretched, as one types it.</summary>
    public static string LimitName(DeviationLimit limit) => Limits.First(l => l.Limit == limit).Name;

    /// <summary>Reads how far windows may be stretched, whatever the case of the letters.</summary>
    public static DeviationLimit? ParseLimit(string text) => Limits.Where(l => Same(l.Name, text)).Select(l => (DeviationLimit?)l.Limit).FirstOrDefault();

    /// <summary>The names of all limits.</summary>
    public static IEnumerable<string> LimitNames => Limits.Select(l => l.Name);

    private static bool Same(string name, string text) => name.Equals(text, StringComparison.OrdinalIgnoreCase);
}
