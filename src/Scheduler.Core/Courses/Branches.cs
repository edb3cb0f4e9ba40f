using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>What conditions do to visits: those that are not needed are released, and those that are needed after all come back.</summary>
internal static class Branches
{
    /// <summary>The course with visits released and brought back until nothing changes, and its end noted.</summary>
    public static CourseState Settle(CourseState state, LocalDateTime at)
    {
        if (state.Ended is { Because: not (EndReason.Done or EndReason.Result) })
        {
            return state;
        }

        // A release can make one more condition known; there are no more rounds than
        // conditions, and one more for those that can never be known.
        for (var round = 0; round <= state.Protocol.Conditions.Length + 1; round++)
        {
            var truths = new Truths(state);
            var results = Results(state, truths);
            var changed = state.Visits.Values.Select(v => Settled(state.Protocol.TypeOf(v.Id), v, truths, results)).OfType<VisitState>().ToList();
            if (changed.Count == 0)
            {
                break;
            }

            state = state.With(changed);
        }

        if (Results(state, new Truths(state)).FirstOrDefault(r => r.Then == ResultRemedy.StopCourse) is { } stop)
        {
            return state with { Ended = state.Ended is { Because: EndReason.Result } ended && ended.Rule == stop.Id ? ended : new(at, EndReason.Result, stop.Id) };
        }

        var isDone = !state.Visits.Values.Any(v => v.IsOpen || v.Status == VisitStatus.Started);
        return state with { Ended = isDone ? state.Ended is { Because: EndReason.Done } done ? done : new(at, EndReason.Done, null) : null };
    }

    /// <summary>The event rules whose condition is known to be true.</summary>
    private static ImmutableArray<EventRule.Result> Results(CourseState state, Truths truths) =>
        [.. state.Protocol.Events.OfType<EventRule.Result>().Where(e => truths.Of(e.When) == Truth.True)];

    /// <summary>The visit as conditions have it; null where they change nothing.</summary>
    private static VisitState? Settled(VisitType type, VisitState visit, Truths truths, ImmutableArray<EventRule.Result> results)
    {
        // A course that stops goes on for nobody, be they there already.
        if (visit.IsOpen && results.FirstOrDefault(r => r.Then == ResultRemedy.StopCourse) is { } stop)
        {
            return visit with { Status = VisitStatus.Released, IsLateToday = false, ReleasedBy = stop.When };
        }

        var end = type.Until is { } until && truths.Of(until) == Truth.True ? until
            : type.OnlyIf is { } need && (truths.Of(need) == Truth.False || truths.IsMoot(need)) ? need
            : results.FirstOrDefault(r => r.Then == ResultRemedy.StopCourse || r.Visits.Contains(visit.Id))?.When;
        if (end is not null && visit.IsOpen && visit.Status != VisitStatus.Arrived)
        {
            return visit with { Status = VisitStatus.Released, ReleasedBy = end };
        }

        return end is null && visit is { Status: VisitStatus.Released, ReleasedBy: not null } ? visit.Again(VisitStatus.Planned) : null;
    }
}
