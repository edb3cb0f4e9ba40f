using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules;

/// <summary>What payers have authorised, as limits of days and as quotas.</summary>
internal static class AuthorisedVisits
{
    /// <summary>Where a payer must agree, visits lie between the dates of what was granted.</summary>
    public static void KeepDates(PlanningRequest request, ProblemBuilder course)
    {
        foreach (var visit in request.Protocol.Visits.Where(v => request.Protocol.TypeOf(v).NeedsAuthorisation))
        {
            Authorisation[] granted = [.. request.Patient.Authorisations.Where(a => a.VisitTypes.Contains(visit.Type))];
            course.LimitDates(visit, date => Array.Exists(granted, a => a.From <= date && date <= a.To));
        }
    }

    /// <summary>No more visits than were granted, in the days for which they were.</summary>
    public static IEnumerable<Quota> Quotas(PlanningRequest request, Almanac dates, int days) => request.Patient.Authorisations.Select(granted => new Quota(
        [.. Enumerable.Range(0, request.Protocol.Visits.Length).Where(v => granted.VisitTypes.Contains(request.Protocol.Visits[v].Type))],
        Math.Clamp(Period.DaysBetween(dates.Origin, granted.From), 0, days),
        Math.Clamp(Period.DaysBetween(dates.Origin, granted.To), -1, days - 1),
        granted.AtMost));
}
