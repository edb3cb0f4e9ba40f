using System.Globalization;
using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification;

/// <summary>How the judge writes days, times and resources.</summary>
internal static class Wording
{
    public static string Of(LocalDate date) => $"{date.DayOfWeek} {date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}";

    public static string Of(LocalDateTime time) => $"{Of(time.Date)} {Clock(time)}";

    /// <summary>As <c>Monday 2026-03-02, 09:00 to 11:40</c>; the end's day only where it is another.</summary>
    public static string Of(LocalDateTime start, LocalDateTime end) =>
        start.Date == end.Date
            ? $"{Of(start.Date)}, {Clock(start)} to {Clock(end)}"
            : $"{Of(start)} to {Of(end)}";

    public static string Of(JudgedVisit visit) => $"{visit.Id} ({Of(visit.Placed.Start, visit.Placed.End)})";

    public static string OnDay(JudgedVisit visit) => $"{visit.Id} is on {Of(visit.Date)}";

    public static string Of(Resource resource) => resource.Title == resource.Id ? resource.Id : $"{resource.Title} ({resource.Id})";

    /// <summary>A resource by the id that the calendar names, known or not.</summary>
    public static string ResourceOf(Evidence evidence, string id) => evidence.Resource(id) is { } known ? Of(known) : id;

    public static string Of(IEnumerable<Hours> hours) => string.Join(", ", hours) is { Length: > 0 } list ? list : "at no time";

    public static string Of(Use use) => use switch
    {
        Use.Exclusive => "exclusively",
        Use.Share => "as a share",
        Use.Supervision => "to supervise",
        _ => "in an unknown way",
    };

    public static string Days(int days) => Spoken.Count(Math.Abs(days), "day");

    /// <summary>As <c>45 min</c>, <c>24 h</c>, <c>23 h 15 min</c>, without a sign.</summary>
    public static string Elapsed(long minutes) => Spoken.Length(Math.Abs(minutes));

    /// <summary>As <c>2 weeks</c>, <c>6 months</c>, <c>1 month and 3 days</c>.</summary>
    public static string Of(Period period)
    {
        var parts = new[] { (period.Months, "month"), (period.Weeks, "week"), (period.Days, "day") }
            .Where(p => p.Item1 != 0)
            .Select(p => p.Item1 == 1 ? $"1 {p.Item2}" : $"{p.Item1} {p.Item2}s")
            .ToList();
        return parts.Count == 0 ? "0 days" : string.Join(" and ", parts);
    }

    public static string Of(IEnumerable<IsoDayOfWeek> days) => string.Join(", ", days);

    /// <summary>Seconds are there only where a calendar has some, which none should.</summary>
    public static string Clock(LocalDateTime time) =>
        time.ToString(time.Second == 0 && time.NanosecondOfSecond == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
}
