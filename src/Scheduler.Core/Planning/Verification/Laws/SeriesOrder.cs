namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>series-order</c>: the visits of a series follow each other, each on a later day.</summary>
internal static class SeriesOrder
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        for (var i = 1; i < evidence.Visits.Length; i++)
        {
            var (before, visit) = (evidence.Visits[i - 1], evidence.Visits[i]);
            if (before.Type == visit.Type && visit.Date <= before.Date && evidence.AreCompared(before, visit))
            {
                yield return new(
                    [before.Id, visit.Id], [], $"{Wording.OnDay(visit)}, but must be on a later day than {before.Id} on {Wording.Of(before.Date)}.");
            }
        }
    }
}
