using Scheduler.Core.Clinics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Visits lie in opening hours, a self-report between eight and eight; no visit touches a clock change.</summary>
internal static class OpeningHoursLaw
{
    public static IEnumerable<Breach> Judge(Evidence evidence)
    {
        foreach (var visit in evidence.Free)
        {
            var (from, to) = (Say.Minute(visit.Start, visit.Date), Say.Minute(visit.End, visit.Date));
            if (evidence.Clinic.ClockChangesOn(visit.Date).Any(c => Ticks.Share((c.From, c.To), (from, to))))
            {
                yield return new([visit.Id], [], $"{Say.Visit(visit)} touches a change of the clocks.");
            }

            var isAlone = evidence.Protocol.TypeOf(visit.Id).Mode == Mode.SelfReport;
            var open = isAlone ? [new Hours(8 * 60, 20 * 60)] : evidence.Clinic.OpenOn(visit.Date);
            if (!open.Any(h => Ticks.Fit(from, to, h)))
            {
                var said = open.IsEmpty ? "the clinic is closed that day" : $"{(isAlone ? "self-reports are due" : "the clinic is open")} {string.Join(" and ", open)}";
                yield return new([visit.Id], [], $"{Say.Visit(visit)} lies outside opening hours: {said}.");
            }
        }
    }
}
