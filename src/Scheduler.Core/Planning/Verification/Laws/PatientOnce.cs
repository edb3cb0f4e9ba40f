using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>patient-once</c>: the patient is in one place at a time, and gets from one to the next; visits of one stay aside.</summary>
internal static class PatientOnce
{
    public static IEnumerable<Breach> Breaches(Evidence evidence)
    {
        var (visits, next) = (evidence.Visits, NextOnDay(evidence));
        for (var i = 0; i < visits.Length; i++)
        {
            for (var j = next[i]; j > 0; j = next[j])
            {
                if (evidence.AreCompared(visits[i], visits[j])
                    && Message(visits[i], visits[j], evidence.Patient.TravelMinutes) is { } message
                    && !Bundles.AreOneStay(evidence.Protocol, visits[i].Id, visits[j].Id))
                {
                    yield return new([visits[i].Id, visits[j].Id], [], message);
                }
            }
        }
    }

    /// <summary>For each visit the next one on its day, in the protocol's order; 0 after the last.</summary>
    private static int[] NextOnDay(Evidence evidence)
    {
        var next = new int[evidence.Visits.Length];
        var first = new Dictionary<LocalDate, int>(next.Length);
        for (var i = next.Length - 1; i >= 0; i--)
        {
            next[i] = first.GetValueOrDefault(evidence.Visits[i].Date);
            first[evidence.Visits[i].Date] = i;
        }

        return next;
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
