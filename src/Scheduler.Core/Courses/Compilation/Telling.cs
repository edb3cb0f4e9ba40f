using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Courses.Compilation;

/// <summary>Tells a course what a file says has happened.</summary>
public static class Telling
{
    /// <summary>How many mistakes are told; more help nobody.</summary>
    private const int MostMistakes = 100;

    /// <summary>The course after the events of a file; each that cannot have happened is a mistake at its place, and so is a visit of which nothing is told although its time is over.</summary>
    /// <param name="text">The file.</param>
    /// <param name="state">The course before.</param>
    /// <param name="asOf">The time of telling: nothing can have happened after it.</param>
    /// <param name="clinic">The clinic.</param>
    /// <param name="versions">Later versions of the protocol, by which it may be amended.</param>
    public static Read<ToldCourse> Tell(EventsText text, CourseState state, LocalDateTime asOf, Clinic clinic, ImmutableArray<Protocol> versions)
    {
        var (bag, begin) = (new DiagnosticBag(), state);
        if (text.Patient.Value != state.Course.Patient)
        {
            bag.Add(Messages.EventsOfAnotherPatient(text.Patient.Span, text.Patient.Value, state.Course.Patient));
            return Read<ToldCourse>.From(null, bag);
        }

        var found = new Dictionary<VisitId, Consequence>();
        var refused = new HashSet<(SourceSpan, VisitId?)>();
        foreach (var (next, where, actual) in new Resolution(state, asOf, clinic, versions, bag).Of(text.Entries).ToList())
        {
            if (bag.Count >= MostMistakes)
            {
                break;
            }

            // What could not begin could not end either: an entry is refused once for a visit.
            if (refused.Contains((where, next.Of)))
            {
                continue;
            }

            var before = actual is null || state.Visits.GetValueOrDefault(actual.Id) is not { IsAwaited: true } visit ? state : state.With(visit with { Booking = actual });
            var after = before.After(next);
            bag.AddRange(after.Value is null && next is CourseEvent.Started && PutOff(before, next) is { } place
                ? [Messages.NoLongerBooked(where, place.Id.ToString(), Words.Of(place.Start))]
                : after.Diagnostics.Select(d => d with { Where = where }));
            if (after.Value is { } now)
            {
                foreach (var consequence in Consequence.Of(before, next, now))
                {
                    found[consequence.Visit] = consequence;
                }

                state = now;
            }
            else
            {
                refused.Add((where, next.Of));
            }
        }

        // What is told wrongly is not missing besides.
        if (!bag.HasErrors)
        {
            bag.AddRange(Silent(state, asOf).Select(v => Messages.WhatHappened(text.List, v.Id.ToString(), Words.Of(v.Booking!.Start), Words.Of(asOf), text.IsWritten)));
        }

        return Few(Read<ToldCourse>.From(new(begin, state, [.. state.Protocol.Visits.Where(found.ContainsKey).Select(v => found[v])]), bag));
    }

    /// <summary>The place that a visit had until something put it off; null for others.</summary>
    private static PlacedVisit? PutOff(CourseState state, CourseEvent next) =>
        next.Of is { } visit && state.Visits.GetValueOrDefault(visit) is { Status: VisitStatus.Planned } planned ? planned.Booking : null;

    /// <summary>
    /// Visits whose time has come, and of which nothing was told, or no more than that the patient came although they would be over by now; not those
    /// whose place was kept in case they were needed.
    /// </summary>
    private static IEnumerable<VisitState> Silent(CourseState state, LocalDateTime asOf) =>
        state.Ended is { Because: not EndReason.Done }
            ? []
            : state.Protocol.Visits.Select(state.Find).Where(v => v.Status switch
            {
                VisitStatus.Booked or VisitStatus.Confirmed => v.Booking!.Start < asOf && !NextRequest.WasKeptInVain(state, v, asOf.Date.PlusDays(1)),
                VisitStatus.Arrived => v.IsLateToday ? v.Booking!.Date < asOf.Date : v.Booking!.End < asOf,
                _ => false,
            });

    private static Read<ToldCourse> Few(Read<ToldCourse> read) =>
        read.Diagnostics.Length <= MostMistakes
            ? read
            : read with { Diagnostics = [.. read.Diagnostics[..MostMistakes], Messages.MoreMistakesInEvents(read.Diagnostics[MostMistakes].Where, MostMistakes)] };
}
