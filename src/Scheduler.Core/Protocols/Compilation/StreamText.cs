using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>How optional streams are written.</summary>
internal static class StreamText
{
    private static readonly Key<string> Means = Keys.Required("means", Scalars.Text, "What it is, in a sentence.");

    public static Key<NamedEntries<string, OptionalStream>> Streams { get; } = Keys.Optional(
        "streams",
        new MapShape<string, OptionalStream>(
            "optional streams by id",
            Scalars.Id,
            new MappingShape<OptionalStream>(
                "an optional stream", [Means, RuleKeys.Cites, RuleKeys.Assumed], (fields, _) => new("", fields.Get(Means).Value, RuleKeys.From(fields)))),
        "Parts of the protocol for those patients who choose them.");

    /// <summary>The streams; one without visits is reported.</summary>
    public static ImmutableArray<OptionalStream> Bind(Fields fields, ImmutableArray<VisitType> types, bool isComplete, DiagnosticBag bag)
    {
        var streams = fields.Or(Streams, NamedEntries<string, OptionalStream>.Empty);
        foreach (var unused in streams.Entries.Where(e => isComplete && !types.Any(t => t.Stream == e.Key.Value)))
        {
            bag.Add(Messages.StreamUnused(unused.Key.Span, unused.Key.Value));
        }

        return [.. streams.Entries.Select(e => e.Value.Value with { Id = e.Key.Value })];
    }
}
