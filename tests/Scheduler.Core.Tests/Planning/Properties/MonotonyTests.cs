using Scheduler.Core.Planning;
using Scheduler.Core.Tests.Planning.Instances;

namespace Scheduler.Core.Tests.Planning.Properties;

/// <summary>
/// What leaves more calendars possible never makes the best one worse, what leaves fewer never better; the planner need not be
/// believed about any one of them.
/// </summary>
/// <remarks>
/// <para>
/// The reason is the same for every variation: each calendar of the tighter request is one of the looser request and costs no less there.
/// Six terms of the cost are properties of the calendar, the rules and the day <c>from</c> alone. Fragments are not: they
/// count against the free time that bookings and hours leave, so that the last term is left out. The conditional visits are left out
/// as well: they are placed around the certain ones, and those move for the sake of a cost in which they do not count.
/// </para>
/// <para>
/// Not every easing is one. Leaving out a rule may take away what bounds the horizon, so rules are only added, to courses that
/// are bounded already. Days count from <c>from</c>: a later one makes them fewer, which is put right before the two are compared.
/// A <c>should</c> that becomes a <c>must</c> no longer costs anything for visits that are fixed, so this is asked of courses that have not begun.
/// A window's distance from its target is kept, and only its tiers narrowed: a minor deviation that becomes a major one counts more,
/// since the first term decides. Where a series has fewer visits in weeks with closures, what closes a day or opens one also changes what is asked for.
/// </para>
/// </remarks>
public class MonotonyTests
{
    public static TheoryData<string> Easings => [.. Variations.Easings.Keys];

    public static TheoryData<string> Tightenings => [.. Variations.Tightenings.Keys];

    [Theory]
    [MemberData(nameof(Easings))]
    public void What_leaves_more_possible_never_makes_it_worse(string easing) => Seeds.Hold(25, (request, chance) =>
        Variations.Easings[easing](request, chance) is { } easier ? Worse(request, easier) : null);

    [Theory]
    [MemberData(nameof(Tightenings))]
    public void What_leaves_less_possible_never_makes_it_better(string tightening) => Seeds.Hold(25, (request, chance) =>
        Variations.Tightenings[tightening](request, chance) is { } tighter ? Worse(tighter, request) : null);

    [Theory]
    [MemberData(nameof(Easings))]
    [MemberData(nameof(Tightenings))]
    public void Every_variation_applies_often(string variation)
    {
        var vary = Variations.Easings.GetValueOrDefault(variation) ?? Variations.Tightenings[variation];
        var varied = Enumerable.Range(0, 1_000).Select(s => (Request: Known.Request(s), Varied: vary(Known.Request(s), new(s))));

        Assert.Equal(10, varied.Where(v => v.Varied is not null && Description.Describe(v.Varied) != Description.Describe(v.Request)).Take(10).Count());
    }

    // What is wrong where the easier of two requests has the worse answer, or one that is no answer at all.
    private static string? Worse(PlanningRequest tighter, PlanningRequest easier)
    {
        var shift = (easier.From - tighter.From).Days;
        var (worse, better) = (Known.Outcome(tighter), Known.Outcome(easier));
        var (most, least) = (From(tighter, Known.Of(worse).WithoutFragments.Most, -shift), Known.Of(better).WithoutFragments.Least);
        return least.CompareTo(most) > 0
            ? $"better when tighter: {Short(tighter, worse)}\nbut easier: {Short(easier, better)}"
            : Known.Breach(tighter, worse) ?? Known.Breach(easier, better);
    }

    // A cost as counted from a day so much earlier.
    private static Cost From(PlanningRequest request, Cost cost, int days) =>
        cost == Known.Never || !request.Protocol.VisitTypes.Any(t => t.Purpose == Core.Protocols.VisitPurpose.Treatment && !t.IsConditional)
            ? cost
            : cost with { DaysToFirst = cost.DaysToFirst + days, DaysToLast = cost.DaysToLast + days };

    private static string Short(PlanningRequest request, Outcome outcome) =>
        $"{outcome.GetType().Name} {Known.Of(outcome)}\n{Description.Describe(Known.Proposals(outcome) is [var first, ..] ? first.Calendar : null)} (from {request.From})";
}
