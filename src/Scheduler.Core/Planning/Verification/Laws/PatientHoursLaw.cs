using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Visits lie where the patient is free, in person with the way there and back.</summary>
internal static class PatientHoursLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        foreach (var visit in evidence.Free)
        {
            var mode = evidence.Protocol.TypeOf(visit.Id).Mode;
            var travel = mode == Mode.InPerson ? evidence.Request.Patient.TravelMinutes : 0;
            var free = evidence.Request.Patient.FreeOn(visit.Date);
            var (from, to) = (Say.Minute(visit.Start, visit.Date) - travel, Say.Minute(visit.End, visit.Date) + travel);
            if (mode != Mode.SelfReport && !free.Any(h => Ticks.Fit(from, to, h)))
            {
                yield return new(
                    [visit.Id], [], $"The patient cannot come to {Say.Visit(visit)}: {(free.IsEmpty ? "away that day" : $"free {string.Join(" and ", free)}")}{(travel > 0 ? $", {travel} min of travel each way" : "")}.");
            }
        }
    }
}
