using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>The patient is in one place at a time, and has time to get home or to the clinic in between.</summary>
internal static class PatientOnceLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        for (var i = 0; i < evidence.Known.Length; i++)
        {
            foreach (var other in evidence.Known.Skip(i + 1).Where(o => o.Id != evidence.Known[i].Id))
            {
                var visit = evidence.Known[i];
                if (!evidence.Meet(visit, other))
                {
                    continue;
                }

                var gap = Travels(evidence, visit, other) ? evidence.Request.Patient.TravelMinutes : 0;
                var (mine, others) = (At(visit), At(other));
                if (Ticks.Share((mine.From, mine.To + gap), others) || Ticks.Share(mine, (others.From, others.To + gap)))
                {
                    yield return new([visit.Id, other.Id], [], $"{Say.Visit(visit)} and {Say.Visit(other)} {(gap > 0 ? $"leave less than {gap} min for the way" : "overlap")}.");
                }
            }
        }
    }

    private static (int From, int To) At(PlacedVisit visit) => (Say.Minute(visit.Start, visit.Date), Say.Minute(visit.End, visit.Date));

    private static bool Travels(Evidence evidence, PlacedVisit a, PlacedVisit b)
    {
        var (one, other) = (evidence.Protocol.TypeOf(a.Id).Mode, evidence.Protocol.TypeOf(b.Id).Mode);
        return (one == Mode.InPerson && (other == Mode.Video || other == Mode.Phone)) || (other == Mode.InPerson && (one == Mode.Video || one == Mode.Phone));
    }
}
