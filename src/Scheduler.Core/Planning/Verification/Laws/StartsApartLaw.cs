namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Uses that must start apart do, from bookings and from each other.</summary>
internal static class StartsApartLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        var starts = evidence.Known.SelectMany(v => v.Uses
            .GroupBy(u => u.Need)
            .Select(g => evidence.NeedOf(v, g.First()) is { } need
                ? (Visit: v, g.First().Resource, Start: Say.Minute(First(v, need, g), v.Date), Apart: need.StartsApartMinutes)
                : (Visit: v, g.First().Resource, Start: 0, Apart: -1))).Where(s => s.Apart >= 0).ToList();
        foreach (var (visit, resource, start, apart) in starts)
        {
            if (!evidence.FixedVisits.Contains(visit.Id)
                && apart > 0
                && evidence.Booked(resource, visit.Date).Any(b => b.Use != Use.Supervision && Math.Abs(b.Hours.From - start) < apart))
            {
                yield return new([visit.Id], [resource], $"{Say.Visit(visit)} starts less than {apart} min from a booking of {Say.Resource(evidence.Clinic, resource)}.");
            }

            foreach (var other in starts.Where(o => o.Visit.Id != visit.Id && o.Resource == resource && evidence.Meet(visit, o.Visit)))
            {
                if (evidence.Protocol.Visits.IndexOf(visit.Id) < evidence.Protocol.Visits.IndexOf(other.Visit.Id) && Math.Abs(other.Start - start) < Math.Max(apart, other.Apart))
                {
                    yield return new([visit.Id, other.Visit.Id], [resource], $"{visit.Id} and {other.Visit.Id} start less than {Math.Max(apart, other.Apart)} min apart with {Say.Resource(evidence.Clinic, resource)}.");
                }
            }
        }
    }

    /// <summary>The start of the use that fills the need's first segment.</summary>
    private static NodaTime.LocalDateTime First(PlacedVisit visit, Protocols.Need need, IEnumerable<ResourceUse> uses) =>
        uses.FirstOrDefault(u => u.Use == need.Segments[0].Use)?.Start ?? visit.Start;
}
