using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Courses;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats;

/// <summary>What became of a visit between two calendars of a course.</summary>
public enum VisitNews
{
    /// <summary>It took place, or takes place now.</summary>
    TookPlace,

    /// <summary>It lies at another time.</summary>
    Moved,

    /// <summary>It lies where it did, with other people or in another place.</summary>
    OtherResources,

    /// <summary>It lies where it did.</summary>
    Stays,

    /// <summary>It is to be made up inside a time of its own, and lies in it.</summary>
    MadeUp,

    /// <summary>It was in no calendar before.</summary>
    Added,

    /// <summary>It was in the calendar, and is not needed any more.</summary>
    Released,

    /// <summary>The course goes on without it.</summary>
    Skipped,

    /// <summary>It was in the calendar, would be needed, and has no place now.</summary>
    WithoutPlace,
}

/// <summary>What became of a visit, and why.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="What">What became of it.</param>
/// <param name="Was">Where it was; null where it was nowhere.</param>
/// <param name="Now">Where it is; null where it is nowhere.</param>
/// <param name="Because">What brought it about; empty where nothing needs to be said.</param>
/// <param name="Rule">The rule or condition of the protocol by which; null where it names none.</param>
public sealed record VisitChange(VisitId Visit, VisitNews What, PlacedVisit? Was, PlacedVisit? Now, string Because, string? Rule);

/// <summary>Compares the calendar before events with the one after them.</summary>
public static class CourseNews
{
    /// <summary>What became of each visit that is or was in a calendar, in the protocol's order.</summary>
    /// <param name="before">The visits of the calendar so far.</param>
    /// <param name="told">The course, and what the events did.</param>
    /// <param name="course">From when its rest was placed, and which visits planning held where they were.</param>
    /// <param name="next">The next calendar.</param>
    public static ImmutableArray<VisitChange> Between(ImmutableArray<PlacedVisit> before, ToldCourse told, Continuation course, TreatmentCalendar next)
    {
        var old = before.ToDictionary(v => v.Id);
        var now = next.Visits.ToDictionary(v => v.Id);
        var visits = told.State.Protocol.Visits;
        var changes = visits.Select(v => Change(old.GetValueOrDefault(v), now.GetValueOrDefault(v), told.State.Find(v), told, course)).OfType<VisitChange>();
        var dropped = before.Where(v => !visits.Contains(v.Id)).Select(v => new VisitChange(v.Id, VisitNews.Released, v, null, "the protocol has it no more", null));
        return [.. changes, .. dropped];
    }

    private static VisitChange? Change(PlacedVisit? was, PlacedVisit? now, VisitState state, ToldCourse told, Continuation course)
    {
        var consequence = told.Consequences.FirstOrDefault(c => c.Visit == state.Id);
        var need = consequence is null && told.State.Protocol.TypeOf(state.Id).OnlyIf is { } condition && HasComeTrue(told, condition) ? condition : null;
        VisitChange Say(VisitNews what, string? because = null) =>
            new(state.Id, what, was, now, because ?? (need is null ? Reason(consequence, told, state, course.From) : Condition(told.State, need)), because == "" ? null : need ?? consequence?.Rule);
        if (now is null)
        {
            return state.Status switch
            {
                VisitStatus.Released when consequence is not null || was is not null => Say(VisitNews.Released, state.ReleasedBy is null ? null : Release(told.State, state.ReleasedBy)),
                VisitStatus.Skipped when was is not null => Say(VisitNews.Skipped),
                _ => was is null ? null : Say(VisitNews.WithoutPlace),
            };
        }

        if (state.IsHeld)
        {
            return Say(VisitNews.TookPlace, "");
        }

        // What was booked by hand and is elsewhere now is never passed over in silence, even where it lies as before.
        if (consequence is { Because: CourseEvent.Booked } && state.Booking is { } chosen && chosen.Start != now.Start)
        {
            return new(state.Id, VisitNews.Moved, chosen, now, "booked by hand, but it cannot stay there", null);
        }

        if (was is null)
        {
            return Say(VisitNews.Added, told.State.Protocol.TypeOf(state.Id).OnlyIf is { } only ? Condition(told.State, only) : null);
        }

        return (now.Start, now.End) != (was.Start, was.End) ? Say(state.MakeUpBy is null ? VisitNews.Moved : VisitNews.MadeUp)
            : SameResources(now, was) ? Say(VisitNews.Stays, "")
            : Say(VisitNews.OtherResources, course.Kept.Contains(state.Id) ? "" : null);
    }

