using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Storage;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Together;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Bookings;

/// <summary>What a visit takes of a resource, as it stands in the book.</summary>
/// <param name="Number">Its place in the visit, from 1.</param>
/// <param name="Of">What is taken.</param>
/// <param name="Need">The need that it fills.</param>
/// <param name="Role">The role in which it does.</param>
/// <param name="Manner">How it is used.</param>
/// <param name="Hours">The use itself, in minutes of its day.</param>
/// <param name="CleanUpMinutes">How long it stays taken after that.</param>
/// <param name="StartsApartMinutes">How far apart from it other uses must start; null where nothing is asked.</param>
/// <param name="TakenFrom">The first second from which nothing else may take it.</param>
/// <param name="TakenTo">The first second at which something else may.</param>
/// <param name="MaySharePlace">Whether other visits of the course may be in the same place: those that exclude it, or a patient's one stay.</param>
internal sealed record TakenUse(
    int Number, Takeable Of, string Need, string Role, Use Manner, Hours Hours, int CleanUpMinutes, int? StartsApartMinutes, long TakenFrom, long TakenTo, bool MaySharePlace)
{
    /// <summary>Time is taken by the five minutes.</summary>
    private const int Tick = 5;

    /// <summary>The need of a patient's own row.</summary>
    public const string Patient = "patient";

    /// <summary>The side on which it stands where supervision and long uses exclude each other; null where they do not.</summary>
    public long? Side => SideOf(Of.Supervises, Of.HandsOnMinutes, Manner, Hours.To - Hours.From);

    /// <summary>The side of a use by what its resource bears and how many minutes it takes.</summary>
    public static long? SideOf(int supervises, int handsOnMinutes, Use manner, int minutes) => supervises == 0 ? null : manner == Use.Supervision ? 0 : minutes > handsOnMinutes ? 1 : null;

    /// <summary>What a visit of a course takes, its patient last.</summary>
    /// <param name="request">The request that it answers.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="takeables">What can be taken at the clinic.</param>
    public static ImmutableArray<TakenUse> From(PlanningRequest request, PlacedVisit visit, Takeables takeables)
    {
        var (type, zone) = (request.Protocol.TypeOf(visit.Id), request.Clinic.Zone);
        var uses = ImmutableArray.CreateBuilder<TakenUse>();
        foreach (var (_, use, booking) in VisitBookings.ByUse(request, [visit]))
        {
            uses.Add(Taken(
                uses.Count + 1, takeables.Resources[use.Resource], use.Need, use.Role, use.Use, booking.Date, booking.Hours, booking.Part!.CleanUpMinutes, booking.Part.StartsApartMinutes, zone, type.OnlyIf is not null));
        }

        if (type.Mode != Mode.SelfReport)
        {
            var hours = new Hours(Times.Minute(visit.Start), visit.End.Date > visit.Date ? Hours.MinutesPerDay : Times.Minute(visit.End));
            uses.Add(Taken(uses.Count + 1, takeables.Patients[request.Patient.Id], Patient, Patient, Use.Exclusive, visit.Date, hours, 0, null, zone, mayShare: true));
        }

        return uses.ToImmutable();
    }

    /// <summary>What a booking of a clinic's file takes, of which nothing else is known.</summary>
    public static TakenUse From(Booking booking, Resource resource, Takeable takeable, DateTimeZone zone) =>
        Taken(1, takeable, "", "", booking.Use, booking.Date, booking.Hours, booking.CleanUpAfter(resource), booking.StartsApartMinutes, zone, mayShare: false);

    private static TakenUse Taken(
        int number, Takeable of, string need, string role, Use manner, LocalDate date, Hours hours, int cleanUp, int? startsApart, DateTimeZone zone, bool mayShare)
    {
        var from = hours.From / Tick * Tick;
        var to = (Math.Min(hours.To + cleanUp, Hours.MinutesPerDay) + Tick - 1) / Tick * Tick;
        var midnight = date.AtMidnight();
        return new(
            number, of, need, role, manner, hours, cleanUp, startsApart, Times.Second(zone, midnight.PlusMinutes(from)), Times.Second(zone, midnight.PlusMinutes(to)), mayShare);
    }
}
