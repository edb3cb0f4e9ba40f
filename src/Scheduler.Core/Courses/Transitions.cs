using System.Collections.Immutable;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses;

/// <summary>What an event does to a course, and which cannot have happened.</summary>
internal static class Transitions
{
    /// <summary>The course after an event; no course where it cannot have happened.</summary>
    public static Read<CourseState> Apply(CourseState state, CourseEvent next)
    {
        var number = state.Events + 1;
        var at = new SourceSpan(state.Course.Patient, new(number, 1), new(number, 1));
        if (Mistake(state, next, at) is { } mistake)
        {
            return new(null, [mistake]);
        }

        if (next is CourseEvent.Amended amended)
        {
            return Amend(state, amended, at);
        }

        return new(Settled(Do(state, next), next), []);
    }

    private static CourseState Settled(CourseState state, CourseEvent last) =>
        Branches.Settle(state with { Events = state.Events + 1, LastAt = last.At }, last.At);

    private static Diagnostic? Mistake(CourseState state, CourseEvent next, SourceSpan at)
    {
        if (state.LastAt is { } before && next.At < before)
        {
            return Messages.EventsOutOfOrder(at, Words.Of(next.At), Words.Of(before));
        }

        if (state.Ended is { Because: not EndReason.Done } && next is not (CourseEvent.ScoreRecorded or CourseEvent.AnswerRecorded) && !MayFollowResult(state, next))
        {
            return Messages.CourseIsOver(at, Words.Of(state.Ended.At));
        }

        return next switch
        {
            CourseEvent.Booked booked => booked.Visits.Select(v => v.Id).Concat(booked.GivenUp).Select(v => Unfit(state, v, "be booked", at, IsToBePlaced)).FirstOrDefault(d => d is not null),
            CourseEvent.Confirmed e => Unfit(state, e.Visit, "be confirmed", at, v => v.Status == VisitStatus.Booked),
            CourseEvent.Arrived e => Unfit(state, e.Visit, "be arrived for", at, v => v.Status is VisitStatus.Booked or VisitStatus.Confirmed),
            CourseEvent.Started e => Unfit(state, e.Visit, "begin", at, v => v.IsAwaited),
            CourseEvent.Completed e => Unfit(state, e.Visit, "be completed", at, v => v.IsAwaited || v.Status == VisitStatus.Started),
            CourseEvent.Held e => Unfit(state, e.Visit, "be held", at, v => v.IsAwaited || v.Status == VisitStatus.Started) ?? UnknownCondition(state, e, at),
            CourseEvent.Missed e => Unfit(state, e.Visit, "be missed", at, v => v.Status is VisitStatus.Booked or VisitStatus.Confirmed),
            CourseEvent.Cancelled e => Unfit(state, e.Visit, "be called off", at, v => v.Status is VisitStatus.Booked or VisitStatus.Confirmed),
            CourseEvent.NoPlaceFound e => Unfit(state, e.Visit, "lack a place", at, v => v.Status is VisitStatus.Missed or VisitStatus.Held or VisitStatus.Cancelled || v.IsLateToday),
            CourseEvent.ToBeRepeated e => Unfit(state, e.Visit, "be repeated", at, v => v.Status == VisitStatus.Completed),
            CourseEvent.ScoreRecorded e => Unmeasured(state, e.Visit, e.Outcome, e.Score, at),
            CourseEvent.AnswerRecorded e => Unmeasured(state, e.Visit, e.Outcome, null, at),
            CourseEvent.ConditionJudged e => Unjudged(state, e.Condition, at),
            CourseEvent.Amended or CourseEvent.Withdrawn => null,
            _ => throw new ArgumentOutOfRangeException(nameof(next), next, "A kind of event without a case here."),
        };
    }

    /// <summary>A course that a result stopped may go on if it is judged otherwise; the visit of the result comes to its end.</summary>
    private static bool MayFollowResult(CourseState state, CourseEvent next) => state.Ended is { Because: EndReason.Result } && next switch
    {
        CourseEvent.ConditionJudged => true,
        CourseEvent.Completed e => state.Visits.TryGetValue(e.Visit, out var visit) && visit.Status == VisitStatus.Started,
        _ => false,
    };