    private static bool HasComeTrue(ToldCourse told, string condition) =>
        told.State.IsTrue(condition) == Truth.True && !(told.Before.Protocol.Conditions.Any(c => c.Id == condition) && told.Before.IsTrue(condition) == Truth.True);

    private static bool SameResources(PlacedVisit a, PlacedVisit b) =>
        a.Uses.Select(u => (u.Need, u.Resource)).ToHashSet().SetEquals(b.Uses.Select(u => (u.Need, u.Resource)));

    private static string Reason(Consequence? consequence, ToldCourse told, VisitState visit, LocalDate from) => consequence is null
        ? told.Before.Protocol.Version != told.State.Protocol.Version ? "the protocol was amended"
            : NextRequest.WasKeptInVain(told.State, visit, from) ? "it was not needed at its time, and is kept for later"
            : "it could not stay with the rest as it is now"
        : consequence.Because switch
        {
            CourseEvent.Missed e when e.Visit == visit.Id => $"missed; {Followed(told.State, visit)}",
            CourseEvent.Missed e => $"{e.Visit} was missed{Ending(visit)}",
            CourseEvent.NoPlaceFound e when e.Visit == visit.Id => $"no place was found; {Followed(told.State, visit)}",
            CourseEvent.NoPlaceFound e => $"no place was found for {e.Visit}{(told.State.PutOff.Contains(e.Visit) ? ", and the rest is put off with it" : Ending(visit))}",
            CourseEvent.Cancelled e when e.Visit == visit.Id => $"called off by the {e.By.ToString().ToLowerInvariant()}; it is placed again",
            CourseEvent.Held e when e.Visit == visit.Id => visit.Status == VisitStatus.Released ? "put on hold; the course ends" : "put on hold; it is placed again",
            CourseEvent.Held e when visit.Status == VisitStatus.Released => $"{e.Visit} was put on hold{Ending(visit)}",
            CourseEvent.Arrived e when e.Visit == visit.Id => visit.IsLateToday ? "the patient came late; it begins later that day" : "the patient came too late; it is placed again",
            CourseEvent.ToBeRepeated e when e.Visit == visit.Id => "it no longer counts, and is held again",
            CourseEvent.Booked => "booked by hand",
            CourseEvent.Amended => "the protocol was amended",
            CourseEvent.ScoreRecorded or CourseEvent.AnswerRecorded or CourseEvent.ConditionJudged => "what was recorded",
            { Of: { } other } => $"it goes with {other}",
            _ => "",
        };

    private static string Ending(VisitState visit) => visit.Status == VisitStatus.Released ? ", and the course ends" : "";

    private static string Followed(CourseState state, VisitState visit) =>
        state.PutOff.Contains(visit.Id) ? "the rest is put off with it"
        : visit.MakeUpBy is { } by ? $"to be made up by {Texts.Date(by)}"
        : visit.Status switch
        {
            VisitStatus.Skipped => "the course goes on without it",
            VisitStatus.Released => "the course ends",
            _ => "it is placed again",
        };

    /// <summary>Why a visit was released: its condition is known, or what would have told is released itself.</summary>
    private static string Release(CourseState state, string condition) =>
        state.IsTrue(condition) == Truth.Unknown ? $"nobody can know any more whether '{condition}' holds" : Condition(state, condition);

    private static string Condition(CourseState state, string condition) => state.IsTrue(condition) switch
    {
        Truth.True => $"'{condition}' holds",
        Truth.False => $"'{condition}' does not hold",
        _ => $"whether '{condition}' holds is not known",
    };
}
