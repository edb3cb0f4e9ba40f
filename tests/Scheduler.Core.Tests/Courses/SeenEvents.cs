using System.Collections.Immutable;
using Scheduler.Core.Courses;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Tests.Courses;

/// <summary>What of a protocol's events, conditions and conditions of the day stories have shown.</summary>
internal sealed class SeenEvents
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>What a protocol says that no story has shown.</summary>
    public IEnumerable<string> Missing(Protocol protocol) => Told(protocol).Except(seen, StringComparer.Ordinal);

    /// <summary>Notes what an event showed.</summary>
    public void Note(CourseState before, CourseEvent next, CourseState after)
    {
        foreach (var condition in after.Protocol.Conditions)
        {
            seen.Add($"{condition.Id} is {after.IsTrue(condition.Id)}");
        }

        foreach (var visit in after.Visits.Values.Where(v => v.ReleasedBy is not null))
        {
            seen.Add($"{visit.Id.Type} released by {visit.ReleasedBy}");
        }

        seen.UnionWith(after.Protocol.Events.OfType<EventRule.Result>().Where(e => after.IsTrue(e.When) == Truth.True).Select(e => $"{e.Id}: then"));
        if (next.Of is not { } of)
        {
            return;
        }

        var missed = after.Protocol.Events.OfType<EventRule.Missed>().Where(e => e.Visits.Contains(of) && (e.And is null || before.IsTrue(e.And) == Truth.True)).MinBy(e => e.And is null);
        var late = after.Protocol.Events.OfType<EventRule.Late>().FirstOrDefault(e => e.Visits.Contains(of));
        var told = next switch
        {
            CourseEvent.Missed when missed is not null && after.Applied.GetValueOrDefault(missed.Id) > before.Applied.GetValueOrDefault(missed.Id) => $"{missed.Id}: then",
            CourseEvent.Missed when missed is not null => $"{missed.Id}: otherwise",
            CourseEvent.NoPlaceFound when before.Find(of).IsLateToday => $"{late!.Id}: else",
            CourseEvent.NoPlaceFound when missed is not null && before.Find(of).Status == VisitStatus.Missed => $"{missed.Id}: otherwise",
            CourseEvent.Arrived when late is not null && (after.Find(of).IsLateToday || after.Find(of).Status == VisitStatus.Held) => $"{late.Id}: then",
            CourseEvent.Held { Condition: { } name } => $"{of.Type}: {after.Protocol.TypeOf(of).DayConditions.First(c => c.Id == name).IfNot}",
            _ => "",
        };
        seen.Add(told);
    }

    private static ImmutableArray<string> Told(Protocol protocol) =>
    [
        .. protocol.Events.OfType<EventRule.Missed>().Select(e => $"{e.Id}: then"),
        .. protocol.Events.OfType<EventRule.Missed>().Where(e => e.Otherwise is not null).Select(e => $"{e.Id}: otherwise"),
        .. protocol.Events.OfType<EventRule.Result>().Select(e => $"{e.Id}: then"),
        .. protocol.Events.OfType<EventRule.Late>().Where(e => e.Then != LateRemedy.GoOn).Select(e => $"{e.Id}: then"),
        .. protocol.Events.OfType<EventRule.Late>().Where(e => e.Then == LateRemedy.TodayIfItFits).Select(e => $"{e.Id}: else"),
        .. protocol.Conditions.SelectMany(c => new[] { $"{c.Id} is {Truth.True}", $"{c.Id} is {Truth.False}" }),
        .. protocol.VisitTypes.Where(t => t.Until is not null).Select(t => $"{t.Id} released by {t.Until}"),
        .. protocol.VisitTypes.Where(t => t.OnlyIf is not null).Select(t => $"{t.Id} released by {t.OnlyIf}"),
        .. protocol.VisitTypes.SelectMany(t => t.DayConditions.Select(c => $"{t.Id}: {c.IfNot}")).Distinct(StringComparer.Ordinal),
    ];
}