    private static bool IsToBePlaced(VisitState visit) =>
        visit.IsLateToday || visit.Status is VisitStatus.Planned or VisitStatus.Booked or VisitStatus.Confirmed or VisitStatus.Held or VisitStatus.Missed or VisitStatus.Cancelled;

    private static Diagnostic? Unfit(CourseState state, VisitId visit, string what, SourceSpan at, Func<VisitState, bool> fits) =>
        !state.Visits.TryGetValue(visit, out var found) ? Messages.UnknownVisitOfCourse(at, visit.ToString(), [.. state.Protocol.Visits.Select(v => v.ToString())])
        : fits(found) ? null
        : Messages.CannotBe(at, visit.ToString(), what, Words.Of(found.Status));

    private static Diagnostic? UnknownCondition(CourseState state, CourseEvent.Held held, SourceSpan at)
    {
        string[] known = [.. state.Protocol.TypeOf(held.Visit).DayConditions.Select(c => c.Id)];
        return held.Condition is { } name && !known.Contains(name) ? Messages.UnknownDayCondition(at, name, held.Visit.Type, known) : null;
    }

    private static Diagnostic? Unmeasured(CourseState state, VisitId visit, string outcome, int? score, SourceSpan at)
    {
        if (state.Protocol.Outcomes.FirstOrDefault(o => o.Id == outcome) is not { } measure)
        {
            return Messages.UnknownOutcome(at, outcome, [.. state.Protocol.Outcomes.Select(o => o.Id)]);
        }

        if (!measure.At.Contains(visit))
        {
            return Messages.NotMeasuredThere(at, outcome, visit.ToString(), [.. measure.At.Select(v => v.ToString())]);
        }

        if ((measure.Range is null) != (score is null))
        {
            return Messages.OtherKindOfOutcome(at, outcome, isScore: measure.Range is not null);
        }

        if (measure.Range is var (low, high) && (score < low || score > high))
        {
            return Messages.ScoreBeyondRange(at, outcome, score!.Value, low, high);
        }

        return Unfit(state, visit, "have an outcome", at, v => v.IsHeld);
    }

    private static Diagnostic? Unjudged(CourseState state, string name, SourceSpan at)
    {
        if (state.Protocol.Conditions.FirstOrDefault(c => c.Id == name) is not { } condition)
        {
            return Messages.UnknownCondition(at, name, state.Protocol.Conditions.Select(c => c.Id));
        }

        return condition.When is { } test && new Truths(state).ByTest(test) is not Truth.Unknown ? Messages.ConditionIsWorkedOut(at, name) : null;
    }

    private static CourseState Do(CourseState state, CourseEvent next) => next switch
    {
        CourseEvent.Booked booked => state.With(booked.GivenUp.Select(v => state.Find(v).Afresh() with { MakeUpBy = state.Find(v).MakeUpBy })).With(booked.Visits.Select(v => new VisitState(v.Id, VisitStatus.Booked) { Booking = v, Excused = booked.Excused, MakeUpBy = state.Find(v.Id).MakeUpBy, Arrived = state.Find(v.Id).Arrived })),
        CourseEvent.Withdrawn e => Remedies.Stop(state, new(e.At, EndReason.Withdrawn, null)),
        CourseEvent.Confirmed e => state.With(state.Find(e.Visit) with { Status = VisitStatus.Confirmed }),
        CourseEvent.Arrived e => Arrive(state, state.Find(e.Visit) with { Status = VisitStatus.Arrived, Arrived = e.At }),
        CourseEvent.Started e => state.With(state.Find(e.Visit) with { Status = VisitStatus.Started, Started = e.At, IsLateToday = false }),
        CourseEvent.Completed e => state.With(state.Find(e.Visit) with { Status = VisitStatus.Completed, Completed = e.At, IsLateToday = false }),
        CourseEvent.Held e => Hold(state, e),
        CourseEvent.Missed e => Remedies.FollowMissed(state, e.Visit, e.At),
        CourseEvent.Cancelled e => Remedies.PlaceAgain(state, e.Visit, VisitStatus.Cancelled, e.At),
        CourseEvent.NoPlaceFound e => Remedies.FollowNoPlace(state, e.Visit, e.At),
        CourseEvent.ToBeRepeated e => Remedies.PlaceAgain(state, e.Visit, VisitStatus.Planned, e.At),
        CourseEvent.ScoreRecorded e => state with { Scores = state.Scores.SetItem((e.Outcome, e.Visit), e.Score) },
        CourseEvent.AnswerRecorded e => state with { Answers = state.Answers.SetItem((e.Outcome, e.Visit), e.Yes) },
        CourseEvent.ConditionJudged e => state with { Judged = state.Judged.SetItem(e.Condition, new(e.Holds, e.At.Date)), BroughtAbout = state.BroughtAbout.Remove(e.Condition) },
        _ => throw new ArgumentOutOfRangeException(nameof(next), next, "A kind of event without a case here."),
    };

