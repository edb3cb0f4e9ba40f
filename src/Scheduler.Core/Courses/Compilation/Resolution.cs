using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Clinics;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;
using Scheduler.Core.Protocols.Compilation;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Courses.Compilation;

/// <summary>An event with its place in the file.</summary>
/// <param name="Event">The event.</param>
/// <param name="Where">Where it is written.</param>
/// <param name="Actual">What the visit really took, where that is not what was booked; null else.</param>
internal sealed record Resolved(CourseEvent Event, SourceSpan Where, PlacedVisit? Actual = null);

/// <summary>Finds what the entries of a file name: visits, times, people. A time that is not written is that of the booking, or of the entry above.</summary>
internal sealed class Resolution(CourseState state, LocalDateTime asOf, Clinic clinic, ImmutableArray<Protocol> versions, DiagnosticBag bag)
{
    private readonly Dictionary<VisitId, PlacedVisit> booked =
        state.Visits.Values.Where(v => v.Booking is not null).ToDictionary(v => v.Id, v => v.Booking!);

    private readonly List<Resolved> all = [];
    private readonly Dictionary<VisitId, LocalDateTime> arrived = [];
    private readonly Dictionary<VisitId, LocalDateTime> started = [];
    private readonly HashSet<VisitId> completed = [];
    private readonly HashSet<Happening> refused = new(ReferenceEqualityComparer.Instance);
    private Protocol protocol = state.Protocol;
    private LocalDateTime last = state.LastAt ?? LocalDateTime.Min(asOf, FirstDay(state) ?? asOf);

    /// <summary>The events in the order of their times.</summary>
    public IEnumerable<Resolved> Of(IEnumerable<Happening> entries)
    {
        foreach (var entry in entries)
        {
            Resolve(entry);
        }

        return all.OrderBy(e => e.Event.At);
    }

    /// <summary>The morning of the first day of a course as it is booked; null where nothing is.</summary>
    private static LocalDateTime? FirstDay(CourseState state) =>
        state.Visits.Values.Where(v => v.Booking is not null).Select(v => (LocalDateTime?)v.Booking!.Date.AtMidnight()).Min();

    private void Resolve(Happening entry)
    {
        switch (entry.Kind)
        {
            case HappeningKind.Amended:
                Amend(entry);
                return;
            case HappeningKind.Judged:
                Add(entry, new CourseEvent.ConditionJudged(Time(entry.At, null) ?? last, entry.Name!.Value.Value, entry.Holds), $"Judging '{entry.Name.Value.Value}'");
                return;
        }

        var names = new Names(protocol.VisitTypes, [.. protocol.VisitTypes.Select(t => t.Id)], ImmutableDictionary<string, ImmutableArray<string>>.Empty, bag);
        if (entry.Visits is not { } selectors || names.Visits(selectors) is not { } visits)
        {
            return;
        }

        Located<WrittenTime>?[] times = [entry.At, entry.Until, entry.For];
        if (visits.Length > 1 && Array.Find(times, t => t is not null) is { } time)
        {
            bag.Add(Messages.TimeOfSeveral(time.Span, time == entry.At ? "at" : time == entry.Until ? "until" : "for", visits.Length));
            return;
        }

        foreach (var visit in visits)
        {
            Resolve(entry, visit);
        }
    }

