using NodaTime;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>The dates of a visit's windows in one calendar.</summary>
/// <param name="Rule">The id of the window.</param>
/// <param name="Anchor">What it counts from.</param>
/// <param name="Ideal">The first and the last ideal date.</param>
/// <param name="Allowed">The first and the last allowed date.</param>
public sealed record WindowDates(string Rule, string Anchor, (LocalDate From, LocalDate To) Ideal, (LocalDate From, LocalDate To) Allowed)
{
    /// <summary>The windows of a visit whose anchors are placed, in the protocol's order.</summary>
    public static IEnumerable<WindowDates> Of(PlanningRequest request, TreatmentCalendar calendar, VisitId visit)
    {
        foreach (var rule in request.Protocol.Rules.OfType<Rule.Window>().Where(w => w.Visits.Contains(visit)))
        {
            var anchor = rule.Anchor.VisitOrNone is { } counted ? calendar.Find(counted)?.Date : request.Enrolled ?? request.From;
            if (anchor is { } from)
            {
                var target = from + rule.Target;
                yield return new(rule.Id, rule.Anchor.ToString()!, Around(target, rule.Ideal), Around(target, rule.Allowed));
            }
        }
    }

    private static (LocalDate From, LocalDate To) Around(LocalDate target, Leeway leeway) => (target.PlusDays(leeway.From), target.PlusDays(leeway.To));
}
