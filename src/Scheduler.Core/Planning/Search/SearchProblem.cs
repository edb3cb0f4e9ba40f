using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>A course as the search sees it: visits with options, relations between their days and crews, and prices. No rule has a name here.</summary>
internal sealed record SearchProblem
{
    /// <summary>The date of day 0 of the horizon.</summary>
    public required LocalDate Origin { get; init; }

    /// <summary>Days of the horizon.</summary>
    public required int Days { get; init; }

    /// <summary>The day of the request's <c>from</c>.</summary>
    public required int From { get; init; }

    /// <summary>The last day on which the earliest visit may lie; null where the course has begun or nobody asks.</summary>
    public required int? LastStart { get; init; }

    /// <summary>The visits in the protocol's order.</summary>
    public required VisitModel[] Visits { get; init; }

    /// <summary>The visits so that, as far as days say, one comes after all that must lie before it: what is narrowed in this order, and back, settles soonest.</summary>
    public required int[] InOrder { get; init; }

    /// <summary>What the day of one visit allows for another's.</summary>
    public required List<DayRelation> Relations { get; init; }

    /// <summary>Pairs of visits that never share a day, by index.</summary>
    public required HashSet<(int, int)> Apart { get; init; }

    /// <summary>Pairs of which the first ends before the second starts where they share a day.</summary>
    public required HashSet<(int Before, int After)> Precedence { get; init; }

    /// <summary>Minutes between the starts of visits where they share a day.</summary>
    public required List<Spacing> Spacings { get; init; }

    /// <summary>Pairs of which one may lie inside the other.</summary>
    public required HashSet<(int, int)> Stays { get; init; }

    /// <summary>Pairs of which the first cannot be placed without the second.</summary>
    public required HashSet<(int Visit, int Needed)> HangsOn { get; init; }

    /// <summary>Windows counted in minutes, with their prices.</summary>
    public required List<HourSpan> HourSpans { get; init; }

    /// <summary>Stretches of days that bear only so many visits.</summary>
    public required List<Quota> Quotas { get; init; }

    /// <summary>Pairs that are never both needed: they share whatever they like.</summary>
    public required HashSet<(int, int)> Exclusive { get; init; }

    /// <summary>For each pair of visits, whether their relations keep them from sharing a day, directly or through others.</summary>
    public required bool[,] NeverShare { get; init; }

    /// <summary>Windows with their prices.</summary>
    public required List<PricedWindow> Windows { get; init; }

    /// <summary>Pairs of needs that must have the same person, or two.</summary>
    public required List<PersonRelation> People { get; init; }

    /// <summary>Continuity at a price.</summary>
    public required List<PersonChain> Chains { get; init; }

    /// <summary>Whether there were too many ways to combine people to look at them all; what is found then proves nothing.</summary>
    public bool IsCut => Array.Exists(Visits, v => v.Class.IsCut);

    /// <summary>Who and what may be used, and when.</summary>
    public required Availability Availability { get; init; }
}

/// <summary>A visit as the search sees it.</summary>
internal sealed class VisitModel
{
    /// <summary>Which visit.</summary>
    public required VisitId Id { get; init; }

    /// <summary>What it shares with visits like it.</summary>
    public required VisitClass Class { get; init; }

    /// <summary>Its days before any relation is looked at, as bits.</summary>
    public required ulong[] Days { get; init; }

    /// <summary>Whether it may be left out, at the price of <see cref="PackedCost.Unplaced"/>.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>Where it is fixed, or null.</summary>
    public required PlacedVisit? Fixed { get; init; }

    /// <summary>Its place where it is fixed, or null.</summary>
    public Option? FixedOption { get; init; }

    /// <summary>Whether it can be the earliest of the course, so that the start range is about it.</summary>
    public required bool MayOpen { get; init; }

    /// <summary>The same with fewer days.</summary>
    public VisitModel On(ulong[] days) => new() { Id = Id, Class = Class, Days = days, IsOptional = IsOptional, Fixed = Fixed, FixedOption = FixedOption, MayOpen = MayOpen };

