using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>What follows when a visit is missed, stopped or called off.</summary>
internal static class Remedies
{
    /// <summary>What the protocol says of a missed visit; placed again, inside the rules, where it says nothing.</summary>
    public static CourseState FollowMissed(CourseState state, VisitId visit, LocalDateTime at)
    {
        var missed = PlaceAgain(state, visit, VisitStatus.Missed);
        if (RuleOf(state, visit) is not { } rule)
        {
            return missed;
        }

        var times = state.Applied.GetValueOrDefault(rule.Id);
        if (times < (rule.AtMost ?? int.MaxValue) && Follow(missed, rule.Then, visit, at, rule.Id) is { } followed)
        {
            return followed with { Applied = followed.Applied.SetItem(rule.Id, times + 1) };
        }

        return rule.Otherwise is { } otherwise ? Follow(missed, otherwise, visit, at, rule.Id) ?? missed : missed;
    }

    /// <summary>The remedy had no place: the other one follows; a late patient's visit is held over.</summary>
    public static CourseState FollowNoPlace(CourseState state, VisitId visit, LocalDateTime at)
    {
        if (state.Find(visit).IsLateToday)
        {
            return PlaceAgain(state, visit, VisitStatus.Held);
        }

        var anyTime = state.With(state.Find(visit) with { MakeUpBy = null });
        return RuleOf(state, visit) is { Otherwise: { } otherwise } rule ? Follow(anyTime, otherwise, visit, at, rule.Id) ?? anyTime : anyTime;
    }

    /// <summary>The visit is placed again, and with it those that belong on its day.</summary>
    public static CourseState PlaceAgain(CourseState state, VisitId visit, VisitStatus why)
    {
        var companions = CompanionsOf(state.Protocol, [visit]).Select(state.Find).Where(v => v.IsHeld || v.IsAwaited).Select(v => v.Again(VisitStatus.Planned));
        return state.With(companions.Append(state.Find(visit).Again(why)));
    }

    /// <summary>The course ends: what is left is released.</summary>
    public static CourseState Stop(CourseState state, CourseEnd end) =>
        state.With(state.Visits.Values.Where(v => v.IsOpen).Select(v => v with { Status = VisitStatus.Released, IsLateToday = false })) with { Ended = end };

    private static EventRule.Missed? RuleOf(CourseState state, VisitId visit) =>
        state.Protocol.Events.OfType<EventRule.Missed>().FirstOrDefault(e => e.Visits.Contains(visit));

    /// <summary>The course after a remedy; null where it cannot be done.</summary>
    private static CourseState? Follow(CourseState state, Remedy remedy, VisitId visit, LocalDateTime at, string rule)
    {
        var missed = state.Find(visit);
        return remedy switch
        {
            Remedy.ShiftTheRest => FreeAfter(state, missed),
            Remedy.MakeUp makeUp => state.With(missed with { MakeUpBy = missed.Booking!.Date.PlusDays(makeUp.Days) }),
            Remedy.Skip => state.With(missed with { Status = VisitStatus.Skipped }),
            Remedy.RepeatPhase repeat => Repeat(FreeAfter(state, missed), state.Protocol.Phases.First(p => p.Id == repeat.Phase)),
            Remedy.BackTo back => BackTo(state, back.Condition),
            Remedy.RestartCourse => Restart(state),
            Remedy.StopCourse => Stop(state, new(at, EndReason.Missed, rule)),
            _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "A kind of remedy without a case here."),
        };
    }

    /// <summary>What was booked for later is placed again too.</summary>
    private static CourseState FreeAfter(CourseState state, VisitState missed) =>
        state.With(state.Visits.Values.Where(v => v.IsAwaited && v.Booking!.Start > missed.Booking!.Start).Select(v => v.Again(VisitStatus.Planned)));

    private static CourseState? Repeat(CourseState state, Phase phase)
    {
        if (phase.Visits.IsEmpty)
        {
            return null;
        }

        var again = phase.Visits.Concat(CompanionsOf(state.Protocol, phase.Visits)).ToHashSet();
        return state.With(again.Select(v => state.Find(v).Afresh())) with
        {
            Scores = state.Scores.Where(s => !again.Contains(s.Key.Visit)).ToImmutableDictionary(),
            Answers = state.Answers.Where(a => !again.Contains(a.Key.Visit)).ToImmutableDictionary(),
        };
    }

    private static CourseState? BackTo(CourseState state, string condition)
    {
        if (state.IsTrue(condition) == Truth.True)
        {
            return null;
        }

        var others = state.Protocol.Conditions.Where(c => c.Excludes.Contains(condition)).Select(c => c.Id)
            .Union(state.Protocol.Conditions.First(c => c.Id == condition).Excludes);
        return state with { BroughtAbout = others.Aggregate(state.BroughtAbout.SetItem(condition, true), (all, other) => all.SetItem(other, false)) };
    }

    private static CourseState Restart(CourseState state) => CourseState.Begin(state.Course) with
    {
        Applied = state.Applied,
        Failures = state.Failures,
        Events = state.Events,
        LastAt = state.LastAt,
    };

    /// <summary>Visits that belong on the day of one of these, or on the day of such a visit.</summary>
    private static IEnumerable<VisitId> CompanionsOf(Protocol protocol, IEnumerable<VisitId> visits)
    {
        var pairs = protocol.Rules.OfType<Rule.SameDay>().SelectMany(r => r.Pairs).ToLookup(p => p.Partner, p => p.Visit);
        var seen = visits.ToHashSet();
        var open = new Queue<VisitId>(seen);
        while (open.TryDequeue(out var partner))
        {
            foreach (var visit in pairs[partner].Where(seen.Add))
            {
                open.Enqueue(visit);
                yield return visit;
            }
        }
    }
}
