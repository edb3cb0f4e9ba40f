using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification;

/// <summary>One day of one resource that the calendar uses.</summary>
/// <param name="Day">The day as it is without the calendar.</param>
/// <param name="Visits">What the calendar's visits take of it, in the protocol's order.</param>
internal sealed record UsedDay(ResourceDay Day, IReadOnlyList<Taking> Visits)
{
    public Resource Resource => Day.Resource;

    public LocalDate Date => Day.Date;

    /// <summary>What the bookings take of it.</summary>
    public ImmutableArray<Taking> Bookings => Day.Bookings;

    /// <summary>The days of all resources that a calendar uses, by the first visit that does.</summary>
    public static IReadOnlyList<UsedDay> Of(Evidence evidence)
    {
        var days = new List<UsedDay>();
        var found = new Dictionary<ResourceDay, List<Taking>>();
        foreach (var visit in evidence.Visits)
        {
            foreach (var use in visit.Uses)
            {
                if (evidence.Resource(use.Resource) is not { } resource)
                {
                    continue;
                }

                var day = evidence.DayOf(resource, use.Start.Date);
                if (!found.TryGetValue(day, out var takings))
                {
                    found[day] = takings = [];
                    days.Add(new(day, takings));
                }

                takings.Add(Taking.By(visit, use, resource));
            }
        }

        return days;
    }

    /// <summary>What visits take of the day as it can come about, once for each set of conditions that can hold together.</summary>
    public IEnumerable<IReadOnlyList<Taking>> Worlds(Evidence evidence) => evidence.HasExclusions
        ? from visits in evidence.Worlds([.. Visits.Select(t => t.Visit).OfType<JudgedVisit>().Distinct()])
          select Visits.Where(t => visits.Contains(t.Visit!)).ToList()
        : [Visits];
}
