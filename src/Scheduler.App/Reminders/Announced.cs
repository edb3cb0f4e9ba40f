using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Courses;
using Scheduler.Core.Formats;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Reminders;

/// <summary>What a patient is told of the visits of a course: a new version of it wherever a time or a mode is another, or the visit is off.</summary>
internal static class Announced
{
    /// <summary>What is to be told now that differs from what is told.</summary>
    /// <param name="course">The course.</param>
    /// <param name="zone">The clinic's zone.</param>
    /// <param name="told">What is told.</param>
    /// <param name="secrets">Where the names come from under which calendars know the visits.</param>
    /// <param name="now">The moment.</param>
    public static ImmutableArray<AnnouncementRow> Changes(Enrolment course, DateTimeZone zone, IReadOnlyList<AnnouncementRow> told, ISecrets secrets, Instant now)
    {
        var (changes, known) = (ImmutableArray.CreateBuilder<AnnouncementRow>(), told.ToDictionary(a => a.Visit, StringComparer.Ordinal));
        foreach (var visit in course.State.Protocol.Visits)
        {
            var before = known.GetValueOrDefault(visit.ToString());
            if (IsOn(course.State, visit) is { } place)
            {
                var (starts, ends, mode) = (Times.Of(place.Start), Times.Of(place.End), Texts.ModeName(course.State.Protocol.TypeOf(visit).Mode));
                if (before is null or { Is_On: 0 } || before.Starts != starts || before.Mode != mode)
                {
                    changes.Add(new(course.Key, visit.ToString(), 1 + (before?.Version ?? 0), starts, ends, Times.Second(zone, place.Start), before is { Is_On: 1 } ? before.From_Instant : null, mode, 1, now.ToUnixTimeSeconds(), before?.Uid ?? secrets.Next()));
                }
                else if (before.Ends != ends || before.From_Instant != Times.Second(zone, place.Start))
                {
                    // What the clocks show stays: nobody is told anything, but what is to come follows.
                    changes.Add(before with { Ends = ends, From_Instant = Times.Second(zone, place.Start) });
                }
            }
        }

        // What was told and is off: called off, missed, released, or not of the protocol any more. What was held is told no longer, and nothing more is said of it.
        changes.AddRange(told.Where(a => a.Is_On == 1 && IsOff(course.State, a.Visit)).Select(a => a with { Version = a.Version + 1, Is_On = 0, Since = now.ToUnixTimeSeconds() }));
        return changes.ToImmutable();
    }

    /// <summary>The place at which a visit waits to be held; null for others.</summary>
    public static Core.Planning.PlacedVisit? IsOn(CourseState state, VisitId visit) =>
        state.Visits.GetValueOrDefault(visit) is { Status: VisitStatus.Booked or VisitStatus.Confirmed, Booking: { } place } ? place : null;

    /// <summary>Whether a visit waits to be held when it was told; what has happened in the course since it was followed counts. Null where it waits to be held at another time.</summary>
    public static bool? IsAsTold(CourseState state, AnnouncementRow told) =>
        IsOn(state, VisitId.Parse(told.Visit)) is not { } place ? false : Times.Of(place.Start) == told.Starts && told.Is_On == 1 ? true : null;

    private static bool IsOff(CourseState state, string visit) =>
        state.Visits.GetValueOrDefault(VisitId.Parse(visit)) is not { Status: VisitStatus.Booked or VisitStatus.Confirmed or VisitStatus.Arrived or VisitStatus.Started or VisitStatus.Completed };
}
