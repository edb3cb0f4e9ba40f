using NodaTime;
using NodaTime.TimeZones;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Clinics;

public sealed class ClockChangesTests
{
    public static TheoryData<string> Letters => [.. Zones().Select(z => z[..2]).Distinct(StringComparer.Ordinal)];

    [Theory]
    [InlineData("America/New_York", "2026-03-08", "02:00 to 03:00")]
    [InlineData("America/New_York", "2026-11-01", "01:00 to 02:00")]
    [InlineData("America/New_York", "2026-11-02", "")]
    [InlineData("Europe/Berlin", "2026-03-29", "02:00 to 03:00")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:00 to 03:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:30 to 02:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:00 to 02:30")]
    [InlineData("Pacific/Apia", "2011-12-29", "")]
    [InlineData("Pacific/Apia", "2011-12-30", "00:00 to 24:00")]
    [InlineData("Pacific/Apia", "2011-12-31", "")]
    [InlineData("America/Havana", "2024-03-10", "00:00 to 01:00")]
    [InlineData("America/Havana", "2024-11-03", "00:00 to 01:00")]
    [InlineData("Asia/Beirut", "2026-03-29", "00:00 to 01:00")]
    [InlineData("Asia/Beirut", "2026-10-24", "23:00 to 24:00")]
    [InlineData("Asia/Beirut", "2026-10-25", "")]
    [InlineData("Asia/Gaza", "2025-03-29", "")] // The last Saturday of March, but the change waits for the end of Ramadan.
    [InlineData("Asia/Gaza", "2025-04-12", "02:00 to 03:00")]
    [InlineData("Asia/Gaza", "2026-03-28", "02:00 to 03:00")]
    [InlineData("Asia/Gaza", "2026-10-24", "01:00 to 02:00")]
    [InlineData("Africa/Cairo", "2026-04-24", "00:00 to 01:00")]
    [InlineData("Africa/Cairo", "2026-10-29", "23:00 to 24:00")]
    [InlineData("America/Asuncion", "2024-03-23", "23:00 to 24:00")]
    [InlineData("America/Asuncion", "2024-10-06", "00:00 to 01:00")]
    [InlineData("Africa/Casablanca", "2026-02-15", "02:00 to 03:00")]
    [InlineData("Africa/Casablanca", "2026-03-22", "02:00 to 03:00")]
    [InlineData("Antarctica/Troll", "2026-03-29", "01:00 to 03:00")]
    [InlineData("Antarctica/Troll", "2026-10-25", "01:00 to 03:00")]
    [InlineData("America/Nuuk", "2024-03-30", "23:00 to 24:00")]
    [InlineData("UTC", "2026-03-29", "")]
    public void The_doubtful_stretch_of_a_day_is_found(string zone, string date, string expected)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;

        Assert.Equal(expected, string.Join(", ", ClockChanges.On(DateTimeZoneProviders.Tzdb[zone], day)));
    }

    /// <summary>In every zone, around every change from 2024 to 2030 (and the skipped day of Apia lies in the table above).</summary>
    [Theory]
    [MemberData(nameof(Letters))]
    public void A_wall_time_maps_to_one_instant_exactly_where_no_clock_change_is_named(string letters)
    {
        var seen = 0;
        foreach (var id in Zones().Where(z => z.StartsWith(letters, StringComparison.Ordinal)))
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            foreach (var date in DatesAroundChanges(zone))
            {
                var doubtful = ClockChanges.On(zone, date);
                foreach (var minute in Minutes(doubtful))
                {
                    var count = zone.MapLocal(date.AtMidnight().PlusMinutes(minute)).Count;
                    var inside = doubtful.Any(h => h.From <= minute && minute < h.To);
                    Assert.True(inside == (count != 1), $"{id} {date:uuuu'-'MM'-'dd} {Hours.Clock(minute)} maps to {count} instants.");
                    seen++;
                }
            }
        }

        Assert.True(seen > 0, letters);
    }

    [Theory]
    [MemberData(nameof(Letters))]
    public void Between_clock_changes_the_difference_of_wall_times_is_the_elapsed_time(string letters)
    {
        foreach (var id in Zones().Where(z => z.StartsWith(letters, StringComparison.Ordinal)))
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            foreach (var date in DatesAroundChanges(zone))
            {
                foreach (var free in Hours.Subtract([Hours.WholeDay], ClockChanges.On(zone, date)))
                {
                    // The last minute stands for the end, which may be the doubtful minute itself.
                    var first = zone.AtStrictly(date.AtMidnight().PlusMinutes(free.From)).ToInstant();
                    var last = zone.AtStrictly(date.AtMidnight().PlusMinutes(free.To - 1)).ToInstant();
                    Assert.Equal(Duration.FromMinutes(free.To - 1 - free.From), last - first);
                }
            }
        }
    }

    private static IEnumerable<string> Zones() =>
        DateTimeZoneProviders.Tzdb.Ids.Where(id => TzdbDateTimeZoneSource.Default.CanonicalIdMap[id] == id).Order(StringComparer.Ordinal);

    /// <summary>The dates on both sides of each change, and one far from most.</summary>
    private static IEnumerable<LocalDate> DatesAroundChanges(DateTimeZone zone) =>
        zone.GetZoneIntervals(Instant.FromUtc(2024, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0))
            .Where(i => i.HasStart && i.Start > Instant.FromUtc(2024, 1, 1, 0, 0))
            .SelectMany(i => Enumerable.Range(-1, 3).Select(i.Start.InUtc().Date.PlusDays))
            .Append(new LocalDate(2026, 6, 17))
            .Distinct();

    private static IEnumerable<int> Minutes(IEnumerable<Hours> doubtful) =>
        Enumerable.Range(0, Hours.MinutesPerDay / 30).Select(n => n * 30)
            .Concat(doubtful.SelectMany(h => new[] { h.From - 1, h.From, h.To - 1, h.To }))
            .Where(m => m is >= 0 and < Hours.MinutesPerDay);
}
