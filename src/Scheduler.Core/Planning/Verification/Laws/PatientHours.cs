using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>patient-hours</c>: the patient is free, travel included.</summary>
internal static class PatientHours
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var visit in evidence.Open)
        {
            if (visit.Type.Mode == Mode.SelfReport)
            {
                continue;
            }

            var travel = visit.Type.Mode == Mode.InPerson ? evidence.Patient.TravelMinutes : 0;
            var free = evidence.Patient.FreeOn(visit.Date);
            if (!Ticks.Fit(free, new(visit.Hours.From - travel, visit.Hours.To + travel)))
            {
                yield return new(
                    [visit.Id],
                    [],
                    $"{Wording.Of(visit)}{(travel > 0 ? $", with {travel} min of travel before and after," : "")} does not fit: "
                    + $"the patient is free {Wording.Of(free)} that day.");
            }
        }
    }
}
