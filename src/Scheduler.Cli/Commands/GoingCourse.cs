using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Courses.Compilation;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Formats;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Cli.Commands;

/// <summary>A course that goes on: the calendar so far, what has happened since, and what is to be planned next.</summary>
/// <param name="Before">The calendar so far.</param>
/// <param name="Told">The course after what has happened.</param>
/// <param name="Course">From when its rest is placed.</param>
/// <param name="Request">The request for its rest, with the steps and days still to be set.</param>
internal sealed record GoingCourse(CalendarToCheck Before, ToldCourse Told, Continuation Course, PlanningRequest Request)
{
    /// <summary>Reads a calendar and lets happen what a file of events tells.</summary>
    /// <param name="around">Takes the mistakes.</param>
    /// <param name="name">The calendar's file.</param>
    /// <param name="before">The calendar.</param>
    /// <param name="whole">The protocol with all its parts.</param>
    /// <param name="happened">The events.</param>
    /// <param name="eventsFile">Their file.</param>
    /// <param name="asked">What the command line says.</param>
    /// <param name="versions">Later versions of the protocol.</param>
    public static GoingCourse Read(
        Surroundings around, string name, CalendarToCheck before, Protocol whole, EventsText happened, string eventsFile, GoingOn asked, ImmutableArray<Protocol> versions)
    {
        var (clinic, time) = (before.Request.Clinic, asked.AsOf);
        if (before.Course is { } last && time < last.AsOf)
        {
            around.Use(new Read<string>(null, [Messages.AsOfTurnsBack(SourceSpan.Whole(name), Shown(time), Shown(last.AsOf))]));
        }

        var booked = around.Use(Bookings.Of(before, whole, time, name));
        var told = around.Use(Telling.Tell(happened, booked, time, clinic, versions));
        var first = asked.From ?? Continuation.EarliestDay(told.State, time);
        if (first < time.Date)
        {
            around.Use(new Read<string>(null, [Messages.PlannedBeforeAsOf(SourceSpan.Whole("--from"), Texts.Date(first), Shown(time))]));
        }

        var course = new Continuation(told.State, time, first);
        var next = course.Request(clinic, before.Request.Patient);

        // A course knows no files, only whose it is; what it says of the rest follows from the events.
        var request = around.Use(next with { Diagnostics = [.. next.Diagnostics.Select(d => d with { Where = SourceSpan.Whole(eventsFile) })] });
        return new(before, told, course, Continuation.StartingUntil(request, before.Request.LastStart, before.Request.StartWithinDays) with
        {
            Deviations = asked.Deviations ?? (DeviationLimit)Math.Max((int)before.Request.Deviations, (int)DeviationLimit.Minor),
        });
    }

    /// <summary>That a course is over; null where it goes on.</summary>
    public static string? End(CourseState state) => state.Ended is { } end ? $"The course is over since {Shown(end.At)}." : null;

    /// <summary>Which visits of a course wait for a place that may not be there, and what to tell then; null where none does.</summary>
    public static string? NoPlaceAdvice(CourseState state)
    {
        var waiting = state.Protocol.Visits.Select(state.Find).Where(v => v.Status is VisitStatus.Missed or VisitStatus.Held or VisitStatus.Cancelled || v.IsLateToday).Select(v => v.Id).ToList();
        return waiting.Count == 0 ? null
            : $"If it is {Spoken.Join(waiting.Select(v => v.ToString()), "or")} for which there is no place, tell it: with '- no place: {waiting[0]}' at the end of the events, what the protocol says otherwise follows.";
    }

    /// <summary>A time in the words of the clinic's clock.</summary>
    public static string Shown(LocalDateTime time) => $"{Texts.Date(time.Date)} {Hours.Clock((time.Hour * 60) + time.Minute)}";
}

/// <summary>What somebody says who goes on with courses.</summary>
/// <param name="AsOf">The time of asking.</param>
/// <param name="From">The earliest day of what is placed; null where it follows from that time.</param>
/// <param name="Deviations">How far windows may be stretched; null where nobody says.</param>
internal sealed record GoingOn(LocalDateTime AsOf, LocalDate? From, DeviationLimit? Deviations);
