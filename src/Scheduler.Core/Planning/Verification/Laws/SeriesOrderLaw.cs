namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Visits of one type are in the order of their ordinals, each on a later day than the one before.</summary>
internal static class SeriesOrderLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence) =>
        from type in evidence.Protocol.VisitTypes
        let visits = evidence.Find(type.Visits).ToList()
        from i in Enumerable.Range(0, visits.Count)
        from later in visits.Skip(i + 1)
        where later.Date <= visits[i].Date && evidence.AreJudged(visits[i].Id, later.Id)
        select new Breach([visits[i].Id, later.Id], [], $"{Say.Visit(later)} must be on a later day than {Say.Visit(visits[i])}.");
}
