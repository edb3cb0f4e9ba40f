using System.Collections.Immutable;
using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>Two protocols, usually two versions of one, and what changed from the first to the second.</summary>
/// <param name="Old">The first.</param>
/// <param name="New">The second.</param>
/// <param name="All">The changes, by kind; empty where both say the same.</param>
public sealed record ProtocolChanges(Protocol Old, Protocol New, ImmutableArray<Change> All)
{
    /// <summary>Compares two protocols.</summary>
    public static ProtocolChanges Between(Protocol old, Protocol @new) => new(
        old,
        @new,
        [
            .. Course(old, @new)
                .Concat(VisitChanges.Between(old, @new))
                .Concat(RuleChanges.Between(old, @new))
                .Concat(Results(old, @new))
                .Concat(Compared.Told(ChangeKind.Events, "event", old.Events, @new.Events, e => e.Id, e => CourseSentences.Of(e, old), e => CourseSentences.Of(e, @new)))
                .Concat(Parameters(old, @new))
                .Concat(ProvenanceChanges.Between(old, @new))
                .OrderBy(c => c.Kind),
        ]);

    private static IEnumerable<Change> Course(Protocol old, Protocol @new)
    {
        IEnumerable<Change?> changes =
        [
            Compared.Value(ChangeKind.Course, "protocol", "The protocol is called", old.Id, @new.Id),
            Compared.Value(ChangeKind.Course, "version", "The version is", old.Version, @new.Version),
            Compared.Value(ChangeKind.Course, "title", "The title is", $"\"{old.Title}\"", $"\"{@new.Title}\""),
            Compared.Whole(
                ChangeKind.Course, "blinded", old.Blinded.IsEmpty ? null : CourseSentences.Blinded(old.Blinded), @new.Blinded.IsEmpty ? null : CourseSentences.Blinded(@new.Blinded)),
            Compared.Whole(
                ChangeKind.Messages, "quiet hours", old.QuietHours is { } before ? CourseSentences.Quiet(before) : null, @new.QuietHours is { } after ? CourseSentences.Quiet(after) : null),
        ];
        return changes.OfType<Change>()
            .Concat(Compared.Told(ChangeKind.Course, "arm", old.Arms, @new.Arms, a => a.Id, a => English.Sentence(a.Title), a => English.Sentence(a.Title)))
            .Concat(Compared.Told(ChangeKind.Course, "stream", old.Streams, @new.Streams, s => s.Id, s => English.Sentence(s.Means), s => English.Sentence(s.Means)))
            .Concat(Compared.Told(ChangeKind.Course, "phase", old.Phases, @new.Phases, p => p.Id, p => Say(p, old), p => Say(p, @new)));
    }

    private static IEnumerable<Change> Results(Protocol old, Protocol @new) =>
        Compared.Told(ChangeKind.Results, "outcome", old.Outcomes, @new.Outcomes, o => o.Id, o => CourseSentences.Of(o, old), o => CourseSentences.Of(o, @new))
            .Concat(Compared.Told(ChangeKind.Results, "condition", old.Conditions, @new.Conditions, c => c.Id, c => CourseSentences.Of(c, old), c => CourseSentences.Of(c, @new)))
            .Concat(Compared.Told(ChangeKind.Results, "score table", old.ScoreTables, @new.ScoreTables, t => t.Id, t => CourseSentences.Of(t, old), t => CourseSentences.Of(t, @new)));

    private static IEnumerable<Change> Parameters(Protocol old, Protocol @new)
    {
        foreach (var (id, before, after) in Compared.Pairs(old.Parameters, @new.Parameters, p => p.Name))
        {
            if (before is null || after is null)
            {
                yield return new(ChangeKind.Parameters, id, after is not null
                    ? $"A clinic may now set {id}: {English.Sentence(after.Means)} It is {after.Value} unless set."
                    : $"A clinic can no longer set {id}, which was {before!.Value}.");
                continue;
            }

            IEnumerable<Change?> changes =
            [
                Compared.Value(ChangeKind.Parameters, id, $"Unless a clinic sets it, {id} is", before.Default, after.Default),
                Compared.Value(ChangeKind.Parameters, id, $"{id} is set to", SetTo(before), SetTo(after)),
                Compared.Value(ChangeKind.Parameters, id, $"{id} may be set", Bounds(before), Bounds(after)),
                Compared.Value(ChangeKind.Parameters, id, $"{id} means", $"\"{before.Means}\"", $"\"{after.Means}\""),
            ];
            foreach (var change in changes.OfType<Change>())
            {
                yield return change;
            }
        }
    }

    /// <summary>A value that was set in place of the file's.</summary>
    private static string SetTo(Parameter parameter) => parameter.Value == parameter.Default ? "the value of the file" : parameter.Value;

    private static string Bounds(Parameter parameter) => parameter.Between is { } bounds ? CourseSentences.Bounds(bounds) : "to any value";

    private static string Say(Phase phase, Protocol protocol) => $"{English.Sentence(phase.Title)} Visits: {English.Visits(phase.Visits, protocol)}.";
}
