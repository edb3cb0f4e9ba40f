using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>No use of a resource starts after its latest start.</summary>
internal static class LatestStartLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence) =>
        from visit in evidence.Free
        from use in visit.Uses
        let latest = evidence.Clinic.Find(use.Resource)?.LatestStart
        where Say.Minute(use.Start, visit.Date) > latest
        select new Breach([visit.Id], [use.Resource], $"{Say.Resource(evidence.Clinic, use.Resource)} starts nothing after {Hours.Clock(latest.Value)}, but {Say.Visit(visit)} takes it at {use.Start:HH':'mm}.");
}
