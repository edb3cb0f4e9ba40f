using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// When one resource can fill one need, its hours and bookings counted, and the fragments that this makes. That depends on nothing else of a request, so that it is
/// worked out once for all that are made to a clinic: those that look for reasons ask some hundred times.
/// </summary>
/// <param name="clinic">The clinic's days.</param>
/// <param name="before">What is known of the clinic as it was, with other hours and bookings of some resources; null where nothing is.</param>
/// <param name="isChanged">Which resources these are.</param>
internal sealed class ResourceStarts(ClinicDays clinic, ResourceStarts? before = null, Predicate<int>? isChanged = null)
{
    /// <summary>So many days of tables are kept (some 20 MB), more than a large clinic's course asks for; then it begins anew.</summary>
    private const int MostDays = 400_000;

    private const int Parts = (int)ResourceParts.All + 1;

    private readonly Dictionary<Need, List<NeedTables>> byNeed = new(ReferenceEqualityComparer.Instance);
    private int days;

    /// <summary>The starts of a need with a resource, some of what keeps visits from it left out of account.</summary>
    public DayTable<TickSet> Of(NeedModel need, int resource, ResourceParts without)
    {
        if (before is not null && !isChanged!(resource))
        {
            return before.Of(need, resource, without);
        }

        resource = clinic.Like(resource);
        return TablesOf(need).Starts[(resource * Parts) + (int)without] ??= new(day =>
        {
            days++;
            return On(need, resource, without, day);
        });
    }

    /// <summary>The starts of a need that uses a resource alone, in one stretch, by the fragments that they make more on its day; null where some change still more.</summary>
    public DayTable<DayFragments> LevelsOf(NeedModel need, int resource)
    {
        if (before is not null && !isChanged!(resource))
        {
            return before.LevelsOf(need, resource);
        }

        resource = clinic.Like(resource);
        var starts = Of(need, resource, ResourceParts.None);
        return TablesOf(need).Levels[resource] ??= new(day =>
        {
            days += FragmentLevels.Tables;
            return DayFragments.Of(clinic.On(resource, day).LevelsOf(starts[day], need.Taken(clinic.Resources[resource])));
        });
    }

    private NeedTables TablesOf(NeedModel need)
    {
        if (days > MostDays)
        {
            byNeed.Clear();
            days = 0;
        }

        if (!byNeed.TryGetValue(need.Need, out var byDuration))
        {
            byNeed.Add(need.Need, byDuration = []);
        }

        var tables = byDuration.Find(t => t.Duration == need.Duration);
        if (tables is null)
        {
            var resources = clinic.Resources.Count;
            byDuration.Add(tables = new(need.Duration, new DayTable<TickSet>?[resources * Parts], new DayTable<DayFragments>?[resources]));
        }

        return tables;
    }

    private TickSet On(NeedModel need, int resource, ResourceParts without, int day)
    {
        var who = clinic.Resources[resource];
        if (without == ResourceParts.All)
        {
            return TickSet.All;
        }

        if (!GoTogether(need, who))
        {
            return TickSet.Empty;
        }

        var on = clinic.On(resource, day);
        var load = without.HasFlag(ResourceParts.Bookings) ? Load.Of(who.Capacity, who.Supervises) : on.Load;
        var starts = TickSet.All;
        var contactTicks = 0;
        foreach (var (use, from, to) in need.Segments)
        {
            var (first, last) = (TickSet.FloorTick(from), TickSet.CeilingTick(to));
            starts &= without.HasFlag(ResourceParts.Hours) ? TickSet.All : on.Hours.StartsOf(last - first).Down(first);
            var (during, withCleanUp) = load.BlockedFor(use, to - from > who.HandsOnMinutes);
            starts &= ~during.StartsTouching(first, last - first);
            var cleaned = use == Use.Supervision ? last : TickSet.CeilingTick(to + Availability.CleanUp(need.Need, who));
            starts &= ~withCleanUp.StartsTouching(first, cleaned - first);
            if (who.LatestStart is { } latest && !without.HasFlag(ResourceParts.Hours))
            {
                starts &= latest < from ? TickSet.Empty : TickSet.Range(0, TickSet.FloorTick(latest - from) + 1);
            }

            contactTicks += use == Use.Supervision ? 0 : last - first;
        }

        if (!without.HasFlag(ResourceParts.Bookings))
        {
            starts &= ApartFrom(on.BookingStarts, need);
        }

        // Supervision adds no contact.
        return contactTicks > 0 && who.MaxContactMinutes is { } most && !without.HasFlag(ResourceParts.Capacity) && (load.Contact.Size + contactTicks) * TickSet.Minutes > most
            ? WithinContact(starts, need, load.Contact, most)
            : starts;
    }

    private static TickSet ApartFrom(IReadOnlyList<(int Begin, int Apart)> begins, NeedModel need)
    {
        var (starts, own) = (TickSet.All, need.FirstUse);
        for (var i = 0; i < begins.Count; i++)
        {
            var (begin, apart) = (begins[i].Begin, Math.Max(begins[i].Apart, need.Need.StartsApartMinutes));
            starts &= apart == 0 ? TickSet.All : ~TickSet.Range(TickSet.FloorTick(begin - apart - own) + 1, TickSet.CeilingTick(begin + apart - own));
        }

        return starts;
    }

    private static TickSet WithinContact(TickSet starts, NeedModel need, TickSet booked, int most)
    {
        for (var tick = starts.Next(0); tick >= 0; tick = starts.Next(tick + 1))
        {
            var contact = booked;
            foreach (var (use, from, to) in need.Segments)
            {
                contact |= use == Use.Supervision ? TickSet.Empty : TickSet.Touched((tick * TickSet.Minutes) + from, (tick * TickSet.Minutes) + to);
            }

            if (contact.Size * TickSet.Minutes > most)
            {
                starts &= ~TickSet.Range(tick, tick + 1);
            }
        }

        return starts;
    }

    /// <summary>Whether one resource can bear all segments of a need at once: long hands-on minutes exclude its own supervision, too.</summary>
    private static bool GoTogether(NeedModel need, Resource who)
    {
        if (need.Segments.Length < 2)
        {
            return true;
        }

        var load = Load.Of(who.Capacity, who.Supervises);
        foreach (var (use, from, to) in need.Segments)
        {
            var ticks = new TickUse(use, TickSet.Touched(from, to), TickSet.Empty, to - from > who.HandsOnMinutes);
            if (!load.Bears(ticks))
            {
                return false;
            }

            load = load.With([ticks]);
        }

        return true;
    }

    /// <summary>The tables of a need for visits of one length, by resource.</summary>
    private sealed record NeedTables(int Duration, DayTable<TickSet>?[] Starts, DayTable<DayFragments>?[] Levels);
}
