using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>The bookings of a clinic as written: by resource, then by date.</summary>
internal static class BookingText
{
    private static readonly ScalarShape<ImmutableArray<(Hours Hours, Use Use)>> OfDay = new(
        "times such as '09:00 to 11:40' or '09:00 to 11:00 share, 09:30 to 11:30 share'",
        (Phrase phrase, out ImmutableArray<(Hours Hours, Use Use)> value) =>
        {
            var stretches = ImmutableArray.CreateBuilder<(Hours, Use)>();
            value = [];
            do
            {
                if (!Scalars.TryTimes(phrase, out var times))
                {
                    return false;
                }

                var use = phrase.TryWords("share") ? Use.Share : phrase.TryWords("supervision") ? Use.Supervision : Use.Exclusive;
                stretches.Add((new(times.From, times.To), use));
            }
            while (phrase.TryComma());
            value = stretches.ToImmutable();
            return true;
        });

    /// <summary>The shape of all bookings.</summary>
    public static MapShape<string, NamedEntries<LocalDate, ImmutableArray<(Hours Hours, Use Use)>>> Shape { get; } = new(
        "bookings by resource",
        Scalars.Id,
        new MapShape<LocalDate, ImmutableArray<(Hours Hours, Use Use)>>("times by date", Scalars.Date, OfDay));

    /// <summary>The bookings; what cannot be is reported, what is merely odd is reported as a warning.</summary>
    public static ImmutableArray<Booking> Bind(
        NamedEntries<string, NamedEntries<LocalDate, ImmutableArray<(Hours Hours, Use Use)>>> entries,
        Clinic clinic,
        ImmutableArray<string> declared,
        DiagnosticBag bag)
    {
        var bookings = ImmutableArray.CreateBuilder<Booking>();
        foreach (var (key, dates) in entries.Entries)
        {
            if (clinic.Find(key.Value) is not { } resource)
            {
                if (!declared.Contains(key.Value))
                {
                    bag.Add(Messages.UnknownResource(key.Span, key.Value, declared));
                }

                continue;
            }

            foreach (var (date, stretches) in dates.Value.Entries)
            {
                ImmutableArray<Booking> day = [.. stretches.Value.Select(s => new Booking(resource.Id, date.Value, s.Hours, s.Use))];
                Check(clinic, resource, day, stretches.Span, bag);
                bookings.AddRange(day);
            }
        }

        return bookings.ToImmutable();
    }

    private static void Check(Clinic clinic, Resource resource, ImmutableArray<Booking> day, SourceSpan at, DiagnosticBag bag)
    {
        var date = day[0].Date;
        var written = $"{date:uuuu'-'MM'-'dd}";
        if (resource.Supervises == 0 && day.Any(b => b.Use == Use.Supervision))
        {
            bag.Add(Messages.SupervisesNobody(at, resource.Id));
            return;
        }

        foreach (var booking in day)
        {
            var meanwhile = day.Where(b => b.Hours.From <= booking.Hours.From && booking.Hours.From < b.Hours.To).ToList();
            var shares = meanwhile.Count(b => b.Use == Use.Share);
            var exclusive = meanwhile.Count(b => b.Use == Use.Exclusive);
            var supervisions = meanwhile.Count(b => b.Use == Use.Supervision);
            var breaksSupervision = supervisions > 0
                && meanwhile.Exists(b => b.Use != Use.Supervision && b.Hours.To - b.Hours.From > resource.HandsOnMinutes);
            if (exclusive > 1 || (exclusive == 1 && shares > 0) || shares > resource.Capacity || supervisions > resource.Supervises || breaksSupervision)
            {
                bag.Add(Messages.BookedTwice(at, resource.Id, written, meanwhile[0].Hours.ToString(), meanwhile[^1].Hours.ToString()));
                break;
            }
        }

        var hours = Hours.Intersect(clinic.WorkingHours(resource, date), clinic.OpenOn(date));
        if (!day.All(b => hours.Any(h => h.Contains(b.Hours))))
        {
            bag.Add(Messages.BookingOutsideHours(at, resource.Id, written));
        }
    }
}
