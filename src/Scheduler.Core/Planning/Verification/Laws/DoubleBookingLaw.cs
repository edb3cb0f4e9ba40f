using NodaTime;
using Scheduler.Core.Clinics;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>No resource is used beyond what it bears, bookings and clean-up included.</summary>
internal static class DoubleBookingLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        var taken = evidence.Known.SelectMany(v => v.Uses.Select(u => (Visit: v, Use: u))).GroupBy(x => (x.Use.Resource, x.Visit.Date));
        foreach (var day in taken)
        {
            if (evidence.Clinic.Find(day.Key.Resource) is { } resource)
            {
                foreach (var breach in OnDay(evidence, resource, day.Key.Date, [.. day]))
                {
                    yield return breach;
                }
            }
        }
    }

    private static IEnumerable<Breach> OnDay(Evidence evidence, Resource resource, LocalDate date, List<(PlacedVisit Visit, ResourceUse Use)> taken)
    {
        var booked = evidence.Booked(resource.Id, date)
            .Select(b => new Claim(null, null, b.Use, b.Hours.From, b.Hours.To, b.Use == Use.Supervision ? 0 : resource.CleanUpMinutes))
            .ToList();
        var own = taken.ConvertAll(t => new Claim(
            t.Visit, t.Use.Need, t.Use.Use, Say.Minute(t.Use.Start, date), Say.Minute(t.Use.End, date), evidence.CleanUp(t.Visit, t.Use)));
        var reported = new HashSet<Protocols.VisitId>();
        foreach (var claim in own)
        {
            // Those that may meet this one: bookings, its own visit, and visits that are compared with it.
            var others = booked.Concat(own.Where(o => o != claim && (o.Visit == claim.Visit || evidence.Meet(o.Visit!, claim.Visit!)))).ToList();
            var isGiven = evidence.FixedVisits.Contains(claim.Visit!.Id);
            if (isGiven && !others.Exists(o => o.Visit is not null && o.Visit != claim.Visit))
            {
                continue;
            }

            if (Beyond(resource, claim, others) && reported.Add(claim.Visit.Id))
            {
                yield return new([claim.Visit.Id], [resource.Id], $"{Say.Resource(evidence.Clinic, resource.Id)} is taken beyond what it bears during {Say.Visit(claim.Visit)}.");
            }
        }
    }

    /// <summary>Whether at some tick a claim and the others together are more than a resource bears.</summary>
    private static bool Beyond(Resource resource, Claim claim, List<Claim> others)
    {
        var near = others.Where(o => Ticks.Share((o.From, o.To + o.CleanUp), (claim.From, claim.To + claim.CleanUp))).ToList();
        if (near.Count == 0)
        {
            return claim.Use == Use.Supervision && resource.Supervises == 0;
        }

        foreach (var tick in Ticks.Of(claim.From, Math.Min(claim.To + claim.CleanUp, Hours.MinutesPerDay)))
        {
            List<Claim> here = [claim, .. near];
            var inUse = here.Where(c => c.Uses(tick)).ToList();

            // Clean-up of a need does not stand in the way of a later segment of the same need: together they are one claim.
            var hands = here.Where(c => c.Use != Use.Supervision && c.Holds(tick)).GroupBy(c => c.Visit is null ? (object)c : (c.Visit.Id, c.Need, c.Use)).ToList();
            var exclusive = hands.Count(g => g.First().Use == Use.Exclusive);
            var supervisions = inUse.Count(c => c.Use == Use.Supervision);
            if ((exclusive > 0 && hands.Count > 1)
                || hands.Count > Math.Max(1, exclusive > 0 ? 1 : resource.Capacity)
                || supervisions > resource.Supervises
                || (supervisions > 0 && inUse.Exists(c => c.Use != Use.Supervision && c.To - c.From > resource.HandsOnMinutes)))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Claim(PlacedVisit? Visit, string? Need, Use Use, int From, int To, int CleanUp)
    {
        public bool Uses(int tick) => Ticks.Share((From, To), (tick * 5, (tick * 5) + 5));

        public bool Holds(int tick) => Ticks.Share((From, To + CleanUp), (tick * 5, (tick * 5) + 5));
    }
}
