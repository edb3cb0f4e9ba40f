namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Starts lie on the clinic's grid, and a visit ends on its day.</summary>
internal static class GridLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        foreach (var visit in evidence.Free)
        {
            if (visit.Start.Second != 0 || visit.Start.NanosecondOfSecond != 0 || Say.Minute(visit.Start, visit.Date) % evidence.Clinic.GridMinutes != 0)
            {
                yield return new([visit.Id], [], $"{Say.Visit(visit)} does not start on the grid of {evidence.Clinic.GridMinutes} min.");
            }

            if (visit.End > visit.Date.PlusDays(1).AtMidnight())
            {
                yield return new([visit.Id], [], $"{Say.Visit(visit)} does not end on its day.");
            }
        }
    }
}