    private void Resolve(Happening entry, VisitId visit)
    {
        var booking = booked.GetValueOrDefault(visit);
        var at = Time(entry.At, booking);
        if (entry.Kind is HappeningKind.TookPlace or HappeningKind.Began)
        {
            TakePlace(entry, visit, booking, at);
            return;
        }

        if (entry.Kind == HappeningKind.Booked)
        {
            if (Time(entry.For, booking) is { } start && Place(entry, visit, start, null, booking) is { } place)
            {
                Add(entry, new CourseEvent.Booked(at ?? last, [place]), $"Booking {visit}");
                booked[visit] = place;
            }

            return;
        }

        // Without a booking the visit cannot have been missed; the course says so in its own words.
        var planned = at ?? booking?.Start ?? last;
        Add(
            entry,
            entry.Kind switch
            {
                HappeningKind.Confirmed => new CourseEvent.Confirmed(at ?? last, visit),
                HappeningKind.Arrived => new CourseEvent.Arrived(planned, visit),
                HappeningKind.Late => new CourseEvent.Arrived(planned.PlusMinutes(entry.LateBy), visit),
                HappeningKind.OnHold => new CourseEvent.Held(planned, visit, entry.Condition),
                HappeningKind.Missed => new CourseEvent.Missed(planned, visit),
                HappeningKind.Cancelled => new CourseEvent.Cancelled(at ?? last, visit, entry.By),
                HappeningKind.NoPlace => new CourseEvent.NoPlaceFound(at ?? last, visit),
                HappeningKind.ToBeRepeated => new CourseEvent.ToBeRepeated(at ?? last, visit),
                HappeningKind.Recorded when entry.Is!.Score is { } score => new CourseEvent.ScoreRecorded(at ?? last, visit, entry.Name!.Value.Value, score),
                HappeningKind.Recorded => new CourseEvent.AnswerRecorded(at ?? last, visit, entry.Name!.Value.Value, entry.Is!.Yes),
                _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, "A kind of entry without a case here."),
            },
            visit.ToString());
    }

    private void TakePlace(Happening entry, VisitId visit, PlacedVisit? booking, LocalDateTime? at)
    {
        var began = entry.Kind == HappeningKind.TookPlace && entry.At is null && entry.With.Entries.IsEmpty ? Began(visit) : null;
        if ((began ?? at ?? Usual(visit, booking)) is not { } start)
        {
            bag.Add(Messages.NoTimeKnown(entry.Where, visit.ToString()));
            return;
        }

        if (began is null)
        {
            // Where it was never booked, the course says that it cannot have begun.
            var actual = entry.With.Entries.IsEmpty || booking is null ? null : Place(entry, visit, booking.Start, booking.End, booking);
            Add(entry, new CourseEvent.Started(start, visit), visit.ToString(), actual);
            if (entry.Kind == HappeningKind.Began)
            {
                return;
            }
        }

        // Where it was told that it had begun and was not over, it was not over by then.
        var length = booking is null ? protocol.TypeOf(visit).DurationOf(visit.Ordinal) : Period.Between(booking.Start, booking.End, PeriodUnits.Minutes).Minutes;
        var noEarlier = began is null ? start : state.LastAt ?? start;
        var usual = LocalDateTime.Min(LocalDateTime.Max(start.PlusMinutes(length), noEarlier), start.Date.PlusDays(1).AtMidnight());
        var end = entry.Until is { } until ? Time(until, start.Date) : usual;
        if (end <= start || end > start.Date.PlusDays(1).AtMidnight())
        {
            bag.Add(Messages.EndsBeforeItBegins(entry.Until?.Span ?? entry.Where, Words.Of(start), Words.Of(end)));
            return;
        }

        Add(entry, new CourseEvent.Completed(end, visit), $"The end of {visit}");
    }

    /// <summary>When a visit began of which it was told, here or before, that it had begun and was not over; null for others.</summary>
    private LocalDateTime? Began(VisitId visit) =>
        state.Visits.GetValueOrDefault(visit) is { Status: VisitStatus.Started, Started: { } before } ? before
        : completed.Contains(visit) ? null
        : started.TryGetValue(visit, out var told) ? told : null;

    /// <summary>When a visit begins if nobody says otherwise: as booked, but not before the patient came.</summary>
    private LocalDateTime? Usual(VisitId visit, PlacedVisit? booking)
    {
        var came = arrived.TryGetValue(visit, out var told) ? told : state.Visits.GetValueOrDefault(visit)?.Arrived;
        return booking is null ? null : came is { } then && then.Date == booking.Date ? LocalDateTime.Max(then, booking.Start) : booking.Start;
    }

    private void Amend(Happening entry)
    {
        var (version, span) = entry.Name!.Value;
        if (versions.FirstOrDefault(p => p.Version == version) is not { } next)
        {
            bag.Add(Messages.VersionNotGiven(span, version, [.. versions.Select(p => p.Version)]));
            return;
        }

        protocol = next;
        Add(entry, new CourseEvent.Amended(Time(entry.At, null) ?? last, next), "The amendment");
    }

    private void Add(Happening entry, CourseEvent next, string what, PlacedVisit? actual = null)
    {
        if (next.At > asOf || next.At < state.LastAt)
        {
            // One mistake an entry: what ends behind the time begins behind it too.
            if (refused.Add(entry))
            {
                var at = entry.At?.Span ?? entry.Where;
                bag.Add(next.At > asOf ? Messages.NotYet(at, what, Words.Of(next.At), Words.Of(asOf)) : Messages.KnownAlready(at, what, Words.Of(next.At), Words.Of(state.LastAt!.Value)));
            }

            return;
        }

        all.Add(new(next, entry.Where, actual));
        switch (next)
        {
            case CourseEvent.Arrived { Of: { } visit }:
                arrived[visit] = next.At;
                break;
            case CourseEvent.Started { Of: { } visit }:
                started[visit] = next.At;
                break;
            case CourseEvent.Completed { Of: { } visit }:
                completed.Add(visit);
                break;
        }

        last = LocalDateTime.Max(last, next.At);
    }

    /// <summary>A written time; a time without a date is of the day of the booking, else of the entry above.</summary>
    private LocalDateTime? Time(Located<WrittenTime>? written, PlacedVisit? booking) =>
        written is { } there ? Time(there, booking?.Date ?? last.Date) : null;

    private LocalDateTime Time(Located<WrittenTime> written, LocalDate otherwise)
    {
        var time = (written.Value.Date ?? otherwise).AtMidnight().PlusMinutes(written.Value.Minutes);
        if (!clinic.Exists(time))
        {
            bag.Add(Messages.NoSuchTime(written.Span, Words.Of(time)));
        }

        return time;
    }

    /// <summary>A visit at a time, with whom and what it was booked, unless the entry says otherwise; null, and reported, where that cannot be.</summary>
    private PlacedVisit? Place(Happening entry, VisitId visit, LocalDateTime start, LocalDateTime? end, PlacedVisit? booking)
    {
        var type = protocol.TypeOf(visit);
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (need, resource) in entry.With.Entries)
        {
            if (type.Needs.FirstOrDefault(n => n.Id == need.Value) is not { } known)
            {
                bag.Add(Messages.UnknownNeedOfEvent(need.Span, need.Value, type.Id, [.. type.Needs.Select(n => n.Id)]));
            }
            else if (clinic.Find(resource.Value) is not { } found)
            {
                bag.Add(Messages.UnknownResourceOfEvent(resource.Span, resource.Value, [.. clinic.Resources.Select(r => r.Id)]));
            }
            else if (!found.Roles.Contains(known.Role))
            {
                bag.Add(Messages.NotOfThatRole(resource.Span, found.Id, known.Role, [.. clinic.Resources.Where(r => r.Roles.Contains(known.Role)).Select(r => r.Id)]));
            }
            else
            {
                said[known.Id] = found.Id;
            }
        }

        if (said.Count < entry.With.Entries.Length)
        {
            return null;
        }

        var uses = ImmutableArray.CreateBuilder<ResourceUse>();
        foreach (var need in type.Needs)
        {
            if ((said.GetValueOrDefault(need.Id) ?? booking?.ResourceFor(need.Id)) is not { } resource)
            {
                bag.Add(Messages.NeedNotNamed(entry.Where, visit.ToString(), need.Id));
                return null;
            }

            foreach (var segment in need.Segments)
            {
                var (from, to) = segment.In(type.DurationOf(visit.Ordinal));
                uses.Add(new(resource, need.Id, need.Role, segment.Use, start.PlusMinutes(from), start.PlusMinutes(to)));
            }
        }

        return new(visit, start, end ?? start.PlusMinutes(type.DurationOf(visit.Ordinal)), uses.ToImmutable());
    }
}
