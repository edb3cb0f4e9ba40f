using System.Collections.Immutable;
using Scheduler.Core.Formats.Descriptions;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>What changed about reasons, citations and assumptions of what both protocols have. No calendar would notice.</summary>
internal static class ProvenanceChanges
{
    public static IEnumerable<Change> Between(Protocol old, Protocol @new)
    {
        var (before, after) = (Stated(old), Stated(@new));
        return Compared.Pairs(before, after, s => s.Id)
            .Where(p => p.Old is not null && p.New is not null)
            .SelectMany(p => Of(p.Id, p.Old!, p.New!))
            .Prepend(Source(old, @new))
            .OfType<Change>();
    }

    private static Change? Source(Protocol old, Protocol @new) => Compared.Whole(
        ChangeKind.Provenance,
        "source",
        old.Source is { } before ? $"published as {DescriptionText.Source(before)}." : null,
        @new.Source is { } after ? $"published as {DescriptionText.Source(after)}." : null);

    private static IEnumerable<Change> Of(string id, Statement before, Statement after) => new[]
    {
        Part(id, "reason", before.Because, after.Because),
        Part(id, "citation", before.Provenance.Cites, after.Provenance.Cites),
        Part(id, "assumption", before.Provenance.Assumed, after.Provenance.Assumed),
    }.OfType<Change>();

    private static Change? Part(string id, string what, string? old, string? @new) => (old, @new) switch
    {
        _ when old == @new => null,
        (null, _) => new(ChangeKind.Provenance, id, $"{id} now has the {what} \"{@new}\"."),
        (_, null) => new(ChangeKind.Provenance, id, $"{id} no longer has the {what} \"{old}\"."),
        _ => new(ChangeKind.Provenance, id, $"{id} now has the {what} \"{@new}\" instead of \"{old}\"."),
    };

    private static ImmutableArray<Statement> Stated(Protocol protocol) =>
    [
        .. protocol.Arms.Select(a => new Statement($"arm {a.Id}", null, a.Provenance)),
        .. protocol.Streams.Select(s => new Statement($"stream {s.Id}", null, s.Provenance)),
        .. protocol.VisitTypes.Select(t => new Statement(t.Id, null, t.Provenance)),
        .. protocol.VisitTypes.SelectMany(t => t.DayConditions.Select(c => new Statement($"{t.Id}, {c.Id}", null, c.Provenance))),
        .. protocol.VisitTypes.SelectMany(t => t.Messages.Select(m => new Statement($"{t.Id}, message {m.Id}", null, m.Provenance))),
        .. WrittenRule.Of(protocol).Select(r => new Statement($"rule {r.Id}", r.Head.Because, r.Head.Provenance)),
        .. protocol.Outcomes.Select(o => new Statement($"outcome {o.Id}", null, o.Provenance)),
        .. protocol.Conditions.Select(c => new Statement($"condition {c.Id}", null, c.Provenance)),
        .. protocol.Phases.Select(p => new Statement($"phase {p.Id}", null, p.Provenance)),
        .. protocol.ScoreTables.Select(t => new Statement($"score table {t.Id}", null, t.Provenance)),
        .. protocol.Events.Select(e => new Statement($"event {e.Id}", null, e.Provenance)),
        .. protocol.Parameters.Select(p => new Statement($"parameter {p.Name}", null, p.Provenance)),
    ];

    private sealed record Statement(string Id, string? Because, Provenance Provenance);
}
