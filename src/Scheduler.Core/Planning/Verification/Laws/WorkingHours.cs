using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>working-hours</c>: a resource is used while it works and the clinic is open; its clean-up may run beyond.</summary>
internal static class WorkingHours
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var visit in evidence.Open)
        {
            foreach (var use in visit.Uses)
            {
                if (evidence.Resource(use.Resource) is { } resource && !evidence.IsFar(use.Start.Date) && !IsAtWork(evidence, resource, use))
                {
                    var working = evidence.Clinic.WorkingHours(resource, use.Start.Date);
                    yield return new(
                        [visit.Id],
                        [resource.Id],
                        $"{visit.Id} takes {Wording.Of(resource)} on {Wording.Of(use.Start, use.End)}, but {Wording.Of(resource)} works {Wording.Of(working)} "
                        + $"that day and the clinic is open {Wording.Of(evidence.OpenOn(use.Start.Date))}.");
                }
            }
        }
    }

    private static bool IsAtWork(Evidence evidence, Resource resource, ResourceUse use)
    {
        var taken = Ticks.Stretch(use.Start, use.End);
        return Ticks.Fit(evidence.DayOf(resource, use.Start.Date).Working, taken) && Ticks.Fit(evidence.OpenOn(use.Start.Date), taken);
    }
}
