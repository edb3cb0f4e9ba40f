using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning;

/// <summary>A day on which a course may begin.</summary>
/// <param name="Day">The day of its earliest visit.</param>
/// <param name="Proposal">The best calendar that begins then, with its cost as from that day on; null where there is none, or none was found.</param>
/// <param name="Cost">Its cost with days counted from the request's <c>from</c>, so that days can be compared; null without a calendar.</param>
/// <param name="Proved">Whether nothing cheaper begins then; without a calendar, whether none does.</param>
public sealed record CourseStart(LocalDate Day, Proposal? Proposal, Cost? Cost, bool Proved);

/// <summary>Ranks the days on which a course may begin.</summary>
public static class Starts
{
    /// <summary>
    /// Each day of the request's start range: with the best calendar, as a request says that may start on that day alone, or with none. Those with a calendar come
    /// first, the cheapest first and of equally cheap ones the earliest; after them the others, by date.
    /// </summary>
    /// <remarks>The step budget is for all days together: those for which none is left are unproved. No reason is looked for where there is no calendar.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The request asks for a start within fewer than 1 or more than 366 days.</exception>
    /// <exception cref="ArgumentException">Another clinic is prepared than the request's, or visits are fixed: such a course has begun.</exception>
    public static ImmutableArray<CourseStart> Of(PlanningRequest request, PreparedClinic clinic)
    {
        if (request.StartWithinDays is < 1 or > PlanningRequest.MostStartWithinDays)
        {
            throw new ArgumentOutOfRangeException(nameof(request), "1 to 366 days to start within.");
        }

        if (!ReferenceEquals(clinic.Clinic, request.Clinic))
        {
            throw new ArgumentException($"Prepared is '{clinic.Clinic.Id}', and not the clinic of the request as it is now.", nameof(clinic));
        }

        if (!request.Fixed.IsEmpty)
        {
            throw new ArgumentException("A course with fixed visits has begun.", nameof(request));
        }

        var starts = Planner.OnEachDay(request with { Enrolled = request.Enrolled ?? request.From }, clinic, day => On(request, day)).Select((outcome, days) => Start(request, days, outcome));
        return [.. starts.OrderBy(s => s.Cost is null).ThenBy(s => s.Cost ?? default).ThenBy(s => s.Day)];
    }

    /// <summary>The request for a course that begins on one day; the day of enrolment stays that of the whole request.</summary>
    public static PlanningRequest On(PlanningRequest request, LocalDate day) =>
        request with { From = day, StartWithinDays = 1, Proposals = 1, Enrolled = request.Enrolled ?? request.From };

    private static CourseStart Start(PlanningRequest request, int days, Outcome? outcome) => (request.From.PlusDays(days), outcome) switch
    {
        (var day, Outcome.Placed placed) => new(day, placed.Proposals[0], Counted(request, placed.Proposals[0], days), Proved: true),
        (var day, Outcome.Unproved { Proposals: [var proposal, ..] }) => new(day, proposal, Counted(request, proposal, days), Proved: false),
        (var day, Outcome.Infeasible) => new(day, null, null, Proved: true),
        var (day, _) => new(day, null, null, Proved: false),
    };

    /// <summary>The cost with its days counted from so many days before. A course without treatment has no such days.</summary>
    private static Cost Counted(PlanningRequest request, Proposal proposal, int days) =>
        proposal.Calendar.Visits.Any(v => request.Protocol.TypeOf(v.Id) is { Purpose: VisitPurpose.Treatment, IsConditional: false })
            ? proposal.Cost with { DaysToFirst = proposal.Cost.DaysToFirst + days, DaysToLast = proposal.Cost.DaysToLast + days }
            : proposal.Cost;
}
