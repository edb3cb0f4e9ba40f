using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Cuts what is given down to what a calendar uses: a whole day to the hours, a booking that makes room to the time where it can go.</summary>
internal static class Trimming
{
    /// <summary>So many days before and after it are looked at for a booking that moves.</summary>
    private const int MostDaysAway = 14;

    /// <summary>What a calendar needs of some easings.</summary>
    public static ImmutableArray<Easing> Of(PlanningRequest request, ImmutableArray<Easing> easings, TreatmentCalendar calendar)
    {
        // Of two bookings that are alike one may move and the other stay.
        var taken = request.Clinic.Bookings.ToList();
        foreach (var moved in easings.OfType<Easing.MovedBooking>())
        {
            taken.Remove(moved.Booking);
        }

        taken.AddRange(calendar.Visits.SelectMany(v => v.Uses).Select(u => new Booking(u.Resource, u.Start.Date, Minutes(u.Start, u.End), u.Use)));
        var trimmed = ImmutableArray.CreateBuilder<Easing>();
        foreach (var easing in easings)
        {
            switch (easing)
            {
                case Easing.ExtraHours extra:
                    Add(Span(Uses(calendar, extra), request.Clinic.WorkingHours(request.Clinic.Find(extra.Resource)!, extra.Date)), h => extra with { Hours = h });
                    break;
                case Easing.PatientComes comes:
                    Add(Span(Presence(request, calendar, comes.Date), request.Patient.FreeOn(comes.Date)), h => comes with { Hours = h });
                    break;
                case Easing.MovedBooking { Booking: var booking } moves:
                    var to = NearestFree(request, booking, taken);
                    var hours = to is { } start ? Minutes(start, start.PlusMinutes(booking.Hours.To - booking.Hours.From)) : booking.Hours;
                    taken.Add(booking with { Date = to?.Date ?? booking.Date, Hours = hours });
                    if (to is null || (to.Value.Date, hours) != (booking.Date, booking.Hours))
                    {
                        trimmed.Add(moves with { To = to });
                    }

                    break;
                default:
                    trimmed.Add(easing);
                    break;
            }
        }

        return [.. trimmed.OrderBy(e => Place(e).Resource, StringComparer.Ordinal).ThenBy(e => Place(e).Date).ThenBy(e => Place(e).From)];

        void Add(Hours? hours, Func<Hours, Easing> easing)
        {
            if (hours is { } needed)
            {
                trimmed.Add(easing(needed));
            }
        }
    }

    private static (string? Resource, LocalDate Date, int From) Place(Easing easing) => easing switch
    {
        Easing.ExtraHours extra => (extra.Resource, extra.Date, extra.Hours.From),
        Easing.MovedBooking { Booking: var booking } => (booking.Resource, booking.Date, booking.Hours.From),
        Easing.PatientComes comes => (null, comes.Date, comes.Hours.From),
        _ => default,
    };

    private static IEnumerable<Hours> Uses(TreatmentCalendar calendar, Easing.ExtraHours extra) =>
        calendar.Visits.SelectMany(v => v.Uses).Where(u => u.Resource == extra.Resource && u.Start.Date == extra.Date).Select(u => Minutes(u.Start, u.End));

    /// <summary>When a patient is on the way or there.</summary>
    private static IEnumerable<Hours> Presence(PlanningRequest request, TreatmentCalendar calendar, LocalDate date) =>
        from visit in calendar.Visits
        where visit.Date == date
        let mode = request.Protocol.TypeOf(visit.Id).Mode
        where mode != Mode.SelfReport
        let way = mode == Mode.InPerson ? request.Patient.TravelMinutes : 0
        let hours = Minutes(visit.Start, visit.End)
        select new Hours(hours.From - way, hours.To + way);

    /// <summary>The stretch from the first to the last of some minutes that lie outside usual hours, in whole ticks; null where none do.</summary>
    private static Hours? Span(IEnumerable<Hours> needed, ImmutableArray<Hours> usual) =>
        Hours.Subtract([.. needed], usual) is { IsEmpty: false } outside
            ? new(Math.Max(0, TickSet.Minutes * TickSet.FloorTick(outside[0].From)), Math.Min(Hours.MinutesPerDay, TickSet.Minutes * TickSet.CeilingTick(outside[^1].To)))
            : null;

    /// <summary>The nearest time at which the resource of a booking is there and bears it for as long: on its day, or on a day before or after, but on none before the course.</summary>
    private static LocalDateTime? NearestFree(PlanningRequest request, Booking booking, List<Booking> taken)
    {
        var (clinic, who) = (request.Clinic, request.Clinic.Find(booking.Resource)!);
        var length = booking.Hours.To - booking.Hours.From;
        foreach (var away in Enumerable.Range(0, MostDaysAway + 1).SelectMany(d => d == 0 ? [0] : new[] { d, -d }).Where(d => booking.Date.PlusDays(d) >= request.FirstDay))
        {
            var date = booking.Date.PlusDays(away);
            var load = taken.Where(t => t.Resource == who.Id && t.Date == date).Aggregate(Load.Of(who.Capacity, who.Supervises), (sum, t) => sum.With([UseOf(who, t, t.Hours)]));
            var starts =
                from stretch in Hours.Intersect(clinic.WorkingHours(who, date), clinic.OpenOn(date))
                from start in Enumerable.Range(0, Hours.MinutesPerDay / clinic.GridMinutes).Select(n => n * clinic.GridMinutes)
                where stretch.Contains(new(start, start + length)) && start <= (who.LatestStart ?? start) && Bears(who, load, UseOf(who, booking, new(start, start + length)))
                orderby Math.Abs(start - booking.Hours.From), start
                select start;
            if (starts.Select(s => (int?)s).FirstOrDefault() is { } minute)
            {
                return date.AtMidnight().PlusMinutes(minute);
            }
        }

        return null;
    }

    private static bool Bears(Resource who, Load load, TickUse use) =>
        load.Bears(use) && (who.MaxContactMinutes is not { } most || use.Use == Use.Supervision || load.With([use]).Contact.Size * TickSet.Minutes <= most);

    private static TickUse UseOf(Resource who, Booking booking, Hours hours)
    {
        var use = booking.Use;
        var during = TickSet.Touched(hours.From, hours.To);
        var cleanUp = use == Use.Supervision ? TickSet.Empty : TickSet.Touched(hours.To, hours.To + booking.CleanUpAfter(who)) & ~during;
        return new(use, during, cleanUp, hours.To - hours.From > who.HandsOnMinutes);
    }

    private static Hours Minutes(LocalDateTime start, LocalDateTime end) =>
        new((start.Hour * 60) + start.Minute, end.Date > start.Date ? Hours.MinutesPerDay : (end.Hour * 60) + end.Minute);
}
