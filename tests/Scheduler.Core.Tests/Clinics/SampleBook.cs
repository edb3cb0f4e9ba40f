using System.Collections.Immutable;
using System.Text;
using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Tests.Clinics;

/// <summary>
/// Books other patients into a sample clinic, from a seed: infusions (chair, nurse, physician), therapy and ratings (person and room),
/// until each chair, therapist and rater has about the load asked for. What results is written into the sample files.
/// </summary>
internal sealed class SampleBook
{
    /// <summary>The days that are booked.</summary>
    public static readonly LocalDate First = new(2026, 11, 23);

    /// <summary>The last of them.</summary>
    public static readonly LocalDate Last = new(2027, 2, 26);

    private readonly Clinic clinic;
    private readonly Random chance;
    private readonly List<Booking> bookings = [];
    private readonly Dictionary<(string Resource, LocalDate Date), List<Booking>> byDay = [];
    private readonly Dictionary<(string Resource, LocalDate Date), ImmutableArray<Hours>> working = [];

    private SampleBook(Clinic clinic, int seed) => (this.clinic, chance) = (clinic, new Random(seed));

    /// <summary>The bookings of a clinic, without any it has already.</summary>
    public static ImmutableArray<Booking> Fill(Clinic clinic, double load, int seed)
    {
        var book = new SampleBook(clinic with { Bookings = [] }, seed);
        for (var date = First; date <= Last; date = date.PlusDays(1))
        {
            book.FillDay(date, load);
        }

        return [.. book.bookings];
    }

