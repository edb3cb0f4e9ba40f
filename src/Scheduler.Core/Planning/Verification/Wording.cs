using System.Globalization;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification;

/// <summary>How the judge writes days, times and resources.</summary>
internal static class Wording
{
    public static string Of(LocalDate date) => $"{date.DayOfWeek} {date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}";

    public static string Of(LocalDateTime time) => $"{Of(time.Date)} {time.ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>As <c>Monday 2026-03-02, 09:00 to 11:40</c>; the end's day only where it is another.</summary>
    public static string Of(LocalDateTime start, LocalDateTime end) =>
        start.Date == end.Date
            ? $"{Of(start.Date)}, {start.ToString("HH:mm", CultureInfo.InvariantCulture)} to {end.ToString("HH:mm", CultureInfo.InvariantCulture)}"
            : $"{Of(start)} to {Of(end)}";

    public static string Of(PlacedVisit visit) => $"{visit.Id} ({Of(visit.Start, visit.End)})";

    public static string Of(JudgedVisit visit) => Of(visit.Placed);

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
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, "A use without a case here."),
    };

    public static string Of(Need need) => need.Skills.IsEmpty ? need.Role : $"{need.Role} with {string.Join(" and ", need.Skills)}";

    public static string Days(int days) => Math.Abs(days) == 1 ? "1 day" : $"{Math.Abs(days)} days";

    public static string Times(int count) => count == 1 ? "once" : $"{count} times";

    /// <summary>As <c>2 weeks</c>, <c>6 months</c>, <c>1 month and 3 days</c>.</summary>
    public static string Of(Period period)
    {
        var parts = new[] { (period.Months, "month"), (period.Weeks, "week"), (period.Days, "day") }
            .Where(p => p.Item1 != 0)
            .Select(p => p.Item1 == 1 ? $"1 {p.Item2}" : $"{p.Item1} {p.Item2}s")
            .ToList();
        return parts.Count == 0 ? "0 days" : string.Join(" and ", parts);
    }

    /// <summary>As <c>3 days before to 3 days after</c>.</summary>
    public static string Of(Leeway leeway) => leeway.From == leeway.To ? Side(leeway.From) : $"{Side(leeway.From)} to {Side(leeway.To)}";

    public static string Of(IEnumerable<IsoDayOfWeek> days) => string.Join(", ", days);

    private static string Side(int days) => days == 0 ? "the day itself" : $"{Days(days)} {(days < 0 ? "before" : "after")}";
}
