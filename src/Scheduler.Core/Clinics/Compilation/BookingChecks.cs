using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>
/// Holds bookings against the resources and their hours. What a resource cannot bear is a mistake in the data; a booking
/// outside hours is only worth a look, because real books have those.
/// </summary>
internal static class BookingChecks
{
    /// <summary>The bookings one by one, in the order of the text.</summary>
    public static ImmutableArray<Located<Booking>> List(NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>> bookings) =>
    [
        .. from resource in bookings.Entries
           from day in resource.Value.Value.Entries
           from stretch in day.Value.Value
           select new Located<Booking>(
               new(resource.Key.Value, day.Key.Value, stretch.Value.Hours, stretch.Value.Use), stretch.Span),
    ];

    /// <summary>Reports bookings of resources that do not exist.</summary>
    public static void AgainstNames(
        ImmutableArray<string> declared, NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<Located<Stretch>>>> bookings, DiagnosticBag bag)
    {
        foreach (var unknown in bookings.Entries.Where(b => !declared.Contains(b.Key.Value)))
        {
            bag.Add(Messages.BookingOfUnknownResource(unknown.Key.Span, unknown.Key.Value, declared));
        }
    }

    /// <summary>Reports bookings that a resource cannot bear.</summary>
    public static void AgainstResources(ImmutableArray<Resource> resources, ImmutableArray<Located<Booking>> bookings, DiagnosticBag bag)
    {
        var byId = resources.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var ofResource in bookings.GroupBy(b => b.Value.Resource, StringComparer.Ordinal))
        {
            if (!byId.TryGetValue(ofResource.Key, out var resource))
            {
                continue;
            }

            foreach (var day in ofResource.GroupBy(b => b.Value.Date))
            {
                CheckDay(resource, [.. day.OrderBy(b => b.Value.Hours.From).ThenBy(b => b.Span.Start)], bag);
            }
        }
    }

    /// <summary>Reports bookings while the clinic is closed, outside working hours, and beyond a daily maximum.</summary>
    public static void AgainstHours(Clinic clinic, ImmutableArray<Located<Booking>> bookings, DiagnosticBag bag)
    {
        var byId = clinic.Resources.ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var day in bookings.GroupBy(b => (b.Value.Resource, b.Value.Date)))
        {
            if (!byId.TryGetValue(day.Key.Resource, out var resource))
            {
                continue;
            }

            var date = day.Key.Date;
            var usual = Hours.Intersect(clinic.Opening.On(date), clinic.WorkingHours(resource, date));
            foreach (var booking in day)
            {
                var hours = booking.Value.Hours;
                if (clinic.Closures.FirstOrDefault(c => c.Covers(date) && c.Hours.Overlaps(hours)) is { } closure)
                {
                    bag.Add(Messages.BookingWhileClosed(booking.Span, resource.Id, date, Told(booking.Value), closure.Name));
                }
                else if (!usual.Any(u => u.Contains(hours)))
                {
                    bag.Add(Messages.BookingOutsideHours(booking.Span, resource.Id, date, Told(booking.Value), [.. usual.Select(u => u.ToString())]));
                }
            }

            var contact = Hours.Merge(day.Where(b => b.Value.Use != Use.Supervision).Select(b => b.Value.Hours)).Sum(h => h.To - h.From);
            if (contact > resource.MaxContactMinutes)
            {
                bag.Add(Messages.BookedBeyondDailyMaximum(day.First().Span, resource.Id, date, contact, resource.MaxContactMinutes.Value));
            }
        }
    }

    /// <summary>
    /// Holds each booking against those that are under way when it begins: whatever cannot go together shows at the later one's start.
    /// </summary>
    private static void CheckDay(Resource resource, ImmutableArray<Located<Booking>> sorted, DiagnosticBag bag)
    {
        var underWay = new List<Located<Booking>>();
        foreach (var booking in sorted)
        {
            var (date, hours, use) = (booking.Value.Date, booking.Value.Hours, booking.Value.Use);
            CheckCleanUp(resource, booking, underWay, bag);
            underWay.RemoveAll(b => b.Value.Hours.To + resource.CleanUpMinutes <= hours.From);
            var now = underWay.Where(b => b.Value.Hours.To > hours.From).ToList();
            underWay.Add(booking);
            if (use == Use.Supervision && resource.Supervises == 0)
            {
                bag.Add(Messages.SupervisesNobody(booking.Span, resource.Id));
                continue;
            }

            var alike = now.Where(b => b.Value.Use == use).ToList();
            var limit = use == Use.Supervision ? resource.Supervises : resource.Capacity;
            if (now.FirstOrDefault(b => ExcludeEachOther(b.Value.Use, use)) is { Value: not null } other)
            {
                bag.Add(Messages.BookedTwice(booking.Span, resource.Id, date, Told(booking.Value), Told(other.Value), other.Span));
            }
            else if (use != Use.Exclusive && alike.Count >= limit)
            {
                bag.Add(Messages.BookedBeyondCapacity(booking.Span, resource.Id, date, Told(booking.Value), Told(alike[0].Value), limit, alike[0].Span));
            }
            else if (now.FirstOrDefault(b => BreaksSupervision(resource, b.Value, booking.Value)) is { Value: not null } broken)
            {
                bag.Add(Messages.BookingBreaksSupervision(
                    booking.Span, resource.Id, date, Told(booking.Value), Told(broken.Value), resource.HandsOnMinutes, broken.Span));
            }
        }
    }

    private static void CheckCleanUp(Resource resource, Located<Booking> booking, List<Located<Booking>> before, DiagnosticBag bag)
    {
        if (booking.Value.Use == Use.Supervision || resource.CleanUpMinutes == 0)
        {
            return;
        }

        var from = booking.Value.Hours.From;
        var inCleanUp = before
            .Where(b => b.Value.Hours.To <= from && from < b.Value.Hours.To + resource.CleanUpMinutes && ExcludeEachOther(b.Value.Use, booking.Value.Use))
            .ToList();
        if (inCleanUp.Count > 0)
        {
            bag.Add(Messages.BookingInCleanUp(
                booking.Span, resource.Id, booking.Value.Date, Told(booking.Value), Told(inCleanUp[^1].Value), resource.CleanUpMinutes, inCleanUp[^1].Span));
        }
    }

    /// <summary>A booking as messages tell it: the catalogue lies below the clinics, and does not know them.</summary>
    private static Messages.BookedHours Told(Booking booking) => new(booking.Hours.From, booking.Hours.To, booking.Use);

    private static bool ExcludeEachOther(Use a, Use b) =>
        a != Use.Supervision && b != Use.Supervision && (a == Use.Exclusive || b == Use.Exclusive);

    private static bool BreaksSupervision(Resource resource, Booking a, Booking b) =>
        (a.Use == Use.Supervision) != (b.Use == Use.Supervision)
        && (a.Use == Use.Supervision ? b : a).Hours is var hands
        && hands.To - hands.From > resource.HandsOnMinutes;
}
