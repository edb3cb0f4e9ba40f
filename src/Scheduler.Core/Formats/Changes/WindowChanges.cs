using System.Collections.Immutable;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>What changed about a window, where that is only its target, its anchor or its width: then a short sentence about each says more than the whole.</summary>
internal static class WindowChanges
{
    /// <summary>The sentences; empty where more changed, or where a window does not lie around its target.</summary>
    public static ImmutableArray<string> Between(WrittenRule before, WrittenRule after, Protocol old, Protocol @new)
    {
        if (before.Parts.Length != after.Parts.Length || before.Parts[0].GetType() != after.Parts[0].GetType())
        {
            return [];
        }

        var rest = new WrittenRule([.. before.Parts.Zip(after.Parts, WithTimesOf)]);
        return before.Parts[0] switch
        {
            // The old protocol has no words for visits that only the new one has.
            _ when !after.Parts.All(part => AnchorOf(part) is not { } anchor || old.VisitTypes.Any(t => t.Id == anchor.Type)) => [],
            _ when RuleSentence.Of(rest, old) != RuleSentence.Of(after, @new) => [],
            Rule.Window => Told([.. before.Parts.Cast<Rule.Window>().Select(Shape)], [.. after.Parts.Cast<Rule.Window>().Select(Shape)], n => English.Count(n, "day"), old, @new),
            Rule.HourWindow => Told([.. before.Parts.Cast<Rule.HourWindow>().Select(Shape)], [.. after.Parts.Cast<Rule.HourWindow>().Select(Shape)], English.Minutes, old, @new),
            _ => [],
        };
    }

    private static VisitId? AnchorOf(Rule rule) => rule switch
    {
        Rule.Window window => window.Anchor.VisitOrNone,
        Rule.HourWindow window => window.Anchor.VisitOrNone,
        _ => null,
    };

    /// <summary>A window with target, anchor and width of another.</summary>
    private static Rule WithTimesOf(Rule rule, Rule other) => (rule, other) switch
    {
        (Rule.Window one, Rule.Window two) => one with { Target = two.Target, Anchor = two.Anchor, Ideal = two.Ideal, Allowed = two.Allowed },
        (Rule.HourWindow one, Rule.HourWindow two) => one with { TargetMinutes = two.TargetMinutes, Anchor = two.Anchor, Ideal = two.Ideal, Allowed = two.Allowed },
        _ => rule,
    };

    private static Window Shape(Rule.Window window) => new(window.Visits, English.Period(window.Target), window.Anchor, window.Ideal, window.Allowed);

    private static Window Shape(Rule.HourWindow window) => new(window.Visits, English.Minutes(window.TargetMinutes), window.Anchor, window.Ideal, window.Allowed);

    private static ImmutableArray<string> Told(ImmutableArray<Window> then, ImmutableArray<Window> now, Func<int, string> amount, Protocol old, Protocol @new)
    {
        var (width, newWidth) = (then[0], now[0]);
        if (new[] { width.Ideal, width.Allowed, newWidth.Ideal, newWidth.Allowed }.Any(l => l.From > 0 || l.To < 0))
        {
            return [];
        }

        var all = Name([.. now.SelectMany(w => w.Visits)], @new);
        var onlyOne = width.Ideal == width.Allowed && newWidth.Ideal == newWidth.Allowed;
        var (anchors, newAnchors) = (Anchors(then, old), Anchors(now, @new));
        IEnumerable<string?> told =
        [
            .. then.Zip(now, (a, b) => a.Target == b.Target ? null : $"{Name(b.Visits, @new)} is due {b.Target} instead of {a.Target} after {Anchors([b], @new)}"),
            anchors == newAnchors ? null : $"{all} counts from {newAnchors} instead of {anchors}",
            onlyOne ? null : Ideal(all, width.Ideal.To, newWidth.Ideal.To, "late", amount),
            onlyOne ? null : Ideal(all, -width.Ideal.From, -newWidth.Ideal.From, "early", amount),
            Allowed(all, width.Allowed.To, newWidth.Allowed.To, "late", amount),
            Allowed(all, -width.Allowed.From, -newWidth.Allowed.From, "early", amount),
        ];
        return [.. told.OfType<string>()];
    }

    private static string Anchors(IEnumerable<Window> windows, Protocol protocol) => WindowSentence.Anchors([.. windows.SelectMany(w => w.Visits.Select(v => (v, w.Anchor)))], protocol);

    private static string? Allowed(string visits, int then, int now, string side, Func<int, string> amount) =>
        then == now ? null
        : now == 0 ? $"{visits} may no longer be {side}; before, up to {amount(then)}"
        : then == 0 ? $"{visits} may now be up to {amount(now)} {side}; before, not at all"
        : $"{visits} may now be up to {amount(now)} {side} instead of {amount(then)}";

    private static string? Ideal(string visits, int then, int now, string side, Func<int, string> amount) =>
        then == now ? null
        : now == 0 ? $"{visits} is ideally not {side} at all; before, up to {amount(then)}"
        : then == 0 ? $"{visits} is ideally up to {amount(now)} {side}; before, not at all"
        : $"{visits} is ideally up to {amount(now)} {side} instead of {amount(then)}";

    /// <summary>The visits, by the title of their type where they are all of it.</summary>
    private static string Name(ImmutableArray<VisitId> visits, Protocol protocol) =>
        protocol.TypeOf(visits[0]) is { Count: 1 } type && visits.Length == 1 ? VisitChanges.Name(type) : English.Begin(English.Visits(visits, protocol));

    private sealed record Window(ImmutableArray<VisitId> Visits, string Target, Anchor Anchor, Leeway Ideal, Leeway Allowed);
}
