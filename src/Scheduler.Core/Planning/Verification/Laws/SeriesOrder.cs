namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>series-order</c>: the visits of a series follow each other, each on a later day, those of one day each after the other.</summary>
internal static class SeriesOrder
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        for (var i = 1; i < evidence.Visits.Length; i++)
        {
            var (before, visit) = (evidence.Visits[i - 1], evidence.Visits[i]);
            if (before.Type == visit.Type && evidence.AreCompared(before, visit) && Message(evidence, before, visit) is { } message)
            {
                yield return new([before.Id, visit.Id], [], message);
            }
        }
    }

    private static string? Message(Evidence evidence, JudgedVisit before, JudgedVisit visit) => evidence.Bundles.AreOfOneDay(before.Id, visit.Id)
        ? visit.Placed.Start < before.Placed.End
            ? $"{visit.Id} starts on {Wording.Of(visit.Placed.Start)}, but must not start before {before.Id} ends, on {Wording.Of(before.Placed.End)}."
            : null
        : visit.Date <= before.Date
            ? $"{Wording.OnDay(visit)}, but must be on a later day than {before.Id} on {Wording.Of(before.Date)}."
            : null;
}
