using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// What each day brings at a clinic, in ticks: when it is open, when each resource is at work, what its bookings leave of it, and when it can fill a need. Worked out
/// for the days that are asked about, once; no patient is known here, so that it serves all requests about the clinic.
/// </summary>
internal sealed class ClinicDays
{
    /// <summary>Weekly hours, alternating ones too, come again after so many days.</summary>
    private const int WeeklyPattern = 14;

    /// <summary>Day 0. Any date would do.</summary>
    private static readonly LocalDate Epoch = new(2000, 1, 3);

    private readonly Clinic clinic;
    private readonly Resource[] resources;
    private readonly TickSet?[][] patterns;
    private readonly ByDay<ResourceDay?>[] resourceDays;
    private readonly ByDay<int>[] firstBooking;
    private readonly int[] nextBooking;
    private readonly ByDay<(TickSet Open, TickSet Steady)?> hours = new();
    private readonly ByDay<(bool IsKnown, bool IsSteady, int Minutes)> offsets = new();

    /// <summary>Sorts the clinic's bookings.</summary>
    public ClinicDays(Clinic clinic)
    {
        this.clinic = clinic;
        Starts = new(this);
        resources = [.. clinic.Resources.OrderBy(r => r.Id, StringComparer.Ordinal)];
        patterns = [.. resources.Select(_ => new TickSet?[WeeklyPattern])];
        resourceDays = [.. resources.Select(_ => new ByDay<ResourceDay?>())];
        firstBooking = [.. resources.Select(_ => new ByDay<int>())];
        nextBooking = new int[clinic.Bookings.Length];
        var index = new Dictionary<string, int>(resources.Length, StringComparer.Ordinal);
        for (var i = 0; i < resources.Length; i++)
        {
            index[resources[i].Id] = i;
        }

        for (var i = 0; i < nextBooking.Length; i++)
        {
            // Bookings of one resource and day form a list; 0 ends it.
            if (index.TryGetValue(clinic.Bookings[i].Resource, out var resource))
            {
                var day = NumberOf(clinic.Bookings[i].Date);
                nextBooking[i] = firstBooking[resource][day];
                firstBooking[resource][day] = i + 1;
            }
        }
    }

    /// <summary>The resources in the order of their ids; other rooms name them by their index here.</summary>
    public IReadOnlyList<Resource> Resources => resources;

    /// <summary>When resources can fill needs.</summary>
    public ResourceStarts Starts { get; }

    /// <summary>The number of a day, one more than that of the day before.</summary>
    public static int NumberOf(LocalDate date) => Period.DaysBetween(Epoch, date);

    /// <summary>When the clinic is open on a day, and when no clocks change.</summary>
    public (TickSet Open, TickSet Steady) On(int day) => hours[day] ??= HoursOf(DateOf(day));

    /// <summary>A resource on a day.</summary>
    public ResourceDay On(int resource, int day) => resourceDays[resource][day] ??= DayOf(resource, day);

    /// <summary>The offset from UTC in minutes (eastward) at a minute of a day, whole minutes; for minutes that a change of clocks skips, that before it.</summary>
    public int OffsetAt(int day, int minute)
    {
        var (isKnown, isSteady, offset) = offsets[day];
        if (!isKnown)
        {
            var date = DateOf(day);
            offset = Offset(date.AtMidnight());
            isSteady = offset == Offset(date.PlusDays(1).AtMidnight()) && clinic.ClockChangesOn(date).IsEmpty;
            offsets[day] = (true, isSteady, offset);
        }

        return isSteady ? offset : Offset(DateOf(day).AtMidnight().PlusMinutes(minute));
    }

    private static LocalDate DateOf(int day) => Epoch.PlusDays(day);

    private int Offset(LocalDateTime time) => clinic.Zone.AtLeniently(time).Offset.Seconds / NodaConstants.SecondsPerMinute;

    private (TickSet Open, TickSet Steady) HoursOf(LocalDate date)
    {
        var steady = TickSet.All;
        foreach (var change in clinic.ClockChangesOn(date))
        {
            steady &= ~TickSet.Touched(change.From, change.To);
        }

        return (TickSet.Inside(clinic.OpenOn(date)), steady);
    }

    private ResourceDay DayOf(int resource, int day)
    {
        var who = resources[resource];
        var load = Load.Of(who.Capacity, who.Supervises);
        List<int>? starts = null;
        for (var next = firstBooking[resource][day]; next > 0; next = nextBooking[next - 1])
        {
            var booking = clinic.Bookings[next - 1];
            var (from, to) = (booking.Hours.From, booking.Hours.To);
            var during = TickSet.Touched(from, to);
            var cleanUp = booking.Use == Use.Supervision ? TickSet.Empty : TickSet.Touched(to, to + who.CleanUpMinutes) & ~during;
            load = load.With([new(booking.Use, during, cleanUp, to - from > who.HandsOnMinutes)]);
            if (booking.Use != Use.Supervision)
            {
                (starts ??= []).Add(from);
            }
        }

        var works = Works(resource, day);
        return new(works, works & On(day).Open, load, starts ?? []);
    }

    private TickSet Works(int resource, int day)
    {
        var (who, date) = (resources[resource], DateOf(day));
        foreach (var exception in who.Exceptions)
        {
            if (exception.Covers(date))
            {
                return TickSet.Inside(clinic.WorkingHours(who, date));
            }
        }

        return patterns[resource][((day % WeeklyPattern) + WeeklyPattern) % WeeklyPattern] ??= TickSet.Inside(clinic.WorkingHours(who, date));
    }
}