    private static CourseState Arrive(CourseState state, VisitState visit)
    {
        var rule = state.Protocol.Events.OfType<EventRule.Late>().FirstOrDefault(e => e.Visits.Contains(visit.Id));
        if (rule is null || visit.Arrived <= visit.Booking!.Start.PlusMinutes(rule.ByMoreThanMinutes))
        {
            return state.With(visit);
        }

        return rule.Then switch
        {
            LateRemedy.GoOn => state.With(visit),
            LateRemedy.Hold => Remedies.PlaceAgain(state, visit.Id, VisitStatus.Held, visit.Arrived!.Value),
            _ => Remedies.LaterToday(state, visit),
        };
    }

    private static CourseState Hold(CourseState state, CourseEvent.Held held)
    {
        var condition = state.Protocol.TypeOf(held.Visit).DayConditions.FirstOrDefault(c => c.Id == held.Condition);
        return condition?.IfNot switch
        {
            FailedCondition.GoOn => state with { Failures = state.Failures.Add((held.Visit, condition.Id)) },
            FailedCondition.StopCourse => Remedies.Stop(state, new(held.At, EndReason.DayCondition, condition.Id)),
            _ => Remedies.PlaceAgain(state, held.Visit, VisitStatus.Held, held.At),
        };
    }

    /// <summary>What has happened stays as far as the new version knows it; what was released is judged anew.</summary>
    private static Read<CourseState> Amend(CourseState state, CourseEvent.Amended amended, SourceSpan at)
    {
        var course = state.Course.On(amended.Protocol);
        if (course.Value is not { } moved)
        {
            return new(null, [.. course.Diagnostics.Select(d => d with { Where = at })]);
        }

        var protocol = moved.Protocol;
        bool IsMeasured((string Outcome, VisitId Visit) key) => protocol.Outcomes.Any(o => o.Id == key.Outcome && o.At.Contains(key.Visit));
        bool IsCondition(string name) => protocol.Conditions.Any(c => c.Id == name);
        var fresh = CourseState.Begin(moved);
        var kept = protocol.Visits
            .Where(state.Visits.ContainsKey)
            .Select(v => state.Find(v) is { Status: VisitStatus.Released, ReleasedBy: not null } released ? released.Again(VisitStatus.Planned) : state.Find(v));
        var next = fresh.With(kept) with
        {
            Scores = state.Scores.Where(s => IsMeasured(s.Key)).ToImmutableDictionary(),
            Answers = state.Answers.Where(a => IsMeasured(a.Key)).ToImmutableDictionary(),
            Judged = state.Judged.Where(j => IsCondition(j.Key)).ToImmutableDictionary(),
            BroughtAbout = state.BroughtAbout.Where(b => IsCondition(b.Key)).ToImmutableDictionary(),
            Applied = state.Applied.Where(a => protocol.Events.Any(e => e.Id == a.Key)).ToImmutableDictionary(),
            PutOff = [.. state.PutOff.Where(protocol.Visits.Contains)],
            Failures = [.. state.Failures.Where(f => protocol.Visits.Contains(f.Visit))],
            Ended = state.Ended,
            Events = state.Events,
            LastAt = state.LastAt,
        };
        return new(Settled(next, amended), []);
    }
}
