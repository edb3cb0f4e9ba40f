using Scheduler.Core.Formats.Sentences;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Changes;

/// <summary>What changed about visits: how many, how long, for whom, with whom, and what the patient is told.</summary>
internal static class VisitChanges
{
    public static IEnumerable<Change> Between(Protocol old, Protocol @new)
    {
        foreach (var (id, before, after) in Compared.Pairs(old.VisitTypes, @new.VisitTypes, t => t.Id))
        {
            var changes = (before, after) switch
            {
                (null, not null) => [new(ChangeKind.Visits, id, $"New visits: {Name(after)}, {English.Sentence(VisitSentences.Shape(after))}{Conditions(after)}{Needs(after)}")],
                (not null, null) => [new(ChangeKind.Visits, id, $"No more visits: {Name(before)}, {English.Sentence(VisitSentences.Shape(before))}")],
                _ => Of(before!, after!),
            };
            foreach (var change in changes)
            {
                yield return change;
            }
        }

        var (listed, relisted) = (Shared(old, @new), Shared(@new, old));
        if (!listed.SequenceEqual(relisted))
        {
            yield return new(ChangeKind.Visits, "visits", "The visit types are listed in another order, which decides between calendars that are equally good otherwise.");
        }
    }

    /// <summary><c>Written exposure therapy (wet)</c>.</summary>
    public static string Name(VisitType type) => type.Title == type.Id ? type.Id : $"{type.Title} ({type.Id})";

    private static IEnumerable<string> Shared(Protocol protocol, Protocol other) => protocol.VisitTypes.Select(t => t.Id).Where(id => other.VisitTypes.Any(t => t.Id == id));

    private static string Conditions(VisitType type) => string.Concat(VisitSentences.ForWhom(type).Select(s => " " + s));

    private static string Needs(VisitType type) => string.Concat(type.Needs.Select(n => $" {English.Sentence(VisitSentences.Of(n))}"));

    private static IEnumerable<Change> Of(VisitType before, VisitType after)
    {
        var (id, name) = (after.Id, Name(after));
        IEnumerable<Change?> values =
        [
            Compared.Value(ChangeKind.Visits, id, $"{id} is called", $"\"{before.Title}\"", $"\"{after.Title}\""),
            Compared.Value(ChangeKind.Visits, id, $"{name}: the purpose is", Purpose(before), Purpose(after)),
            before.Count == after.Count ? null : new(ChangeKind.Visits, id, $"{name}: {English.Count(after.Count, "visit")} instead of {before.Count}."),
            before.Mode == after.Mode ? null : new(ChangeKind.Visits, id, $"{name}: {VisitSentences.Mode(after.Mode)} instead of {VisitSentences.Mode(before.Mode)}."),
        ];
        var forWhom = VisitSentences.ForWhom(after).Except(VisitSentences.ForWhom(before)).Select(s => new Change(ChangeKind.Visits, id, $"{name}, new: {s}"))
            .Concat(VisitSentences.ForWhom(before).Except(VisitSentences.ForWhom(after)).Select(s => new Change(ChangeKind.Visits, id, $"{name}, no longer: {s}")));
        return values.OfType<Change>()
            .Concat(Durations(before, after, name))
            .Concat(forWhom)
            .Concat(NeedChanges(before, after, name))
            .Concat(Compared.Told(ChangeKind.Events, $"condition of the day of {id},", before.DayConditions, after.DayConditions, c => c.Id, VisitSentences.Of, VisitSentences.Of))
            .Concat(Compared.Told(ChangeKind.Messages, $"message of {id},", before.Messages, after.Messages, m => m.Id, VisitSentences.Of, VisitSentences.Of));
    }

    private static string Purpose(VisitType type) => type.Purpose == VisitPurpose.Treatment ? "treatment" : "assessment";

    /// <summary>Visits that both have; of others their number is told. New visits of another length than the last old one are told too.</summary>
    private static IEnumerable<Change> Durations(VisitType before, VisitType after, string name)
    {
        var lengths = Enumerable.Range(1, after.Count)
            .Select(n => (Ordinal: n, Old: before.DurationOf(Math.Min(n, before.Count)), New: after.DurationOf(n)))
            .Where(d => d.Old != d.New)
            .GroupBy(d => (d.Old, d.New));
        foreach (var group in lengths)
        {
            var which = group.Count() == after.Count ? "" : $" (visit{(group.Count() == 1 ? "" : "s")} {English.Ordinals([.. group.Select(d => d.Ordinal)])})";
            yield return new(ChangeKind.Visits, after.Id, $"{name}: {group.Key.New} min instead of {group.Key.Old} min{which}.");
        }
    }

    private static IEnumerable<Change> NeedChanges(VisitType before, VisitType after, string name)
    {
        foreach (var (_, then, now) in Compared.Pairs(before.Needs, after.Needs, n => n.Id))
        {
            if (then is null)
            {
                yield return new(ChangeKind.Needs, after.Id, $"{name} now also needs: {English.Sentence(VisitSentences.Of(now!))}");
            }
            else if (now is null)
            {
                yield return new(ChangeKind.Needs, after.Id, $"{name} no longer needs: {English.Sentence(VisitSentences.Of(then))}");
            }
            else if (VisitSentences.Of(then) is var old && VisitSentences.Of(now) is var @new && old != @new)
            {
                yield return new(ChangeKind.Needs, after.Id, $"{name} now needs: {English.Sentence(@new)} Before: {English.Sentence(old)}");
            }
        }
    }
}
