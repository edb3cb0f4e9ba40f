using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>patient-once</c>: the patient is in one place at a time, and gets from one to the next; visits of one stay aside.</summary>
internal static class PatientOnce
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        var visits = evidence.Visits;
        for (var i = 0; i < visits.Length; i++)
        {
            for (var j = i + 1; j < visits.Length; j++)
            {
                if (visits[i].Date == visits[j].Date
                    && evidence.AreCompared(visits[i], visits[j])
                    && Message(visits[i], visits[j], evidence.Patient.TravelMinutes) is { } message
                    && !Bundles.AreOneStay(evidence.Protocol, visits[i].Id, visits[j].Id))
                {
                    yield return new([visits[i].Id, visits[j].Id], [], message);
                }
            }
        }
    }

    private static string? Message(JudgedVisit a, JudgedVisit b, int travel)
    {
        if (Ticks.Outwards(a.Hours).Overlaps(Ticks.Outwards(b.Hours)))
        {
            return $"{Wording.Of(a)} and {Wording.Of(b)} overlap, but the patient can only be at one of them.";
        }

        var between = Math.Max(a.Hours.From, b.Hours.From) - Math.Min(a.Hours.To, b.Hours.To);
        return (IsAway(a, b) || IsAway(b, a)) && between < travel
            ? $"{between} min lie between {Wording.Of(a)} and {Wording.Of(b)}, but the patient needs {travel} min to travel."
            : null;
    }

    private static bool IsAway(JudgedVisit here, JudgedVisit remote) =>
        here.Type.Mode == Mode.InPerson && remote.Type.Mode is (Mode.Video or Mode.Phone);
}
