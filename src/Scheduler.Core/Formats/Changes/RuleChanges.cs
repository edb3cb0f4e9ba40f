using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>What changed about rules. A rule that only has another name, or whose series only has another number of visits, asks for the same.</summary>
internal static class RuleChanges
{
    public static IEnumerable<Change> Between(Protocol old, Protocol @new)
    {
        var pairs = Compared.Pairs(WrittenRule.Of(old), WrittenRule.Of(@new), r => r.Id).ToList();
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

    private static bool Same(WrittenRule before, WrittenRule after, Protocol old, Protocol @new) =>
        before.Parts[0].GetType() == after.Parts[0].GetType() && RuleSentence.Of(OverNewSeries(before, after), old) == RuleSentence.Of(after, @new);

    /// <summary>How many visits a series has is told of its visit type, not again of its rhythm.</summary>
    private static WrittenRule OverNewSeries(WrittenRule before, WrittenRule after) =>
        before.Parts[0] is Rule.Cadence cadence && after.Parts[0] is Rule.Cadence other && cadence.Series[0].Type == other.Series[0].Type
            ? new([cadence with { Series = other.Series }])
            : before;

    private static IEnumerable<string> Of(string id, WrittenRule? before, WrittenRule? after, Protocol old, Protocol @new) => (before, after) switch
    {
        (null, not null) => [$"New rule: {RuleSentence.Of(after, @new)} (rule {id})"],
        (not null, null) => [$"No longer a rule: {RuleSentence.Of(before, old)} (rule {id})"],
        _ when WindowChanges.Between(before!, after!, old, @new) is { IsEmpty: false } told => told.Select(t => $"{t} (rule {id})."),
        _ => [$"{RuleSentence.Of(after!, @new)} Before: {RuleSentence.Of(OverNewSeries(before!, after!), old)} (rule {id})"],
    };
}
