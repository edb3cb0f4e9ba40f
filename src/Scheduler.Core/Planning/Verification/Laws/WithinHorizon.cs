using NodaTime;
using Scheduler.Core.Planning.Verification.Rules;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>Law <c>horizon</c>: no visit lies later than the rules can make it.</summary>
internal static class WithinHorizon
{
    public static IEnumerable<Breach> Breaches(Evidence evidence) => Reach.IsKept(evidence) ? [] : BySpans(evidence);

    /// <summary>The visits that lie behind the last day, whatever the calendar shows by itself.</summary>
    public static IEnumerable<Breach> BySpans(Evidence evidence)
    {
        var request = evidence.Request;
        var longest = Spans.Longest(evidence);
        var lastStart = request.Fixed.Select(v => v.Date).Where(d => !evidence.IsFar(d)).Append(request.LastStart).Max();

        // Conditional visits are placed after the certain ones, which count as fixed then.
        var lastCertain = evidence.Visits.Where(v => !v.Type.IsConditional).Select(v => v.Date).Append(lastStart).Max();
        foreach (var visit in evidence.Calendar.Visits.Where(v => !evidence.IsFixed(v.Id)))
        {
            var isConditional = evidence.Find(visit.Id) is { Type.IsConditional: true };
            var last = LastDay(evidence, (isConditional ? lastCertain : lastStart).PlusDays(longest));
            if (visit.Date > last || evidence.IsFar(visit.Date))
            {
                yield return new(
                    [visit.Id], [], $"{visit.Id} is on {Wording.Of(visit.Date)}, but must lie between {Wording.Of(request.From)} and {Wording.Of(last)}.");
            }
        }
    }

    /// <summary>A window from the enrolment, or from when a condition came true, reaches as far as it reaches, whenever the course starts.</summary>
    public static LocalDate LastDay(Evidence evidence, LocalDate last)
    {
        foreach (var window in evidence.Protocol.Rules.OfType<Rule.Window>().Where(w => !w.Visits.All(evidence.IsLeftOut)))
        {
            LocalDate? from = evidence.AnchorOf(window.Anchor, window.Fallback) switch
            {
                Anchor.Enrolment => evidence.Request.Enrolled ?? evidence.Request.From,
                Anchor.CameTrueOn known => known.Date,
                _ => null,
            };
            last = from is not { } day ? last : LocalDate.Max(last, (day + window.Target).PlusDays(WindowJudge.Permitted(window, evidence.Request.Deviations).To));
        }

        return last;
    }
}
