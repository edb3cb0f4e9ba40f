using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>What conditions do to visits: those that are not needed are released, and those that are needed after all come back.</summary>
internal static class Branches
{
    /// <summary>The course with visits released and brought back until nothing changes, and its end noted.</summary>
    public static CourseState Settle(CourseState state, LocalDateTime at)
    {
        if (state.Ended is { Because: not EndReason.Done })
        {
            return state;
        }

        // A release can make one more condition known; there are no more rounds than
        // conditions, and one more for those that can never be known.
        for (var round = 0; round <= state.Protocol.Conditions.Length + 1; round++)
        {
            var truths = new Truths(state);
            var changed = state.Visits.Values.Select(v => Settled(state.Protocol.TypeOf(v.Id), v, truths)).OfType<VisitState>().ToList();
            if (changed.Count == 0)
            {
                break;
            }

            state = state.With(changed);
        }

        var isDone = !state.Visits.Values.Any(v => v.IsOpen || v.Status == VisitStatus.Started);
        return state with { Ended = isDone ? state.Ended ?? new(at, EndReason.Done, null) : null };
    }

    /// <summary>The visit as conditions have it; null where they change nothing.</summary>
    private static VisitState? Settled(VisitType type, VisitState visit, Truths truths)
    {
        var end = type.Until is { } until && truths.Of(until) == Truth.True ? until
            : type.OnlyIf is { } need && (truths.Of(need) == Truth.False || truths.IsMoot(need)) ? need
            : null;
        if (end is not null && visit.IsOpen && visit.Status != VisitStatus.Arrived)
        {
            return visit with { Status = VisitStatus.Released, ReleasedBy = end };
        }

        return end is null && visit is { Status: VisitStatus.Released, ReleasedBy: not null } ? visit.Again(VisitStatus.Planned) : null;
    }
}