    /// <summary>Whether its day counts as a day of treatment.</summary>
    public bool IsTreatment => Class.Type.Purpose == VisitPurpose.Treatment;
}

/// <summary>A window with what it costs; the hard limit is a <see cref="DayRelation"/> beside it.</summary>
/// <param name="Anchor">The index of the anchoring visit, or -1 for a fixed date.</param>
/// <param name="Visit">The index of the visit.</param>
/// <param name="Target">For each day of the anchor, the target day; one entry where the date is fixed. May lie outside the horizon.</param>
/// <param name="Ideal">Days around the target that cost no deviation.</param>
/// <param name="Allowed">Days around the target that cost a minor one.</param>
/// <param name="Weight">Points for each day between the target and the visit.</param>
internal sealed record PricedWindow(int Anchor, int Visit, int[] Target, Leeway Ideal, Leeway Allowed, int Weight)
{
    /// <summary>Days around the target that cost no point for their distance.</summary>
    public Leeway Nearest { get; init; } = Ideal;

    /// <summary>The price of a day of the visit, given the anchor's day.</summary>
    public PackedCost Price(int anchorDay, int day)
    {
        var off = day - Target[Anchor < 0 ? 0 : anchorDay];
        var outside = Math.Max(0, Math.Max(Nearest.From - off, off - Nearest.To));
        var points = PackedCost.Preference((Weight * Math.Abs(off)) + outside);
        return Ideal.Contains(off) ? points : points + (Allowed.Contains(off) ? PackedCost.Minor : PackedCost.Major);
    }
}

/// <summary>Where two visits share a day, the second starts so many minutes after the start of the first (negative before it); starts that are off the ticks count from the tick before.</summary>
internal readonly record struct Spacing(int First, int Second, int Least, int Most);

/// <summary>A window in elapsed minutes from a moment of one visit to the start of another, which may lie on another day.</summary>
/// <param name="Anchor">The index of the anchoring visit.</param>
/// <param name="Visit">The index of the visit.</param>
/// <param name="FromEnd">Whether the anchor's end counts, else its start.</param>
/// <param name="Target">Minutes from the moment to the target.</param>
/// <param name="Limit">Minutes around the target that are possible at all.</param>
/// <param name="Ideal">Minutes around it that cost no deviation; each whole hour between them and the visit costs a point.</param>
/// <param name="Allowed">Minutes around it that cost a minor one.</param>
/// <param name="Weight">Points for each whole hour between the target and the visit.</param>
internal sealed record HourSpan(int Anchor, int Visit, bool FromEnd, int Target, Leeway Limit, Leeway Ideal, Leeway Allowed, int Weight)
{
    /// <summary>The price of a distance in minutes from the target.</summary>
    public PackedCost Price(int off)
    {
        var outside = Math.Max(0, Math.Max(Ideal.From - off, off - Ideal.To));
        var points = PackedCost.Preference((Weight * (Math.Abs(off) / 60)) + (outside / 60));
        return Ideal.Contains(off) ? points : points + (Allowed.Contains(off) ? PackedCost.Minor : PackedCost.Major);
    }
}

/// <summary>At most so many of some visits lie in a stretch of days.</summary>
internal sealed record Quota(int[] Visits, int First, int Last, int AtMost);

/// <summary>Two needs that must have the same person, or two different ones; at a price where <paramref name="IsMust"/> is false.</summary>
internal sealed record PersonRelation(int First, int FirstNeed, int Second, int SecondNeed, bool Same, bool IsMust)
{
    /// <summary>Whether two resources satisfy it.</summary>
    public bool Holds(int first, int second) => (first == second) == Same;
}

/// <summary>Visits whose need should be filled by one person; each change from a placed visit to the next costs one.</summary>
/// <param name="Links">Visit and need, by index, in the order in which changes are counted.</param>
internal sealed record PersonChain((int Visit, int Need)[] Links);
