using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>The frame of a course: the last day of each visit, the visits that can open it, and those that start off the grid. It stays that of the whole where only a part is looked at.</summary>
/// <param name="LastDays">The last day of each visit.</param>
/// <param name="Openers">The visits that can be the first of the course.</param>
/// <param name="OffGrid">The visits that start off the grid, since others say when.</param>
/// <param name="Weeks">The weeks that were worked out for it.</param>
internal sealed record CourseFrame(IReadOnlyDictionary<VisitId, LocalDate> LastDays, IReadOnlySet<VisitId> Openers, IReadOnlySet<VisitId> OffGrid, KnownWeeks Weeks)
{
    /// <summary>How far after the last start a visit may lie that nothing ties to the others, in days.</summary>
    private const int UntiedDays = 180;

    /// <summary>The furthest that a visit lies from the last start, or from the first day asked for.</summary>
    private const int FurthestDays = 4_000;

    /// <summary>Days of the horizon from its first. What is fixed may lie after the last day of its visit: it happened, whatever the rules say.</summary>
    public int DaysFrom(LocalDate origin, CourseVisits visits) =>
        Period.DaysBetween(origin, visits.Ids.Select(v => LastDays[v]).Concat(visits.FixedDates).Append(origin).Max()) + 1;

    /// <summary>The frame that lags and windows make.</summary>
    public static CourseFrame Of(PlanningRequest request, CourseVisits visits, DaySpans spans, DaySpans reach, CourseWindows windows, KnownWeeks weeks)
    {
        int[] certain = [.. Enumerable.Range(0, visits.Ids.Length).Where(v => !visits.IsOptional(v))];

        // The certain visits that can be the earliest of the course: no other lies before them on any account.
        var openers = certain.Where(v => !Array.Exists(certain, u => spans.IsBefore(u, v))).Select(v => visits.Ids[v]);
        return new(LastDaysFrom(request.From, request.LastStart, visits, reach, windows), openers.ToHashSet(), Freedoms.OffGrid(request.Protocol), weeks);
    }

    /// <summary>The last day of each visit: the last start and the longest span from any certain visit; where nothing bounds it, the longest there is.</summary>
    /// <param name="from">The first day on which the course may start.</param>
    /// <param name="lastStart">The last such day.</param>
    /// <param name="visits">The visits.</param>
    /// <param name="reach">The most days between them that count for the horizon.</param>
    /// <param name="windows">Their windows.</param>
    public static Dictionary<VisitId, LocalDate> LastDaysFrom(LocalDate from, LocalDate lastStart, CourseVisits visits, DaySpans reach, CourseWindows windows)
    {
        int[] certain = [.. Enumerable.Range(0, visits.Ids.Length).Where(v => !visits.IsOptional(v))];
        int[] longest = [.. Enumerable.Range(0, visits.Ids.Length).Select(v => certain.Select(e => reach[e, v]).DefaultIfEmpty(DaySpans.Unbounded).Max())];
        var horizon = longest.Select(l => l == DaySpans.Unbounded ? UntiedDays : l).Max();
        var latest = visits.FixedDates.Append(lastStart).Max();
        LocalDate[] last = [.. longest.Select(l => latest.PlusDays(Math.Clamp(Math.Min(l, horizon), -FurthestDays, FurthestDays)))];
        foreach (var (visit, day) in windows.LastFromKnownDay())
        {
            last[visit] = LocalDate.Max(last[visit], day);
        }

        return Enumerable.Range(0, last.Length).ToDictionary(v => visits.Ids[v], v => LocalDate.Min(last[v], from.PlusDays(FurthestDays)));
    }
}
