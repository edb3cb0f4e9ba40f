using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges when a visit may happen, counted from an anchor.</summary>
internal static class WindowJudge
{
    /// <summary>How far outside its allowed window a visit may lie where major deviations are permitted.</summary>
    private const int MajorDays = 28;

    public static IEnumerable<Breach> Breaches(Rule.Window rule, Evidence evidence)
    {
        foreach (var visit in evidence.Placed(rule.Visits))
        {
            var counted = AnchorOf(rule, evidence);
            var anchor = counted.VisitOrNone is { } id ? evidence.Find(id) : null;
            if (Off(rule, visit, evidence) is not { } off)
            {
                if (!visit.IsFixed && evidence.IsGone(counted.VisitOrNone!.Value))
                {
                    yield return new([visit.Id], [], $"{visit.Id} is placed, but counts from the {counted}, which is not placed.");
                }

                continue;
            }

            var permitted = Permitted(rule, evidence.Request.Deviations);
            if (!permitted.Contains(off) && !(visit.IsFixed && (counted.VisitOrNone is null || anchor is { IsFixed: true })))
            {
                yield return new(
                    anchor is null || anchor.Id == visit.Id ? [visit.Id] : [anchor.Id, visit.Id],
                    [],
                    $"{Found(rule, visit, off, evidence)}, but must be {Range(permitted, visit.Date.PlusDays(-off))}.");
            }
        }
    }

    public static IEnumerable<Deviation> Deviations(Rule.Window rule, Evidence evidence)
    {
        foreach (var visit in evidence.Placed(rule.Visits))
        {
            if (Off(rule, visit, evidence) is { } off && !rule.Ideal.Contains(off))
            {
                var isMajor = !rule.Allowed.Contains(off);
                var target = visit.Date.PlusDays(-off);
                yield return new(
                    rule.Id,
                    visit.Id,
                    isMajor,
                    $"{Found(rule, visit, off, evidence)}: "
                    + (isMajor
                        ? $"a major deviation; allowed is {Range(rule.Allowed, target)}."
                        : $"a minor deviation; ideal is {Range(rule.Ideal, target)}."));
            }
        }
    }

    public static Price Price(Rule.Window rule, Evidence evidence)
    {
        var price = Verification.Price.None;
        foreach (var visit in evidence.Placed(rule.Visits))
        {
            if (Off(rule, visit, evidence) is { } off)
            {
                var (isIdeal, isAllowed) = (rule.Ideal.Contains(off), rule.Allowed.Contains(off));
                price += new Price(isAllowed ? 0 : 1, isAllowed && !isIdeal ? 1 : 0, 0, (rule.Weight * Math.Abs(off)) + DaysFromIdeal(rule, off));
            }
        }

        return price;
    }

    /// <summary>The days around the target date that a request permits.</summary>
    public static Leeway Permitted(Rule.Window rule, DeviationLimit limit) => limit switch
    {
        DeviationLimit.None => rule.Ideal,
        DeviationLimit.Minor => rule.Allowed,
        DeviationLimit.Major => new(rule.Allowed.From - MajorDays, rule.Allowed.To + MajorDays),
        _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit without a case here."),
    };

    /// <summary>Days from the target date to the visit; null where the anchor is not placed.</summary>
    private static int? Off(Rule.Window rule, JudgedVisit visit, Evidence evidence) =>
        AnchorDate(rule, evidence) is { } anchor ? Period.DaysBetween(anchor + rule.Target, visit.Date) : null;

    /// <summary>Days between a visit so far off its target and the nearest ideal one, or the nearest one that is wished for.</summary>
    private static int DaysFromIdeal(Rule.Window rule, int off)
    {
        var wished = rule.Nearest ?? rule.Ideal;
        return off < wished.From ? wished.From - off : off > wished.To ? off - wished.To : 0;
    }

    private static LocalDate? AnchorDate(Rule.Window rule, Evidence evidence) =>
        AnchorOf(rule, evidence) switch
        {
            Anchor.CameTrueOn known => known.Date,
            { VisitOrNone: { } visit } => evidence.Find(visit)?.Date,
            _ => evidence.Request.Enrolled ?? evidence.Request.From,
        };

    private static Anchor AnchorOf(Rule.Window rule, Evidence evidence) => evidence.AnchorOf(rule.Anchor, rule.Fallback);

    private static string Found(Rule.Window rule, JudgedVisit visit, int off, Evidence evidence)
    {
        var target = $"{Wording.Of(rule.Target)} after the {AnchorOf(rule, evidence)} on {Wording.Of(AnchorDate(rule, evidence)!.Value)}";
        return off == 0
            ? $"{Wording.OnDay(visit)}, {target}"
            : $"{Wording.OnDay(visit)}, {Wording.Days(off)} {(off < 0 ? "before" : "after")} its target {Wording.Of(visit.Date.PlusDays(-off))} ({target})";
    }

    private static string Range(Leeway leeway, LocalDate target) =>
        leeway.From == leeway.To
            ? $"on {Wording.Of(target.PlusDays(leeway.From))}"
            : $"from {Wording.Of(target.PlusDays(leeway.From))} to {Wording.Of(target.PlusDays(leeway.To))}";
}
