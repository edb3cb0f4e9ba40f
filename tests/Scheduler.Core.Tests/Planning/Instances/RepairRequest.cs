using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;

namespace Scheduler.Core.Tests.Planning.Instances;

/// <summary>A request of a course that is booked, when something came in between: somebody is away, a booking lies across, a visit was called off, or all starts later.</summary>
internal static class RepairRequest
{
    /// <summary>The request for the repair of a calendar.</summary>
    public static PlanningRequest Of(PlanningRequest request, TreatmentCalendar calendar, int seed)
    {
        var chance = new Chance(seed);
        var open = calendar.Visits.Where(v => request.Fixed.All(f => f.Id != v.Id)).ToImmutableArray();
        if (open.IsEmpty)
        {
            return request;
        }

        var booked = chance.Percent(30) ? chance.Each(open, 70) : open;
        booked = [.. booked.Select(v => chance.Percent(10) ? ByHand(chance, request.Clinic, v) : v)];
        var repair = request with { Booked = booked, Deviations = chance.Percent(40) ? DeviationLimit.Minor : request.Deviations };
        for (var i = chance.From(0, 2); i >= 0; i--)
        {
            repair = Disturbed(chance, repair, chance.One(open));
        }

        return repair;
    }

    private static PlanningRequest Disturbed(Chance chance, PlanningRequest request, PlacedVisit visit)
    {
        var clinic = request.Clinic;
        var used = visit.Uses.Select(u => clinic.Find(u.Resource)).OfType<Resource>().ToImmutableArray();
        switch (chance.From(0, 4))
        {
            case 0 when !used.IsEmpty:
                var away = chance.One(used);
                var absent = away with { Exceptions = away.Exceptions.Add(new(visit.Date, visit.Date.PlusDays(chance.One(0, 0, 1, 4)), [])) };
                return request with { Clinic = clinic with { Resources = clinic.Resources.Replace(away, absent) } };
            case 1 when !used.IsEmpty:
                var across = new Booking(chance.One(used).Id, visit.Date, new(Minute(visit.Start), Minute(visit.Start) + 15), Use.Exclusive);
                return request with { Clinic = clinic with { Bookings = clinic.Bookings.Add(across) } };
            case 2:
                return request with { Booked = request.Booked.RemoveAll(v => v.Id == visit.Id) };
            case 3 when request.Fixed.IsEmpty:
                return request with { From = request.From.PlusDays(chance.One(1, 2)) };
            case 4 when !used.IsEmpty && request.Fixed.IsEmpty:
                var gone = chance.One(used);
                return clinic.Resources.Count(r => r.Roles.Intersect(gone.Roles).Any()) < 2 ? request : request with
                {
                    Clinic = clinic with { Resources = clinic.Resources.Remove(gone), Bookings = clinic.Bookings.RemoveAll(b => b.Resource == gone.Id) },
                };
            default:
                return request with { Clinic = clinic with { Closures = clinic.Closures.Add(new("closed", visit.Date, visit.Date, new Hours(0, Hours.MinutesPerDay), Yearly: false)) } };
        }
    }

    // Somebody chose another place for it, on the grid or off it.
    private static PlacedVisit ByHand(Chance chance, Clinic clinic, PlacedVisit visit)
    {
        var later = chance.One(5, clinic.GridMinutes, 24 * 60);
        return visit.End.PlusMinutes(later).TimeOfDay < visit.End.TimeOfDay && later < 24 * 60
            ? visit
            : visit with
            {
                Start = visit.Start.PlusMinutes(later),
                End = visit.End.PlusMinutes(later),
                Uses = [.. visit.Uses.Select(u => u with { Start = u.Start.PlusMinutes(later), End = u.End.PlusMinutes(later) })],
            };
    }

    private static int Minute(LocalDateTime time) => (time.Hour * 60) + time.Minute;
}
