using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;

namespace Scheduler.Cli.Commands;

/// <summary>Where a protocol's file names its event rules and conditions, so that whoever reads a reason finds the rule.</summary>
internal sealed class RuleLines
{
    private readonly Dictionary<string, SourceSpan> places = new(StringComparer.Ordinal);

    public RuleLines(string file, string text)
    {
        var root = YamlReader.ReadMapping(file, text, new DiagnosticBag());
        foreach (var section in new[] { "conditions", "events" })
        {
            foreach (var entry in Entries(root, section))
            {
                places[entry.Key.Value] = entry.Key.Span;
            }
        }

        foreach (var type in Entries(root, "visits"))
        {
            foreach (var condition in Entries(type.Value, "day conditions"))
            {
                places.TryAdd(condition.Key.Value, condition.Key.Span);
            }
        }
    }

    /// <summary>A rule with its place: <c>missed-infusion, protocol.yaml:195</c>; without one that is not named in the file, such as a row of a score table.</summary>
    public string Of(string rule) => places.TryGetValue(rule, out var at) ? $"{rule}, {at.File}:{at.Start.Line}" : rule;

    private static ImmutableArray<SyntaxNode.Entry> Entries(SyntaxNode? node, string key) =>
        node is SyntaxNode.Mapping mapping && mapping.Entries.FirstOrDefault(e => e.Key.Value == key)?.Value is SyntaxNode.Mapping inside ? inside.Entries : [];
}
