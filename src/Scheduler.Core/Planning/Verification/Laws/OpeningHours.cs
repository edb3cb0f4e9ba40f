using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>opening-hours</c>: the clinic is open throughout; a self-report lies in the day and off clock changes.</summary>
internal static class OpeningHours
{
    private static readonly Hours SelfReport = new(8 * 60, 20 * 60);

    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var visit in evidence.Open)
        {
            if (visit.Type.Mode == Mode.SelfReport)
            {
                if (!SelfReport.Contains(visit.Hours))
                {
                    yield return new([visit.Id], [], $"{Wording.Of(visit)} is a self-report and must lie in {SelfReport}.");
                }

                if (evidence.Clinic.ClockChangesOn(visit.Date).Any(c => Ticks.Outwards(c).Overlaps(Ticks.Outwards(visit.Hours))))
                {
                    yield return new([visit.Id], [], $"{Wording.Of(visit)} touches the clock change of that day.");
                }
            }
            else if (!Ticks.Fit(evidence.OpenOn(visit.Date), visit.Hours))
            {
                yield return new(
                    [visit.Id], [], $"{Wording.Of(visit)} is outside opening hours; the clinic is open {Wording.Of(evidence.OpenOn(visit.Date))} that day.");
            }
        }
    }
}
