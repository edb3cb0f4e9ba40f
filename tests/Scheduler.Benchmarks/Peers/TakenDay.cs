using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Benchmarks.Peers;

/// <summary>
/// A day of a resource with its bookings, tick by tick, as docs/planning.md has it; written from that page, and without anything of the planner's own.
/// </summary>
internal sealed class TakenDay
{
    private const int Ticks = Hours.MinutesPerDay / 5;
    private readonly Resource resource;
    private readonly List<Hours> open;
    private readonly bool[] working = new bool[Ticks];
    private readonly bool[] exclusive = new bool[Ticks];
    private readonly int[] shares = new int[Ticks];
    private readonly int[] supervised = new int[Ticks];
    private readonly bool[] busyForLong = new bool[Ticks];
    private readonly bool[] contact = new bool[Ticks];
    private readonly List<int> starts = [];
    private readonly int fragments;

    /// <summary>Reads a day.</summary>
    public TakenDay(Clinic clinic, Resource resource, LocalDate date, IEnumerable<Booking> bookings)
    {
        this.resource = resource;
        open = [.. Hours.Intersect(clinic.WorkingHours(resource, date), clinic.OpenOn(date))];
        foreach (var tick in open.SelectMany(Within))
        {
            working[tick] = true;
        }

        foreach (var booking in bookings)
        {
            var isLong = booking.Hours.To - booking.Hours.From > resource.HandsOnMinutes;
            if (booking.Use == Use.Supervision)
            {
                Mark(booking.Hours.From, booking.Hours.To, t => supervised[t]++);
                continue;
            }

            starts.Add(booking.Hours.From);
            Mark(booking.Hours.From, booking.Hours.To, t => contact[t] = true);
            Mark(booking.Hours.From, booking.Hours.To + resource.CleanUpMinutes, t =>
            {
                exclusive[t] |= booking.Use == Use.Exclusive;
                shares[t] += booking.Use == Use.Share ? 1 : 0;
                busyForLong[t] |= isLong;
            });
        }

        fragments = Fragments(t => exclusive[t] || shares[t] > 0);
    }

    /// <summary>Whether a need of a visit can be filled here.</summary>
    /// <param name="need">The need.</param>
    /// <param name="start">When the visit starts, in minutes from midnight.</param>
    /// <param name="duration">How long it lasts.</param>
    public bool Bears(Need need, int start, int duration)
    {
        var segments = need.Segments.Select(s => (s.Use, Hours: Shift(s.In(duration), start))).ToList();
        return segments.TrueForAll(s => open.Exists(o => o.Contains(s.Hours)) && (resource.LatestStart is not { } last || s.Hours.From <= last) && Bears(s.Use, s.Hours, need))
            && segments.TrueForAll(one => segments.TrueForAll(two => one == two || GoTogether(one, two)))
            && (resource.MaxContactMinutes is not { } most || 5 * ContactWith(segments.Where(s => s.Use != Use.Supervision).Select(s => s.Hours)) <= most)
            && (need.StartsApartMinutes == 0 || starts.TrueForAll(s => Math.Abs(s - segments.Min(x => x.Hours.From)) >= need.StartsApartMinutes));
    }

    /// <summary>How many more fragments there are with a visit than without.</summary>
    public int MoreFragments(Need need, int start, int duration)
    {
        var taken = new bool[Ticks];
        foreach (var segment in need.Segments.Where(s => s.Use != Use.Supervision))
        {
            var (from, to) = segment.In(duration);
            Mark(start + from, start + to + CleanUp(need), t => taken[t] = true);
        }

        return Fragments(t => exclusive[t] || shares[t] > 0 || taken[t]) - fragments;
    }

    private static Hours Shift((int From, int To) segment, int start) => new(start + segment.From, start + segment.To);

    private static IEnumerable<int> Within(Hours hours) => Enumerable.Range(hours.From / 5, (hours.To - hours.From) / 5);

    private static void Mark(int from, int to, Action<int> mark)
    {
        for (var tick = from / 5; tick < Math.Min(Ticks, (to + 4) / 5); tick++)
        {
            mark(tick);
        }
    }

    private int CleanUp(Need need) => Math.Max(need.CleanUpMinutes, resource.CleanUpMinutes);

    private bool Bears(Use use, Hours hours, Need need)
    {
        var (bears, isLong) = (true, hours.To - hours.From > resource.HandsOnMinutes);
        Mark(hours.From, hours.To + (use == Use.Supervision ? 0 : CleanUp(need)), t => bears &= use switch
        {
            Use.Exclusive => !exclusive[t] && shares[t] == 0 && !(isLong && supervised[t] > 0),
            Use.Share => !exclusive[t] && shares[t] < resource.Capacity && !(isLong && supervised[t] > 0),
            _ => supervised[t] < resource.Supervises && !busyForLong[t],
        });
        return bears;
    }

    /// <summary>Whether one resource can bear two segments of one need: only a short use leaves supervision unbroken, and no other two may overlap.</summary>
    private bool GoTogether((Use Use, Hours Hours) one, (Use Use, Hours Hours) two) =>
        !one.Hours.Overlaps(two.Hours)
        || (one.Use == Use.Supervision && two.Use != Use.Supervision && two.Hours.To - two.Hours.From <= resource.HandsOnMinutes)
        || (two.Use == Use.Supervision && one.Use != Use.Supervision && one.Hours.To - one.Hours.From <= resource.HandsOnMinutes);

    private int ContactWith(IEnumerable<Hours> uses)
    {
        var all = (bool[])contact.Clone();
        foreach (var use in uses)
        {
            Mark(use.From, use.To, t => all[t] = true);
        }

        return all.Count(t => t);
    }

    private int Fragments(Func<int, bool> isTaken)
    {
        var (found, run) = (0, 0);
        for (var tick = 0; tick <= Ticks; tick++)
        {
            if (tick < Ticks && working[tick] && !isTaken(tick))
            {
                run++;
                continue;
            }

            found += run is > 0 and < 12 ? 1 : 0;
            run = 0;
        }

        return found;
    }
}
