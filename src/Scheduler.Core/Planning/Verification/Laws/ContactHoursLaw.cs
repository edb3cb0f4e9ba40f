namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>No resource is in exclusive or shared use for longer a day than it may be.</summary>
internal static class ContactHoursLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        var days = evidence.Known.SelectMany(v => v.Uses.Select(u => (Visit: v, Use: u))).Where(x => x.Use.Use != Use.Supervision).GroupBy(x => (x.Use.Resource, x.Visit.Date));
        foreach (var day in days)
        {
            if (evidence.Clinic.Find(day.Key.Resource)?.MaxContactMinutes is not { } most)
            {
                continue;
            }

            var booked = evidence.Booked(day.Key.Resource, day.Key.Date).Where(b => b.Use != Use.Supervision).SelectMany(b => Ticks.Of(b.Hours.From, b.Hours.To)).ToHashSet();
            foreach (var visit in day.Select(x => x.Visit).Distinct().Where(v => !evidence.FixedVisits.Contains(v.Id)))
            {
                // Visits that exclude each other never both take place, so each is counted with those that it may meet.
                var ticks = day.Where(x => x.Visit == visit || evidence.Meet(x.Visit, visit)).SelectMany(x => Ticks.Of(Say.Minute(x.Use.Start, x.Visit.Date), Say.Minute(x.Use.End, x.Visit.Date)));
                var minutes = 5 * booked.Union(ticks).Count();
                if (minutes > most)
                {
                    yield return new([visit.Id], [day.Key.Resource], $"{Say.Resource(evidence.Clinic, day.Key.Resource)} would be busy {minutes} min on {Say.Day(day.Key.Date)}, with {visit.Id}; at most {most} min are allowed.");
                }
            }
        }
    }
}
