using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Each use lies in the working hours of its resource.</summary>
internal static class WorkingHoursLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence) =>
        from visit in evidence.Free
        from use in visit.Uses
        let resource = evidence.Clinic.Find(use.Resource)
        where resource is not null
        let hours = evidence.Clinic.WorkingHours(resource, visit.Date)
        where !hours.Any((Hours h) => Ticks.Fit(Say.Minute(use.Start, visit.Date), Say.Minute(use.End, visit.Date), h))
        select new Breach(
            [visit.Id],
            [use.Resource],
            $"{Say.Resource(evidence.Clinic, use.Resource)} does not work at the time of {Say.Visit(visit)}: {(hours.IsEmpty ? "it is off that day" : $"it works {string.Join(" and ", hours)}")}.");
}
