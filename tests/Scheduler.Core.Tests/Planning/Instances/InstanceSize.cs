using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>The frame of a random instance, drawn first because everything else depends on it.</summary>
/// <param name="Grid">The slot grid in minutes.</param>
/// <param name="Hours">When the clinic is open on its days.</param>
/// <param name="Days">The days of the week on which it is open.</param>
/// <param name="From">The first day of the request.</param>
/// <param name="StartWithin">The days in which the course may start.</param>
/// <param name="Length">The days in which most of the course will lie; bookings, closures and blackouts are drawn there.</param>
/// <param name="Visits">How many certain visits there are, at least and at most.</param>
/// <param name="Zone">The clinic's zone.</param>
/// <param name="Load">How much of a large clinic's time is booked already, in percent.</param>
internal sealed record InstanceSize(
    int Grid,
    Hours Hours,
    IReadOnlyList<IsoDayOfWeek> Days,
    LocalDate From,
    int StartWithin,
    int Length,
    (int Least, int Most) Visits,
    DateTimeZone Zone,
    int Load = 0)
{
    /// <summary>Whether courses have a real length; small ones are for brute force.</summary>
    public bool IsLarge => Visits.Most > 5;

    private static readonly string[] Zones =
    [
        // Clocks that change at midnight, at two, by half an hour, forwards and back.
        "America/Havana", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Australia/Lord_Howe", "Europe/Berlin", "America/New_York",
    ];

    /// <summary>So few candidates that everything can be tried.</summary>
    public static InstanceSize Small(Chance chance)
    {
        var grid = chance.One(60, 60, 60, 30, 30, 30, 15, 5);
        var starts = chance.From(2, 5);
        var opens = chance.One(8, 9, 13) * 60;
        var from = new LocalDate(2026, 10, 1).PlusDays(chance.From(0, 400));
        var zone = DateTimeZoneProviders.Tzdb["America/New_York"];
        var days = chance.Some(Enumerable.Range(1, 7), chance.From(1, 3)).Select(d => (IsoDayOfWeek)d).ToList();
        if (chance.Percent(15))
        {
            // A night clinic around a clock change, where the zone still has one: on the day itself, or the night before where the change is at midnight.
            zone = DateTimeZoneProviders.Tzdb[chance.One(Zones)];
            if (Enumerable.Range(0, 400).Select(from.PlusDays).Where(d => !ClockChanges.On(zone, d).IsEmpty).Take(1).ToList() is [var change])
            {
                days = [.. days.Take(2).Append(change.DayOfWeek).Distinct().Order()];
                var doubtful = ClockChanges.On(zone, change)[0];
                opens = Math.Max(0, doubtful.From - chance.One(0, grid, 2 * grid)) / grid * grid;
                from = change.PlusDays(-chance.From(0, 6));
            }
        }

        var open = new Hours(opens, Math.Min(Hours.MinutesPerDay, opens + (starts * grid) + chance.One(30, 60, 90)));
        return new(grid, open, days, from, chance.One(1, 4, 6, 7, 8, 10), chance.From(8, 20), (2, 5), zone);
    }

    /// <summary>Few days with room for several visits each, on a coarse grid or a fine one, often around a clock change.</summary>
    public static InstanceSize Wide(Chance chance)
    {
        if (chance.Percent(10))
        {
            return Small(chance) with { Visits = (1, 2) };
        }

        var opens = chance.One(8, 9, 13) * 60;
        var open = new Hours(opens, opens + chance.One(60, 75, 90, 120, 150));
        var from = new LocalDate(2026, 10, 1).PlusDays(chance.From(0, 400));
        var zone = DateTimeZoneProviders.Tzdb[chance.One(Zones)];
        var changes = Enumerable.Range(0, 400).Select(from.PlusDays).Where(d => !ClockChanges.On(zone, d).IsEmpty);
        from = chance.Percent(35) && changes.Any() ? changes.First().PlusDays(-chance.From(0, 4)) : from;

        // Days in a row, as hours after a visit often end on the next.
        var days = Enumerable.Range(0, chance.One(1, 2, 2, 3)).Select(d => from.PlusDays(d + chance.One(0, 0, 3)).DayOfWeek).Distinct().Order().ToList();
        return new(chance.One(60, 30, 30, 15, 15, 10), open, days, from, chance.One(1, 2, 4, 7), chance.From(6, 14), (1, 3), zone);
    }

    /// <summary>Courses of a real length in a clinic of a few people, whose time is partly or mostly booked.</summary>
    public static InstanceSize Large(Chance chance)
    {
        var grid = chance.One(5, 10, 15, 15, 30, 30, 60);
        var opens = chance.One(8, 9) * 60;
        var open = new Hours(opens, opens + (chance.One(4, 6, 8, 9) * 60));
        var days = chance.Some(Enumerable.Range(1, 6), chance.From(3, 6)).Select(d => (IsoDayOfWeek)d).ToList();
        var from = new LocalDate(2026, 10, 1).PlusDays(chance.From(0, 400));
        var zone = DateTimeZoneProviders.Tzdb[chance.One(Zones)];
        var changes = Enumerable.Range(0, 400).Select(from.PlusDays).Where(d => !ClockChanges.On(zone, d).IsEmpty);
        if (chance.Percent(20) && changes.Any())
        {
            // A course around a clock change, mostly in a clinic that is open at that hour.
            var change = changes.First();
            from = change.PlusDays(-chance.From(0, 10));
            days = [.. days.Append(change.DayOfWeek).Distinct().Order()];
            open = chance.Percent(70) ? new(0, chance.One(4, 6) * 60) : open;
        }

        return new(grid, open, days, from, chance.From(1, 14), chance.From(20, 60), (5, 12), zone, chance.One(0, 20, 30, 40, 60, 75));
    }
}
