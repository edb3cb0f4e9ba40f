using System.Collections.Immutable;
using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>contact-hours</c>: nobody is in use longer than their daily maximum.</summary>
internal static class ContactHours
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var day in evidence.UsedDays)
        {
            if (day.Resource.MaxContactMinutes is not { } most)
            {
                continue;
            }

            foreach (var world in day.Worlds(evidence))
            {
                var contact = Hours.Merge(world.Concat(day.Bookings).Where(t => t.IsHeld).Select(t => t.InUse)).Sum(h => h.To - h.From);
                if (contact > most && world.Any(t => t.IsHeld && t.Visit is { IsFixed: false }))
                {
                    ImmutableArray<VisitId> visits = [.. world.Where(t => t.IsHeld).Select(t => t.Visit!.Id).Distinct()];
                    yield return new(
                        visits,
                        [day.Resource.Id],
                        $"{Wording.Of(day.Resource)} is in use for {contact} min on {Wording.Of(day.Date)} with {string.Join(", ", visits)}, bookings included, "
                        + $"but at most {most} min a day are allowed.");
                }
            }
        }
    }
}
