using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>latest-start</c>: no use of a resource starts after its latest start.</summary>
internal static class LatestStart
{
    public static IEnumerable<Breach> Breaches(Evidence evidence) =>
        from visit in evidence.Open
        from use in visit.Uses
        let resource = evidence.Resource(use.Resource)
        where resource?.LatestStart is { } latest && Ticks.Stretch(use.Start, use.End).From > latest
        select new Breach(
            [visit.Id],
            [resource.Id],
            $"{visit.Id} takes {Wording.Of(resource)} from {Wording.Of(use.Start)}, but no use may start after {Hours.Clock(resource.LatestStart!.Value)}.");
}
