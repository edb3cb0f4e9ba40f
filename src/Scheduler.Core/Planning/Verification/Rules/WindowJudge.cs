using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges windows: what the request permits is a deviation, what it does not is a breach.</summary>
internal static class WindowJudge
{
    private const int BeyondAllowed = 28;

    public static IEnumerable<Breach> Judge(Rule.Window rule, Evidence evidence)
    {
        foreach (var visit in evidence.Find(rule.Visits))
        {
            var (anchored, anchor) = Anchor(rule, evidence);
            if (anchored is { } id && anchor is null)
            {
                yield return new([visit.Id], [], $"{Say.Visit(visit)} counts from {rule.Anchor}, but {id} is not in the calendar.");
                continue;
            }

            var bothFixed = evidence.FixedVisits.Contains(visit.Id) && (anchored is not { } a || evidence.FixedVisits.Contains(a));
            var permitted = Permitted(rule, evidence.Request.Deviations);
            if (!bothFixed && !permitted.Contains(Off(rule, anchor!.Value, visit)))
            {
                var target = anchor.Value + rule.Target;
                yield return new(
                    [visit.Id], [], $"{Say.Visit(visit)} lies outside its window from {Say.Day(target.PlusDays(permitted.From))} to {Say.Day(target.PlusDays(permitted.To))}, counted from {rule.Anchor}.");
            }
        }
    }

    /// <summary>The visits outside their ideal dates.</summary>
    public static IEnumerable<Deviation> Deviations(Rule.Window rule, Evidence evidence)
    {
        foreach (var visit in evidence.Find(rule.Visits))
        {
            if (Anchor(rule, evidence).Date is { } anchor && Off(rule, anchor, visit) is var off && !rule.Ideal.Contains(off))
            {
                yield return new(rule.Id, visit.Id, !rule.Allowed.Contains(off), $"{Say.Visit(visit)} lies {Math.Abs(off)} days {(off < 0 ? "before" : "after")} its target {Say.Day(anchor + rule.Target)}, outside the ideal days of '{rule.Id}'.");
            }
        }
    }

    /// <summary>Days from the target date to a visit.</summary>
    public static int Off(Rule.Window rule, LocalDate anchor, PlacedVisit visit) => Period.DaysBetween(anchor + rule.Target, visit.Date);

    /// <summary>The anchoring visit, if it is one, and the anchor's date; no date where that visit is not in the calendar.</summary>
    public static (VisitId? Visit, LocalDate? Date) Anchor(Rule.Window rule, Evidence evidence) => rule.Anchor switch
    {
        Protocols.Anchor.StartOf start => (start.Visit, evidence.Find(start.Visit)?.Start.Date),
        Protocols.Anchor.EndOf end => (end.Visit, evidence.Find(end.Visit)?.End.Date),
        _ => (null, evidence.Request.Enrolled ?? evidence.Request.From),
    };

    private static Leeway Permitted(Rule.Window rule, DeviationLimit limit) => limit switch
    {
        DeviationLimit.None => rule.Ideal,
        DeviationLimit.Minor => rule.Allowed,
        _ => new(rule.Allowed.From - BeyondAllowed, rule.Allowed.To + BeyondAllowed),
    };
}
