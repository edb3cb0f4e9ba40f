using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Together;

/// <summary>What came of planning several courses together.</summary>
/// <param name="Courses">The courses, in the order in which they were asked for.</param>
/// <param name="Proved">
/// Whether it is proved that no calendars for all of them move fewer booked visits, nor as few with fewer other people; conditional visits, which come after the certain ones, apart.
/// </param>
/// <param name="Steps">The steps of search that all took.</param>
public sealed record SeveralPlan(ImmutableArray<CourseAmongOthers> Courses, bool Proved, long Steps)
{
    /// <summary>What changes of what is booked, over all courses that have a calendar.</summary>
    public Moves Moves => Courses.Select(c => c.Proposal).OfType<Proposal>().Select(p => (p.CostWithConditional ?? p.Cost).Moves)
        .Aggregate(default(Moves), (sum, moves) => new(sum.Visits + moves.Visits, sum.People + moves.People, sum.Others + moves.Others));
}

/// <summary>One course of several.</summary>
/// <param name="Request">What was asked, the visits of the others now among the clinic's bookings: the outcome answers that.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record CourseAmongOthers(PlanningRequest Request, Outcome Outcome)
{
    /// <summary>The calendar; null where there is none.</summary>
    public Proposal? Proposal => Outcome switch
    {
        Outcome.Placed { Proposals: [var best, ..] } => best,
        Outcome.Unproved { Proposals: [var best, ..] } => best,
        _ => null,
    };
}

/// <summary>The visits of one patient as others see them: what they take.</summary>
public static class VisitBookings
{
    private const int Tick = Collision.Tick;

    /// <summary>What some visits of a course take of the clinic's people and places, with what their needs ask of others beside them.</summary>
    /// <param name="request">The request of the course.</param>
    /// <param name="visits">The visits.</param>
    public static IEnumerable<Booking> Of(PlanningRequest request, IEnumerable<PlacedVisit> visits) => ByUse(request, visits).Select(u => u.Booking);

    /// <summary>The same, with the visit and the use that each booking is.</summary>
    /// <param name="request">The request of the course.</param>
    /// <param name="visits">The visits.</param>
    public static IEnumerable<(PlacedVisit Visit, ResourceUse Use, Booking Booking)> ByUse(PlanningRequest request, IEnumerable<PlacedVisit> visits)
    {
        var needs = request.Protocol.VisitTypes.SelectMany(t => t.Needs.Select(n => (t.Id, n))).ToDictionary(n => (n.Id, n.n.Id), n => n.n);
        return
            from visit in visits
            from use in visit.Uses
            let hours = HoursOf(use)
            where hours.To > hours.From
            let need = needs.GetValueOrDefault((visit.Id.Type, use.Need))
            select (visit, use, new Booking(use.Resource, use.Start.Date, hours, use.Use) { Part = PartOf(request.Clinic.Find(use.Resource), visit, use, need) });
    }

    private static VisitPart? PartOf(Resource? who, PlacedVisit visit, ResourceUse use, Need? need)
    {
        if (who is null)
        {
            return null;
        }

        var ofNeed = visit.Uses.Where(u => u.Need == use.Need).ToList();
        var isFirst = need is not null && ReferenceEquals(use, ofNeed.MinBy(u => u.Start));
        return new(CleanUp(who, use, ofNeed, Math.Max(need?.CleanUpMinutes ?? 0, who.CleanUpMinutes)), isFirst ? need!.StartsApartMinutes : null);
    }

    /// <summary>How long is cleaned up: the visit's own later uses for the same need are not in the way, and what comes after them is theirs.</summary>
    private static int CleanUp(Resource who, ResourceUse use, List<ResourceUse> ofNeed, int usual)
    {
        var hours = HoursOf(use);
        var later = ofNeed.Where(u => u.Resource == who.Id && u.Start > use.Start && u.Start.Date == use.Start.Date)
            .Select(u => (From: HoursOf(u).From / Tick * Tick, To: HoursOf(u).To + (u.Use == Use.Supervision ? 0 : usual)))
            .Where(u => u.To >= hours.To + usual).Select(u => u.From).Append(hours.To + usual).Min();
        return Math.Max(0, later - hours.To);
    }

    /// <summary>The minutes of its day in which a resource is used.</summary>
    public static Hours HoursOf(ResourceUse use) => new(Minute(use.Start), use.End.Date > use.Start.Date ? Hours.MinutesPerDay : Minute(use.End));

    private static int Minute(NodaTime.LocalDateTime time) => (time.Hour * 60) + time.Minute;
}
