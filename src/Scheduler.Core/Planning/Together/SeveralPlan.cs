using System.Collections.Immutable;
using Scheduler.Core.Clinics;

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
internal static class VisitBookings
{
    /// <summary>What some visits take of a clinic's people and places.</summary>
    public static IEnumerable<Booking> Of(IEnumerable<PlacedVisit> visits) =>
        from visit in visits
        from use in visit.Uses
        let hours = HoursOf(use)
        where hours.To > hours.From
        select new Booking(use.Resource, use.Start.Date, hours, use.Use);

    /// <summary>The minutes of its day in which a resource is used.</summary>
    public static Hours HoursOf(ResourceUse use) => new(Minute(use.Start), use.End.Date > use.Start.Date ? Hours.MinutesPerDay : Minute(use.End));

    private static int Minute(NodaTime.LocalDateTime time) => (time.Hour * 60) + time.Minute;
}
