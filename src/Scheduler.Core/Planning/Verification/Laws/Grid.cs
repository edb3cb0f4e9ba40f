using NodaTime;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>grid</c>: starts lie on the clinic's grid, those that follow from others' on whole ticks, and a visit ends on its day.</summary>
internal static class Grid
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var visit in evidence.Open)
        {
            var (start, end) = (visit.Placed.Start, visit.Placed.End);
            if (start.TimeOfDay.TickOfDay % (evidence.Clinic.GridMinutes * NodaConstants.TicksPerMinute) == 0)
            {
                // On the grid, and so on a whole tick.
            }
            else if (Bundles.Follows(evidence.Protocol, visit.Id))
            {
                if (start.TimeOfDay.TickOfDay % (Ticks.Minutes * NodaConstants.TicksPerMinute) != 0)
                {
                    yield return new([visit.Id], [], $"{visit.Id} starts on {Wording.Of(start)}, but must start at a multiple of {Ticks.Minutes} min from midnight.");
                }
            }
            else
            {
                yield return new(
                    [visit.Id], [], $"{visit.Id} starts on {Wording.Of(start)}, but must start at a multiple of {evidence.Clinic.GridMinutes} min from midnight.");
            }

            if (end <= start)
            {
                yield return new([visit.Id], [], $"{visit.Id} ends on {Wording.Of(end)}, but starts only on {Wording.Of(start)}.");
            }
            else if (end > visit.Date.PlusDays(1).AtMidnight())
            {
                yield return new([visit.Id], [], $"{visit.Id} starts on {Wording.Of(start)} and ends on {Wording.Of(end)}, but must end on its day.");
            }
        }
    }
}
