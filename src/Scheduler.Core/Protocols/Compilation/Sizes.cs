using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How much the rules of a protocol ask for in all. Real protocols stay far below; beyond, a calendar could not be judged or priced.</summary>
internal static class Sizes
{
    /// <summary>The most pairs of visits that rules compare: two rules about two series of 200, and more that is small.</summary>
    public const int MostPairs = 100_000;

    /// <summary>The most windows of visits, each of which may be a deviation.</summary>
    public const int MostWindows = 4_000;

    /// <summary>The most preference points that a calendar can cost by the protocol; what a patient wishes comes on top.</summary>
    public const int MostPoints = 50_000_000;

    /// <summary>How far outside its allowed days a major deviation may lie.</summary>
    private const int BeyondDays = 28;

    /// <summary>Reports, of each kind, the first rule with which it is too much.</summary>
    public static void Check(IEnumerable<Rule> rules, DiagnosticBag bag)
    {
        var (pairs, windows, points) = (0L, 0L, 0L);
        foreach (var rule in rules)
        {
            Add(ref pairs, PairsOf(rule), MostPairs, rule, Messages.TooManyPairs);
            Add(ref windows, WindowsOf(rule), MostWindows, rule, Messages.TooManyWindows);
            Add(ref points, PointsOf(rule), MostPoints, rule, Messages.TooManyPoints);
        }

        void Add(ref long sum, long more, int most, Rule rule, Func<SourceSpan, int, Diagnostic> message)
        {
            if (sum <= most && sum + more > most)
            {
                bag.Add(message(rule.Head.Where, most));
            }

            sum += more;
        }
    }

    private static long PairsOf(Rule rule) => rule switch
    {
        Rule.Order order => order.Groups.Zip(order.Groups.Skip(1), (before, after) => (long)before.Length * after.Length).Sum(),
        Rule.ApartDays apart => AcrossGroups(apart.Groups),
        Rule.SamePerson { IsMust: true } same => (long)same.Visits.Length * (same.Visits.Length - 1) / 2,
        Rule.DifferentPeople different => (long)different.These.Length * different.Those.Length,

        // A visit is in a row with one earlier visit of each type at most.
        Rule.Rotation rotation => (long)rotation.Visits.Length * rotation.Visits.Select(v => v.Type).Distinct().Count(),
        _ => 0,
    };

    private static long AcrossGroups(ImmutableArray<ImmutableArray<VisitId>> groups)
    {
        var (all, within) = (groups.Sum(g => (long)g.Length), groups.Sum(g => (long)g.Length * g.Length));
        return ((all * all) - within) / 2;
    }

    private static long WindowsOf(Rule rule) => rule switch
    {
        Rule.Window window => window.Visits.Length,
        Rule.HourWindow window => window.Visits.Length,
        _ => 0,
    };

    private static long PointsOf(Rule rule) => rule switch
    {
        Rule.Window window => (long)window.Visits.Length
            * ((window.Weight * (Widest(window.Allowed) + BeyondDays)) + PastIdeal(window.Ideal, window.Allowed, BeyondDays)),
        Rule.HourWindow window => (long)window.Visits.Length
            * ((window.Weight * ((Widest(window.Allowed) / 60) + (24 * BeyondDays))) + (PastIdeal(window.Ideal, window.Allowed, BeyondDays * 24 * 60) / 60)),
        Rule.TimeOfDay times => (long)times.Visits.Length * (times.Strength.Weight ?? 0),
        Rule.Weekdays days => (long)days.Visits.Length * (days.Strength.Weight ?? 0),
        _ => 0,
    };

    /// <summary>The farthest from its ideal days (or minutes) that a visit can lie, major deviations permitted.</summary>
    private static int PastIdeal(Leeway ideal, Leeway allowed, int beyond) => Math.Max(ideal.From - allowed.From, allowed.To - ideal.To) + beyond;

    private static int Widest(Leeway leeway) => Math.Max(Math.Abs(leeway.From), Math.Abs(leeway.To));
}
