using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// What each day brings, in ticks: when the clinic is open, the patient free and each resource at work, and what its bookings leave of
/// it. Worked out for the days that are asked about, once, and shared by all searches of one request.
/// </summary>
internal sealed class Almanac
{
    /// <summary>Weekly hours, alternating ones too, come again after so many days.</summary>
    private const int WeeklyPattern = 14;

    /// <summary>No horizon reaches so far.</summary>
    private const int FarDays = 5_000;

    private readonly Clinic clinic;
    private readonly Patient patient;
    private readonly Resource[] resources;
    private readonly TickSet?[][] patterns;
    private readonly ResourceDay?[][] resourceDays;
    private readonly int[][] firstBooking;
    private readonly int[] nextBooking;
    private LocalDate[] dates = [];
    private DateHours?[] hours = [];
    private (bool IsKnown, bool IsSteady, int Minutes)[] offsets = [];

    /// <summary>Begins with day 0 = <paramref name="origin"/>.</summary>
    public Almanac(Clinic clinic, Patient patient, LocalDate origin)
    {
        (this.clinic, this.patient, Origin) = (clinic, patient, origin);
        resources = [.. clinic.Resources.OrderBy(r => r.Id, StringComparer.Ordinal)];
        Starts = new(this);
        patterns = [.. resources.Select(_ => new TickSet?[WeeklyPattern])];
        resourceDays = [.. resources.Select(_ => Array.Empty<ResourceDay?>())];
        firstBooking = [.. resources.Select(_ => Array.Empty<int>())];
        nextBooking = new int[clinic.Bookings.Length];
        var index = new Dictionary<string, int>(resources.Length, StringComparer.Ordinal);
        for (var i = 0; i < resources.Length; i++)
        {
            index[resources[i].Id] = i;
        }

        for (var i = 0; i < nextBooking.Length; i++)
        {
            var booking = clinic.Bookings[i];
            var day = Period.DaysBetween(origin, booking.Date);
            if (day is >= 0 and < FarDays && index.TryGetValue(booking.Resource, out var resource))
            {
                // Bookings of one resource and day form a list; 0 ends it.
                Cover(ref firstBooking[resource], day);
                nextBooking[i] = firstBooking[resource][day];
                firstBooking[resource][day] = i + 1;
            }
        }
    }

    /// <summary>The date of day 0.</summary>
    public LocalDate Origin { get; }

    /// <summary>The resources in the order of their ids; other rooms name them by their index here.</summary>
    public IReadOnlyList<Resource> Resources => resources;

    /// <summary>When resources can fill needs.</summary>
    public ResourceStarts Starts { get; }

    /// <summary>The date of a day.</summary>
    public LocalDate DateOf(int day)
    {
        if (day >= dates.Length)
        {
            var known = dates.Length;
            Cover(ref dates, day);
            for (var d = known; d < dates.Length; d++)
            {
                dates[d] = Origin.PlusDays(d);
            }
        }

        return dates[day];
    }

    /// <summary>The hours of clinic and patient on a day.</summary>
    public DateHours On(int day)
    {
        Cover(ref hours, day);
        return hours[day] ??= HoursOf(DateOf(day));
    }

    /// <summary>A resource on a day.</summary>
    public ResourceDay On(int resource, int day)
    {
        Cover(ref resourceDays[resource], day);
        return resourceDays[resource][day] ??= DayOf(resource, day);
    }

    /// <summary>The offset from UTC in minutes (eastward) at a minute of a day, whole minutes; for minutes that a change of clocks skips, that before it.</summary>
    public int OffsetAt(int day, int minute)
    {
        Cover(ref offsets, day);
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

    private int Offset(LocalDateTime time) => clinic.Zone.AtLeniently(time).Offset.Seconds / NodaConstants.SecondsPerMinute;

    private DateHours HoursOf(LocalDate date)
    {
        var steady = TickSet.All;
        foreach (var change in clinic.ClockChangesOn(date))
        {
            steady &= ~TickSet.Touched(change.From, change.To);
        }

        return new(Inside(clinic.OpenOn(date)), Inside(patient.FreeOn(date)), steady);
    }

    private ResourceDay DayOf(int resource, int day)
    {
        var who = resources[resource];
        var load = Load.Of(who.Capacity, who.Supervises);
        List<int>? starts = null;
        for (var next = day < firstBooking[resource].Length ? firstBooking[resource][day] : 0; next > 0; next = nextBooking[next - 1])
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
                return Inside(clinic.WorkingHours(who, date));
            }
        }

        return patterns[resource][day % WeeklyPattern] ??= Inside(clinic.WorkingHours(who, date));
    }

    private static TickSet Inside(IEnumerable<Hours> stretches)
    {
        var inside = TickSet.Empty;
        foreach (var stretch in stretches)
        {
            inside |= TickSet.Inside(stretch.From, stretch.To);
        }

        return inside;
    }

    private static void Cover<T>(ref T[] array, int day)
    {
        if (day >= array.Length)
        {
            Array.Resize(ref array, Math.Max(day + 1, array.Length * 2));
        }
    }
}

/// <summary>A date in ticks.</summary>
/// <param name="Open">The clinic is open.</param>
/// <param name="Free">The patient is free, travel included.</param>
/// <param name="Steady">No clock changes.</param>
internal sealed record DateHours(TickSet Open, TickSet Free, TickSet Steady);

/// <summary>A resource on a date, in ticks.</summary>
/// <param name="Hours">It works.</param>
/// <param name="Worked">It works, and the clinic is open.</param>
/// <param name="Load">What it bears by its bookings.</param>
/// <param name="BookingStarts">When its bookings start that are no supervision, in minutes.</param>
internal sealed record ResourceDay(TickSet Hours, TickSet Worked, Load Load, IReadOnlyList<int> BookingStarts)
{
    private readonly TickSet taken = ~(Worked & ~Load.Taken);

    /// <summary>It works, the clinic is open, and nothing is booked.</summary>
    public TickSet Free => ~taken;

    /// <summary>The fragments that ticks taken would make more than there are: free stretches shorter than 60 minutes.</summary>
    public int FragmentsMore(TickSet more) => FragmentsOf(~taken & ~more) - FragmentsOf(~taken);

    /// <summary>The same for one stretch of ticks [from, to) that begins in free time: only the free stretch around it changes.</summary>
    public int FragmentsMore(int from, int to)
    {
        var first = taken.Before(from) + 1;
        var end = taken.Next(from) is >= 0 and var next ? next : TickSet.Count;
        return to > end
            ? FragmentsMore(TickSet.Range(from, to))
            : IsFragment(from - first) + IsFragment(end - to) - IsFragment(end - first);
    }

    private static int IsFragment(int ticks) => ticks is > 0 and < 60 / TickSet.Minutes ? 1 : 0;

    private static int FragmentsOf(TickSet free) => free.Runs - free.StartsOf(60 / TickSet.Minutes).Runs;
}
