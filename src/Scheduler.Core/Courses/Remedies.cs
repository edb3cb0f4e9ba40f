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
        var missed = PlaceAgain(state, visit, VisitStatus.Missed, at);
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

    /// <summary>
    /// There was no place: the other remedy follows; a late patient's visit is held over; one that was to be placed inside the rules, and for which
    /// the protocol names nothing else, is put off with the rest.
    /// </summary>
    public static CourseState FollowNoPlace(CourseState state, VisitId visit, LocalDateTime at)
    {
        if (state.Find(visit).IsLateToday)
        {
            return PlaceAgain(state, visit, VisitStatus.Held, at);
        }

        var found = state.Find(visit);
        if (found.MakeUpBy is null && (found.Status != VisitStatus.Missed || RuleOf(state, visit)?.Otherwise is null))
        {
            return ShiftFrom(state, found);
        }

        var anyTime = state.With(found with { MakeUpBy = null });
        return RuleOf(state, visit) is { Otherwise: { } otherwise } rule ? Follow(anyTime, otherwise, visit, at, rule.Id) ?? anyTime : anyTime;
    }

    /// <summary>
    /// The visit is placed again, and with it those that belong on its day, and assessments before it that will be too old for it by the next day.
    /// What was recorded at visits that were held and are repeated is forgotten.
    /// </summary>
    public static CourseState PlaceAgain(CourseState state, VisitId visit, VisitStatus why, LocalDateTime at)
    {
        var companions = Companions.Of(state, visit, at.Date.PlusDays(1)).Select(state.Find).Where(v => v.IsHeld || v.IsAwaited || v.NotBefore is not null).ToList();
        var forgotten = companions.Append(state.Find(visit)).Where(v => v.IsHeld).Select(v => v.Id).ToHashSet();
        return Forget(state.With(companions.Select(v => v.Again(VisitStatus.Planned)).Append(state.Find(visit).Again(why))), forgotten);
    }

    /// <summary>A late patient's visit is held later that day if it fits, and with it, again, what was to be held so many minutes beside it.</summary>
    public static CourseState LaterToday(CourseState state, VisitState visit)
    {
        var again = Companions.NoLongerBeside(state, visit).ToHashSet();
        var later = again.Select(v => state.Find(v).Again(VisitStatus.Planned) with { NotBefore = visit.Arrived });
        return Forget(state.With(later.Append(visit with { IsLateToday = true })), again);
    }

    /// <summary>The course ends: what is left is released.</summary>
    public static CourseState Stop(CourseState state, CourseEnd end) =>
        state.With(state.Visits.Values.Where(v => v.IsOpen).Select(v => v with { Status = VisitStatus.Released, IsLateToday = false })) with { Ended = end };

    /// <summary>What the protocol says of a visit: first where a condition is known to be true besides, then without one.</summary>
    public static EventRule.Missed? RuleOf(CourseState state, VisitId visit) =>
        state.Protocol.Events.OfType<EventRule.Missed>()
            .Where(e => e.Visits.Contains(visit) && (e.And is null || state.IsTrue(e.And) == Truth.True))
            .MinBy(e => e.And is null);

    /// <summary>The course after a remedy; null where it cannot be done.</summary>
    private static CourseState? Follow(CourseState state, Remedy remedy, VisitId visit, LocalDateTime at, string rule)
    {
        var missed = state.Find(visit);
        return remedy switch
        {
            Remedy.ShiftTheRest => ShiftFrom(state, missed),
            Remedy.MakeUp makeUp => state.With(missed with { MakeUpBy = missed.Booking!.Date.PlusDays(makeUp.Days) }),
            Remedy.Skip => state.With(missed with { Status = VisitStatus.Skipped }),
            Remedy.RepeatPhase repeat => Repeat(FreeAfter(state, missed), state.Protocol.Phases.First(p => p.Id == repeat.Phase)),
            Remedy.BackTo back => BackTo(state, back.Condition, at.Date),
            Remedy.RestartCourse => Restart(state),
            Remedy.StopCourse => Stop(state, new(at, EndReason.Missed, rule)),
            _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "A kind of remedy without a case here."),
        };
    }

    /// <summary>What was booked for later is placed again too, and the rhythm counts anew from the visit.</summary>
    private static CourseState ShiftFrom(CourseState state, VisitState visit) => FreeAfter(state, visit) with { PutOff = state.PutOff.Add(visit.Id) };

    /// <summary>What was booked for later is placed again too.</summary>
    private static CourseState FreeAfter(CourseState state, VisitState missed) =>
        state.With(state.Visits.Values.Where(v => v.IsAwaited && v.Booking!.Start > missed.Booking!.Start).Select(v => v.Again(VisitStatus.Planned)));

    private static CourseState? Repeat(CourseState state, Phase phase)
    {
        if (phase.Visits.IsEmpty)
        {
            return null;
        }

        var again = phase.Visits.Concat(Companions.OnTheDayOf(state.Protocol, phase.Visits)).ToHashSet();
        return Forget(state.With(again.Select(v => state.Find(v).Afresh())) with { PutOff = state.PutOff.Except(again) }, again);
    }

    /// <summary>Without what was recorded at these visits.</summary>
    private static CourseState Forget(CourseState state, HashSet<VisitId> visits) => state with
    {
        Scores = state.Scores.Where(s => !visits.Contains(s.Key.Visit)).ToImmutableDictionary(),
        Answers = state.Answers.Where(a => !visits.Contains(a.Key.Visit)).ToImmutableDictionary(),
    };

    private static CourseState? BackTo(CourseState state, string condition, LocalDate on)
    {
        if (state.IsTrue(condition) == Truth.True)
        {
            return null;
        }

        var others = state.Protocol.Conditions.Where(c => c.Excludes.Contains(condition)).Select(c => c.Id)
            .Union(state.Protocol.Conditions.First(c => c.Id == condition).Excludes);
        return state with { BroughtAbout = others.Aggregate(state.BroughtAbout.SetItem(condition, new(true, on)), (all, other) => all.SetItem(other, new(false, on))) };
    }

    private static CourseState Restart(CourseState state) => CourseState.Begin(state.Course) with
    {
        Applied = state.Applied,
        Failures = state.Failures,
        Events = state.Events,
        LastAt = state.LastAt,
    };
}
