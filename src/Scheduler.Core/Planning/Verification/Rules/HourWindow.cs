using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges when a visit may happen, counted in elapsed minutes from an anchor.</summary>
internal static class HourWindowJudge
{
    /// <summary>How far outside its allowed window a visit may lie where major deviations are permitted.</summary>
    private const int MajorMinutes = 28 * 24 * 60;

    public static IEnumerable<Breach> Breaches(Rule.HourWindow rule, Evidence evidence)
    {
        var permitted = Permitted(rule, evidence.Request.Deviations);
        foreach (var visit in evidence.Placed(rule.Visits))
        {
            if (AnchorVisit(rule, evidence) is not { } id)
            {
                continue;
            }

            if (evidence.Find(id) is not { } anchor)
            {
                if (!visit.IsFixed && evidence.IsGone(id))
                {
                    yield return new([visit.Id], [], $"{visit.Id} is placed, but counts from the {AnchorOf(rule, evidence)}, which is not placed.");
                }
            }
            else if (!permitted.Contains(Off(rule, visit, anchor, evidence)) && !(visit.IsFixed && anchor.IsFixed))
            {
                yield return new(
                    anchor.Id == visit.Id ? [visit.Id] : [anchor.Id, visit.Id],
                    [],
                    $"{Found(rule, visit, anchor, evidence)}, but must start {Range(rule, permitted, anchor, evidence)}.");
            }
        }
    }

    public static IEnumerable<Deviation> Deviations(Rule.HourWindow rule, Evidence evidence) =>
        from counted in Counted(rule, evidence)
        where !rule.Ideal.Contains(counted.Off)
        let isMajor = !rule.Allowed.Contains(counted.Off)
        select new Deviation(
            rule.Id,
            counted.Visit.Id,
            isMajor,
            $"{Found(rule, counted.Visit, counted.Anchor, evidence)}: "
            + (isMajor
                ? $"a major deviation; allowed is {Range(rule, rule.Allowed, counted.Anchor, evidence)}."
                : $"a minor deviation; ideal is {Range(rule, rule.Ideal, counted.Anchor, evidence)}."));

    public static Price Price(Rule.HourWindow rule, Evidence evidence)
    {
        var price = Verification.Price.None;
        foreach (var (_, _, off) in Counted(rule, evidence))
        {
            var (isIdeal, isAllowed) = (rule.Ideal.Contains(off), rule.Allowed.Contains(off));
            price += new Price(isAllowed ? 0 : 1, isAllowed && !isIdeal ? 1 : 0, 0, (rule.Weight * (Math.Abs(off) / 60)) + HoursFromIdeal(rule, off));
        }

        return price;
    }

    /// <summary>The minutes around the target that a request permits.</summary>
    public static Leeway Permitted(Rule.HourWindow rule, DeviationLimit limit) => limit switch
    {
        DeviationLimit.None => rule.Ideal,
        DeviationLimit.Minor => rule.Allowed,
        DeviationLimit.Major => new(rule.Allowed.From - MajorMinutes, rule.Allowed.To + MajorMinutes),
        _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit without a case here."),
    };

    /// <summary>Whole hours between a visit so many minutes off its target and the nearest ideal moment.</summary>
    private static int HoursFromIdeal(Rule.HourWindow rule, int off) =>
        off < rule.Ideal.From ? (rule.Ideal.From - off) / 60
        : off > rule.Ideal.To ? (off - rule.Ideal.To) / 60
        : 0;

    private static IEnumerable<(JudgedVisit Visit, JudgedVisit Anchor, int Off)> Counted(Rule.HourWindow rule, Evidence evidence) =>
        AnchorVisit(rule, evidence) is { } id && evidence.Find(id) is { } anchor
            ? evidence.Placed(rule.Visits).Select(v => (v, anchor, Off(rule, v, anchor, evidence)))
            : [];

    private static Anchor AnchorOf(Rule.HourWindow rule, Evidence evidence) => evidence.AnchorOf(rule.Anchor, rule.Fallback);

    private static VisitId? AnchorVisit(Rule.HourWindow rule, Evidence evidence) => AnchorOf(rule, evidence).VisitOrNone;

    /// <summary>Elapsed whole minutes from the target to the visit's start.</summary>
    private static int Off(Rule.HourWindow rule, JudgedVisit visit, JudgedVisit anchor, Evidence evidence) =>
        (int)Math.Floor((InstantOf(visit.Placed.Start, evidence) - Target(rule, anchor, evidence)).TotalMinutes);

    private static Instant Target(Rule.HourWindow rule, JudgedVisit anchor, Evidence evidence)
    {
        // Inside a visit the clocks do not change, so its end follows from its start, even where the wall shows that time twice.
        var start = InstantOf(anchor.Placed.Start, evidence);
        var moment = AnchorOf(rule, evidence) is Anchor.EndOf ? start.Plus(Duration.FromMinutes(anchor.Hours.To - anchor.Hours.From)) : start;
        return moment.Plus(Duration.FromMinutes(rule.TargetMinutes));
    }

    private static Instant InstantOf(LocalDateTime wall, Evidence evidence) => wall.InZoneLeniently(evidence.Clinic.Zone).ToInstant();

    private static LocalDateTime WallOf(Instant instant, Evidence evidence) => instant.InZone(evidence.Clinic.Zone).LocalDateTime;

    private static string Found(Rule.HourWindow rule, JudgedVisit visit, JudgedVisit anchor, Evidence evidence)
    {
        var off = Off(rule, visit, anchor, evidence);
        var counted = AnchorOf(rule, evidence);
        var moment = WallOf(Target(rule, anchor, evidence).Minus(Duration.FromMinutes(rule.TargetMinutes)), evidence);
        var target = $"{Wording.Elapsed(rule.TargetMinutes)} after the {counted} on {Wording.Of(moment)}";
        var start = $"{visit.Id} starts on {Wording.Of(visit.Placed.Start)}";
        return off == 0
            ? $"{start}, {target}"
            : $"{start}, {Wording.Elapsed(off)} {(off < 0 ? "before" : "after")} its target {Wording.Of(WallOf(Target(rule, anchor, evidence), evidence))} ({target})";
    }

    private static string Range(Rule.HourWindow rule, Leeway leeway, JudgedVisit anchor, Evidence evidence)
    {
        var target = Target(rule, anchor, evidence);
        var from = WallOf(target.Plus(Duration.FromMinutes(leeway.From)), evidence);
        var to = WallOf(target.Plus(Duration.FromMinutes(leeway.To)), evidence);
        return from == to ? $"on {Wording.Of(from)}" : $"from {Wording.Of(from)} to {Wording.Of(to)}";
    }
}
