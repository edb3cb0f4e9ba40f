namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Every certain visit is there once, every conditional one once or unplaced, nothing else; fixed visits are where they were.</summary>
internal static class CompleteLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        foreach (var id in evidence.Protocol.Visits)
        {
            var times = evidence.Calendar.Visits.Count(v => v.Id == id);
            var unplaced = evidence.Calendar.Unplaced.Count(v => v == id);
            if (times > 1)
            {
                yield return new([id], [], $"{id} is {times} times in the calendar.");
            }
            else if (times == 0 && (unplaced != 1 || !evidence.Protocol.TypeOf(id).IsConditional))
            {
                yield return new([id], [], $"{id} is missing.");
            }
            else if (times == 1 && unplaced > 0)
            {
                yield return new([id], [], $"{id} is in the calendar and among the visits without a place.");
            }
        }

        foreach (var visit in evidence.Calendar.Visits.Where(v => !evidence.Protocol.Visits.Contains(v.Id)))
        {
            yield return new([visit.Id], [], $"{visit.Id} is no visit of {evidence.Protocol.Id}.");
        }

        foreach (var given in evidence.Request.Fixed)
        {
            var found = evidence.Find(given.Id);
            if (found is null || found.Start != given.Start || found.End != given.End || !found.Uses.SequenceEqual(given.Uses))
            {
                yield return new([given.Id], [], $"{given.Id} is fixed at {Say.Visit(given)} and must stay as it is.");
            }
        }
    }
}
