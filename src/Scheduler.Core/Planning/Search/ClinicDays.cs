using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

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
    private readonly int[] like;
    private readonly TickSet?[][] patterns;
    private readonly ByDay<ResourceDay?>[] resourceDays;
    private readonly ByDay<BookingOfDay?>[] bookings;
    private readonly ByDay<(TickSet Open, TickSet Steady)?> hours;
    private readonly ByDay<(bool IsKnown, bool IsSteady, int Minutes)> offsets;
    private readonly Dictionary<Need, int[]> candidates;

    /// <summary>Sorts the clinic's bookings.</summary>
    public ClinicDays(Clinic clinic)
    {
        this.clinic = clinic;
        (hours, offsets, candidates) = (new(), new(), new(ReferenceEqualityComparer.Instance));
        resources = [.. clinic.Resources.OrderBy(r => r.Id, StringComparer.Ordinal)];
        like = FindLike();
        patterns = [.. resources.Select(_ => new TickSet?[WeeklyPattern])];
        resourceDays = [.. resources.Select(_ => new ByDay<ResourceDay?>())];
        bookings = [.. resources.Select(_ => new ByDay<BookingOfDay?>())];
        Starts = new(this);
        Sort(_ => true);
    }

    /// <summary>Takes over what is known of a clinic in which nothing is otherwise but the hours and bookings of some resources.</summary>
    /// <param name="clinic">The clinic as it is now.</param>
    /// <param name="before">What is known of it as it was.</param>
    /// <param name="changed">The ids of those resources.</param>
    public ClinicDays(Clinic clinic, ClinicDays before, IReadOnlySet<string> changed)
    {
        this.clinic = clinic;
        (hours, offsets, candidates) = (before.hours, before.offsets, before.candidates);
        resources = [.. before.resources.Select(r => changed.Contains(r.Id) ? clinic.Find(r.Id)! : r)];
        like = [.. Enumerable.Range(0, resources.Length)];
        patterns = [.. before.patterns.Select((known, r) => IsChanged(r) ? new TickSet?[WeeklyPattern] : known)];
        resourceDays = [.. before.resourceDays.Select((known, r) => IsChanged(r) ? new() : before.resourceDays[before.like[r]])];
        bookings = [.. before.bookings.Select((known, r) => IsChanged(r) ? new() : known)];
        Starts = new(this, before.Starts, IsChanged);
        Sort(changed.Contains);

        bool IsChanged(int resource) => changed.Contains(resources[resource].Id);
    }

    /// <summary>The resources in the order of their ids; other rooms name them by their index here.</summary>
    public IReadOnlyList<Resource> Resources => resources;

    /// <summary>When resources can fill needs.</summary>
    public ResourceStarts Starts { get; }

    /// <summary>The resources that can fill a need as such, whatever their hours, in their order.</summary>
    public int[] CandidatesFor(Need need)
    {
        if (!candidates.TryGetValue(need, out var found))
        {
            candidates.Add(need, found = [.. Enumerable.Range(0, resources.Length).Where(r => Availability.CanFill(resources[r], need))]);
        }

        return found;
    }

    /// <summary>The number of a day, one more than that of the day before.</summary>
    public static int NumberOf(LocalDate date) => Period.DaysBetween(Epoch, date);

    /// <summary>When the clinic is open on a day, and when no clocks change.</summary>
    public (TickSet Open, TickSet Steady) On(int day) => hours[day] ??= HoursOf(DateOf(day));

    /// <summary>A resource on a day.</summary>
    public ResourceDay On(int resource, int day) => resourceDays[like[resource]][day] ??= DayOf(resource, day);

    /// <summary>
    /// The resource whose days stand for those of another, since nothing is booked of either and they have the same limits and no hours of their own: a large clinic has many such rooms. Most
    /// stand for themselves alone; in a clinic that was taken over from one as it was, all do.
    /// </summary>
    public int Like(int resource) => like[resource];

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

    private int[] FindLike()
    {
        var (first, booked) = (new Dictionary<Resource, int>(), clinic.Bookings.Select(b => b.Resource).ToHashSet(StringComparer.Ordinal));
        var found = new int[resources.Length];
        for (var r = 0; r < found.Length; r++)
        {
            var days = resources[r] with { Id = "", Title = "", Roles = [], Skills = [], Sex = Sex.Unstated };
            found[r] = booked.Contains(resources[r].Id) || first.TryAdd(days, r) ? r : first[days];
        }

        return found;
    }

    /// <summary>Sorts the bookings of some resources by day.</summary>
    private void Sort(Predicate<string> which)
    {
        var index = new Dictionary<string, int>(resources.Length, StringComparer.Ordinal);
        for (var i = 0; i < resources.Length; i++)
        {
            if (which(resources[i].Id))
            {
                index[resources[i].Id] = i;
            }
        }

        foreach (var booking in clinic.Bookings)
        {
            if (index.TryGetValue(booking.Resource, out var resource))
            {
                ref var latest = ref bookings[resource][NumberOf(booking.Date)];
                latest = new(booking, latest);
            }
        }
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
        List<(int Begin, int Apart)>? starts = null;
        for (var next = bookings[resource][day]; next is not null; next = next.Before)
        {
            var booking = next.Booking;
            var (from, to) = (booking.Hours.From, booking.Hours.To);
            var during = TickSet.Touched(from, to);
            var cleanUp = booking.Use == Use.Supervision ? TickSet.Empty : TickSet.Touched(to, to + booking.CleanUpAfter(who)) & ~during;
            load = load.With([new(booking.Use, during, cleanUp, to - from > who.HandsOnMinutes)]);
            if (booking.StartsApartMinutes is { } apart)
            {
                (starts ??= []).Add((from, apart));
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

    /// <summary>A booking of a resource on a day, and those that stand before it in the clinic's list.</summary>
    private sealed record BookingOfDay(Booking Booking, BookingOfDay? Before);
}
