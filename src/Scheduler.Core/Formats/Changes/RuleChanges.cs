using System.Collections.Immutable;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>What changed about rules. A rule that only has another name, or whose series only has another number of visits, asks for the same.</summary>
internal static class RuleChanges
{
    public static IEnumerable<Change> Between(Protocol old, Protocol @new)
    {
        var pairs = Compared.Pairs(old.Rules, @new.Rules, r => r.Id).ToList();
        var renamed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, before, after) in pairs)
        {
            if (renamed.Contains(id) || (before is not null && after is not null && Same(before, after, old, @new)))
            {
                continue;
            }

            if (before is not null && after is null && pairs.Find(p => p.Old is null && !renamed.Contains(p.Id) && Same(before, p.New!, old, @new)) is { New: not null } other)
            {
                renamed.Add(other.Id);
                yield return new(ChangeKind.Rules, other.Id, $"The rule {id} is now called {other.Id}; it says the same.");
                continue;
            }

            foreach (var sentence in Of(id, before, after, old, @new))
            {
                yield return new(ChangeKind.Rules, id, sentence);
            }
        }
    }

    private static bool Same(Rule before, Rule after, Protocol old, Protocol @new) =>
        before.GetType() == after.GetType() && RuleSentence.Of(OverNewSeries(before, after), old) == RuleSentence.Of(after, @new);

    /// <summary>How many visits a series has is told of its visit type, not again of its rhythm.</summary>
    private static Rule OverNewSeries(Rule before, Rule after) =>
        before is Rule.Cadence cadence && after is Rule.Cadence other && cadence.Series[0].Type == other.Series[0].Type ? cadence with { Series = other.Series } : before;

    private static IEnumerable<string> Of(string id, Rule? before, Rule? after, Protocol old, Protocol @new) => (before, after) switch
    {
        (null, not null) => [$"New rule: {RuleSentence.Of(after, @new)} (rule {id})"],
        (not null, null) => [$"No longer a rule: {RuleSentence.Of(before, old)} (rule {id})"],
        (Rule.Window then, Rule.Window now) when Told(then, now, old, @new) is { IsEmpty: false } told => told.Select(t => $"{t} (rule {id})."),
        (Rule.HourWindow then, Rule.HourWindow now) when Told(then, now, old, @new) is { IsEmpty: false } told => told.Select(t => $"{t} (rule {id})."),
        _ => [$"{RuleSentence.Of(after!, @new)} Before: {RuleSentence.Of(OverNewSeries(before!, after!), old)} (rule {id})"],
    };

    /// <summary>A window of which only target, anchor or width changed; empty where more did, or where it does not lie around its target.</summary>
    private static ImmutableArray<string> Told(Rule.Window then, Rule.Window now, Protocol old, Protocol @new)
    {
        var rest = RuleSentence.Of(then with { Target = now.Target, Anchor = now.Anchor, Ideal = now.Ideal, Allowed = now.Allowed }, old) == RuleSentence.Of(now, @new);
        return !rest ? [] : Windows(
            Name(now.Visits, @new),
            (English.Period(then.Target), WindowSentence.Anchor(then.Anchor, old), then.Ideal, then.Allowed),
            (English.Period(now.Target), WindowSentence.Anchor(now.Anchor, @new), now.Ideal, now.Allowed),
            n => English.Count(n, "day"));
    }

    private static ImmutableArray<string> Told(Rule.HourWindow then, Rule.HourWindow now, Protocol old, Protocol @new)
    {
        var rest = RuleSentence.Of(then with { TargetMinutes = now.TargetMinutes, Anchor = now.Anchor, Ideal = now.Ideal, Allowed = now.Allowed }, old) == RuleSentence.Of(now, @new);
        return !rest ? [] : Windows(
            Name(now.Visits, @new),
            (English.Minutes(then.TargetMinutes), WindowSentence.Anchor(then.Anchor, old), then.Ideal, then.Allowed),
            (English.Minutes(now.TargetMinutes), WindowSentence.Anchor(now.Anchor, @new), now.Ideal, now.Allowed),
            English.Minutes);
    }

    private static ImmutableArray<string> Windows(
        string visits,
        (string Target, string Anchor, Leeway Ideal, Leeway Allowed) then,
        (string Target, string Anchor, Leeway Ideal, Leeway Allowed) now,
        Func<int, string> amount)
    {
        if (new[] { then.Ideal, then.Allowed, now.Ideal, now.Allowed }.Any(l => l.From > 0 || l.To < 0))
        {
            return [];
        }

        var onlyOne = then.Ideal == then.Allowed && now.Ideal == now.Allowed;
        IEnumerable<string?> told =
        [
            then.Target == now.Target ? null : $"{visits} is due {now.Target} instead of {then.Target} after {now.Anchor}",
            then.Anchor == now.Anchor ? null : $"{visits} counts from {now.Anchor} instead of {then.Anchor}",
            onlyOne ? null : Ideal(visits, then.Ideal.To, now.Ideal.To, "late", amount),
            onlyOne ? null : Ideal(visits, -then.Ideal.From, -now.Ideal.From, "early", amount),
            Allowed(visits, then.Allowed.To, now.Allowed.To, "late", amount),
            Allowed(visits, -then.Allowed.From, -now.Allowed.From, "early", amount),
        ];
        return [.. told.OfType<string>()];
    }

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
}
