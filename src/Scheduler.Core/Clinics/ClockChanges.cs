using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Core.Clinics;

/// <summary>Finds the wall times of a day that a clock change makes doubtful.</summary>
public static class ClockChanges
{
    /// <summary>
    /// The stretches of <paramref name="date"/> that the clocks of <paramref name="zone"/> skip or show twice, rounded outwards to whole
    /// minutes. A day that a zone skips as a whole (Apia, 30 December 2011) is one stretch from 0 to 1440.
    /// </summary>
    public static ImmutableArray<Hours> On(DateTimeZone zone, LocalDate date)
    {
        // Every change of this date's wall clock happens within two days of it, whatever the offsets (they span -12 h to +14 h).
        var midnightUtc = date.AtMidnight().InUtc().ToInstant();
        var (from, to) = (midnightUtc - Duration.FromDays(2), midnightUtc + Duration.FromDays(3));
        if (zone.GetZoneInterval(from) is var calm && (!calm.HasEnd || calm.End >= to))
        {
            return [];
        }

        var changes = ImmutableArray.CreateBuilder<Hours>();
        var intervals = zone.GetZoneIntervals(from, to).ToList();
        for (var i = 1; i < intervals.Count; i++)
        {
            var before = intervals[i].Start.WithOffset(intervals[i - 1].WallOffset).LocalDateTime;
            var after = intervals[i].Start.WithOffset(intervals[i].WallOffset).LocalDateTime;
            var (first, last) = before < after ? (before, after) : (after, before);
            if (first == last || last <= date.AtMidnight() || first >= date.PlusDays(1).AtMidnight())
            {
                continue;
            }

            changes.Add(new(FloorMinute(first, date), CeilingMinute(last, date)));
        }

        return Hours.Merge(changes);
    }

    private static int FloorMinute(LocalDateTime time, LocalDate date) =>
        time.Date < date ? 0 : (time.Hour * 60) + time.Minute;

    private static int CeilingMinute(LocalDateTime time, LocalDate date) =>
        time.Date > date ? Hours.MinutesPerDay : (time.Hour * 60) + time.Minute + (time.Second > 0 || time.NanosecondOfSecond > 0 ? 1 : 0);
}
