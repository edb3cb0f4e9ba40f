using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>latest-start</c>: no use of a resource starts after its latest start.</summary>
internal static class LatestStart
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var visit in evidence.Open)
        {
            foreach (var use in visit.Uses)
            {
                if (evidence.Resource(use.Resource) is { LatestStart: { } latest } resource && Ticks.Stretch(use.Start, use.End).From > latest)
                {
                    yield return new(
                        [visit.Id],
                        [resource.Id],
                        $"{visit.Id} takes {Wording.Of(resource)} from {Wording.Of(use.Start)}, but no use may start after {Hours.Clock(latest)}.");
                }
            }
        }
    }
}
