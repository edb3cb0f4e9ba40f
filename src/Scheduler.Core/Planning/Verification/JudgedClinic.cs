using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification;

/// <summary>
/// A clinic as the judge knows it: what was looked up of its days stays known. For one calendar only the bookings of what it uses are sorted, for a clinic of which
/// many calendars are judged all of them, once.
/// </summary>
internal sealed class JudgedClinic
{
    private readonly Clinic clinic;
    private readonly Dictionary<string, Resource> resources;
    private readonly Dictionary<LocalDate, ImmutableArray<Hours>> open = [];
    private readonly Dictionary<string, Dictionary<LocalDate, List<Booking>>> bookings = [];
    private readonly Dictionary<string, Dictionary<LocalDate, ResourceDay>> days = [];

    /// <summary>The clinic for any calendar.</summary>
    public JudgedClinic(Clinic clinic)
    {
        (this.clinic, resources) = (clinic, clinic.Resources.ToDictionary(r => r.Id));
        foreach (var booking in clinic.Bookings)
        {
            BookingsOn(booking.Resource, booking.Date).Add(booking);
        }
    }

    /// <summary>The clinic for a calendar that has these visits.</summary>
    public JudgedClinic(Clinic clinic, ImmutableArray<JudgedVisit> visits)
    {
        (this.clinic, resources) = (clinic, clinic.Resources.ToDictionary(r => r.Id));

        // A clinic holds thousands of bookings and a calendar few days: nearly everything else is left out of account at once. Dates a few years apart may share a mark,
        // which does no harm.
        var marks = new bool[1024];
        foreach (var use in visits.SelectMany(v => v.Uses))
        {
            marks[MarkOf(use.Start.Date)] = true;
            BookingsOn(use.Resource, use.Start.Date);
        }

        foreach (var booking in clinic.Bookings)
        {
            if (marks[MarkOf(booking.Date)] && bookings.TryGetValue(booking.Resource, out var booked) && booked.TryGetValue(booking.Date, out var all))
            {
                all.Add(booking);
            }
        }
    }

    public Resource? Find(string id) => resources.GetValueOrDefault(id);

    public ImmutableArray<Hours> OpenOn(LocalDate date)
    {
        if (!open.TryGetValue(date, out var hours))
        {
            open[date] = hours = clinic.OpenOn(date);
        }

        return hours;
    }

    /// <summary>When a resource works, whether the clinic is open or not.</summary>
    public ImmutableArray<Hours> WorkingHours(Resource resource, LocalDate date) => clinic.WorkingHours(resource, date);

    /// <summary>The bookings of a resource on a day, in the clinic's order; also of one that the clinic does not have.</summary>
    public IReadOnlyList<Booking> BookingsOf(string resource, LocalDate date) =>
        bookings.TryGetValue(resource, out var booked) && booked.TryGetValue(date, out var all) ? all : [];

    /// <summary>What is known of a resource's day before any calendar.</summary>
    public ResourceDay DayOf(Resource resource, LocalDate date)
    {
        if (!days.TryGetValue(resource.Id, out var known))
        {
            days[resource.Id] = known = [];
        }

        if (!known.TryGetValue(date, out var day))
        {
            known[date] = day = new(this, resource, date);
        }

        return day;
    }

    private static int MarkOf(LocalDate date) => ((date.Year * 372) + (date.Month * 31) + date.Day) & 1023;

    private List<Booking> BookingsOn(string resource, LocalDate date)
    {
        if (!bookings.TryGetValue(resource, out var booked))
        {
            bookings[resource] = booked = [];
        }

        if (!booked.TryGetValue(date, out var all))
        {
            booked[date] = all = [];
        }

        return all;
    }
}