    /// <summary>The bookings as the clinic's file spells them.</summary>
    public static string Write(Clinic clinic, ImmutableArray<Booking> bookings)
    {
        var text = new StringBuilder("\nbookings:\n");
        foreach (var resource in clinic.Resources)
        {
            var days = bookings.Where(b => b.Resource == resource.Id).GroupBy(b => b.Date).OrderBy(d => d.Key).ToList();
            if (days.Count > 0)
            {
                text.Append($"  {resource.Id}:\n");
            }

            foreach (var day in days)
            {
                var stretches = day.OrderBy(b => b.Hours.From).ThenBy(b => b.Hours.To).Select(b => b.Hours + (b.Use == Use.Exclusive ? "" : $" {b.Use.ToString().ToLowerInvariant()}"));
                text.Append($"    {day.Key:uuuu'-'MM'-'dd}: {string.Join(", ", stretches)}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The booked share of the working time of all resources with a role, from the first to the last booked day.</summary>
    public static double Load(Clinic clinic, string role)
    {
        var resources = clinic.Resources.Where(r => r.Roles.Contains(role)).ToList();
        var bookingsOf = clinic.Bookings.ToLookup(b => (b.Resource, b.Date));
        var (booked, worked) = (0, 0);
        for (var date = First; date <= Last; date = date.PlusDays(1))
        {
            foreach (var resource in resources)
            {
                worked += Working(clinic, resource, date).Sum(h => h.To - h.From);
                booked += bookingsOf[(resource.Id, date)].Sum(b => b.Hours.To - b.Hours.From);
            }
        }

        return (double)booked / worked;
    }

    private static ImmutableArray<Hours> Working(Clinic clinic, Resource resource, LocalDate date) =>
        Hours.Intersect(clinic.WorkingHours(resource, date), clinic.OpenOn(date));

    private void FillDay(LocalDate date, double load)
    {
        foreach (var resource in clinic.Resources.Where(r => r.Roles.Any(role => role is "chair" or "therapist" or "rater")))
        {
            // Schedulers fill the first chairs before they begin with the last, so that one chair of a busy clinic is often free.
            var worked = Working(clinic, resource, date).Sum(h => h.To - h.From);
            var wanted = worked * (resource.Kind != ResourceKind.Chair ? load : resource.Id == "chair-4" ? Math.Max(0, (4 * load) - 3) : Math.Min(1, load * 4 / 3));
            var booked = 0;
            for (var attempt = 0; attempt < 60 && booked + 30 < wanted; attempt++)
            {
                var length = resource.Kind == ResourceKind.Chair ? 160 : resource.Roles.Contains("rater") || chance.Next(3) == 0 ? 60 : 45;
                var start = (8 * 60) + (15 * chance.Next(40));
                if (booked + length <= wanted + (length / 2) && TryBook(resource, date, start, length))
                {
                    booked += length;
                }
            }

            // What is left to the load is filled with shorter visits of other kinds, from the morning on.
            foreach (var length in new[] { 60, 45, 30 })
            {
                for (var start = 8 * 60; start < 18 * 60; start += 15)
                {
                    if (booked + (length / 2) <= wanted && TryBook(resource, date, start, length))
                    {
                        booked += length;
                    }
                }
            }
        }
    }

    private bool TryBook(Resource resource, LocalDate date, int start, int length)
    {
        List<Booking> visit = [new(resource.Id, date, new(start, start + length), Use.Exclusive)];
        if (resource.Kind == ResourceKind.Chair && length == 160)
        {
            var physician = clinic.Resources.First(r => r.Roles.Contains("physician"));
            visit.Add(new(physician.Id, date, new(start, start + 120), Use.Supervision));
            visit.Add(new(physician.Id, date, new(start, start + 10), Use.Exclusive));
            visit.Add(new(physician.Id, date, new(start + 110, start + 120), Use.Exclusive));
            var nurse = clinic.Resources.FirstOrDefault(r => r.Roles.Contains("nurse") && IsFree(new(r.Id, date, new(start, start + 120), Use.Share)));
            if (nurse is null)
            {
                return false;
            }

            visit.Add(new(nurse.Id, date, new(start, start + 120), Use.Share));
        }
        else if (resource.Kind == ResourceKind.Person)
        {
            var room = clinic.Resources.FirstOrDefault(r => r.Roles.Contains("room") && IsFree(new(r.Id, date, new(start, start + length), Use.Exclusive)));
            if (room is null)
            {
                return false;
            }

            visit.Add(new(room.Id, date, new(start, start + length), Use.Exclusive));
        }

        if (!visit.TrueForAll(IsFree))
        {
            return false;
        }

        foreach (var booking in visit)
        {
            bookings.Add(booking);
            DayOf(booking).Add(booking);
        }

        return true;
    }

    private bool IsFree(Booking wanted)
    {
        var resource = clinic.Find(wanted.Resource)!;
        if (!WorkingOn(resource, wanted.Date).Any(h => h.Contains(wanted.Hours)) || wanted.Hours.From > (resource.LatestStart ?? int.MaxValue))
        {
            return false;
        }

        // An infusion chair is cleaned for a quarter of an hour, as two starts of one nurse lie a quarter apart.
        var pause = resource.Kind == ResourceKind.Chair && wanted.Hours.To - wanted.Hours.From == 160 ? 15 : resource.CleanUpMinutes;
        var day = DayOf(wanted);
        if (resource.MaxContactMinutes is { } most && day.Sum(b => b.Hours.To - b.Hours.From) + wanted.Hours.To - wanted.Hours.From > most)
        {
            return false;
        }

        var meanwhile = day.Where(b => new Hours(b.Hours.From, b.Hours.To + pause).Overlaps(new(wanted.Hours.From, wanted.Hours.To + pause))).ToList();
        return wanted.Use switch
        {
            Use.Supervision => Most(meanwhile, Use.Supervision, wanted) < resource.Supervises,
            Use.Share => Most(meanwhile, Use.Share, wanted) < resource.Capacity && !day.Exists(b => Math.Abs(b.Hours.From - wanted.Hours.From) < 15),
            _ => !meanwhile.Exists(b => b.Use != Use.Supervision),
        };
    }

    private List<Booking> DayOf(Booking booking)
    {
        var key = (booking.Resource, booking.Date);
        if (!byDay.TryGetValue(key, out var day))
        {
            byDay.Add(key, day = []);
        }

        return day;
    }

    private ImmutableArray<Hours> WorkingOn(Resource resource, LocalDate date)
    {
        if (!working.TryGetValue((resource.Id, date), out var hours))
        {
            working.Add((resource.Id, date), hours = Working(clinic, resource, date));
        }

        return hours;
    }

    private static int Most(List<Booking> meanwhile, Use use, Booking wanted) =>
        Enumerable.Range(wanted.Hours.From, wanted.Hours.To - wanted.Hours.From)
            .Max(minute => meanwhile.Count(b => b.Use == use && b.Hours.From <= minute && minute < b.Hours.To));
}
