using System.Collections.Immutable;
using NodaTime;
using Scheduler.App.Bookings;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Planning;
using Scheduler.Core.Planning.Verification;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>Brings a calendar of a course into the book: what changes, what that takes, and whether it may stand there now.</summary>
/// <param name="Course">The enrolment.</param>
/// <param name="Calendar">The calendar.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Booked">The rows of the course's booked visits.</param>
/// <param name="Changed">The visits that it places anew.</param>
internal sealed record Placing(Enrolment Course, TreatmentCalendar Calendar, Question Question, IReadOnlyList<BookedRow> Booked, ImmutableArray<PlacedVisit> Changed)
{
    /// <summary>The rows that it replaces: those of the visits that it places anew, and those of visits that it gives up. Whoever moves one visit by hand leaves all others where they are.</summary>
    public ImmutableArray<BookedRow> Replaced => [.. Booked.Where(b => Changed.Any(c => c.Id.ToString() == b.Visit) || GivenUp.Any(v => v.ToString() == b.Visit))];

    /// <summary>Visits that keep a place which the calendar does not have: conditional ones for which there is none, and those that the course goes without.</summary>
    public ImmutableArray<VisitId> GivenUp => Question.Moving is not null ? [] :
    [
        .. Course.State.Protocol.Visits.Where(v => Course.State.Find(v) is { IsOpen: true, Booking: not null } && Calendar.Find(v) is null && Booked.Any(b => b.Visit == v.ToString())),
    ];

    /// <summary>What a proposal's part means for a course as it is.</summary>
    public static async Task<Placing> Of(BookTransaction book, Enrolment course, ProposalPart part)
    {
        var calendar = EventText.Calendar(part.Calendar);
        ImmutableArray<PlacedVisit> changed = [.. calendar.Visits.Where(v => course.State.Visits[v.Id] is { IsHeld: false, IsOut: false } visit && !visit.IsBookedAs(v))];
        return new(course, calendar, Question.Of(part.Asked), await book.BookedVisits(course.Key), changed);
    }

    /// <summary>The rows of all that is taken or freed.</summary>
    public async Task<IEnumerable<long>> Takes(BookTransaction book, Takeables takeables) =>
        (await book.TakenBy(Replaced.Select(b => b.Key)))
            .Concat(Changed.SelectMany(v => v.Uses).Select(u => takeables.Resources[u.Resource].Key))
            .Append(takeables.Patients[Course.State.Course.Patient].Key);

    /// <summary>What the judge finds of the calendar beside all that stands in the book now; refused where it may not stand there. What it takes is locked.</summary>
    public async Task<Answer<Verdict>> Judge(BookTransaction book, Clinic clinic, Instant now)
    {
        var time = now.InZone(clinic.Zone).LocalDateTime;
        if (Changed.OrderBy(v => v.Start).FirstOrDefault(v => v.Start < time) is { } past)
        {
            return Refusals.Passed(past.Id.ToString(), Times.Of(past.Start));
        }

        // A calendar is judged by its own days: what is booked on others does not meet it.
        var read = await PlanningOf.Request(book, clinic, Course, Question, now.ToUnixTimeSeconds(), Calendar.Visits.Select(v => v.Date).Distinct());
        if (read.Value is not { } request)
        {
            return Refusals.CannotBe(read.Diagnostics);
        }

        var verdict = Verifier.Judge(request, Calendar);
        if (Question.Moving is { } moving)
        {
            // What was so before a move by hand is no reason against it: what was told out of its order, say.
            var others = Calendar.Visits.RemoveAll(v => v.Id == moving);
            var before = Verifier.Judge(request, Calendar with { Visits = Course.State.Find(moving).Booking is { } booked ? others.Add(booked) : others }).Breaches.Select(b => b.Message).ToHashSet(StringComparer.Ordinal);
            verdict = verdict with { Findings = [.. verdict.Findings.Select(f => f with { Breaches = f.Breaches.RemoveAll(b => before.Contains(b.Message)) })] };

            // And others that wait for a place wait on: it does not place them.
            verdict = verdict with { Findings = [.. verdict.Findings.Select(f => f is { IsLaw: true, Rule: "complete" } ? f with { Breaches = f.Breaches.RemoveAll(b => b.Visits.All(v => !Course.State.Find(v).IsAwaited && !Course.State.Find(v).IsHeld)) } : f)] };
        }

        return verdict.Holds ? verdict
            : IsTaken(verdict) || IsTaken(Verifier.Judge(PlanningOf.AsIfFree(request), Calendar)) ? Refusals.SlotTaken(verdict.Breaches.Select(b => b.Message))
            : Refusals.NoLongerFits(verdict.Breaches.Select(b => b.Message));
    }

    /// <summary>Writes the visits that it places anew, as booked or as reserved for a proposal; those that it replaces are gone before. The first that finds no place, or null.</summary>
    public async Task<PlacedVisit?> Write(BookTransaction book, Clinic clinic, Takeables takeables, long? proposal)
    {
        var request = new PlanningRequest(Course.State.Protocol, clinic, Course.Patient, Question.From);
        var taken = await book.Book(
        [
            .. Changed.Select(visit => (
                new NewBooking(clinic.Id, Course.Key, proposal, visit.Id, proposal is null ? "booked" : "reserved", visit.Start, visit.End, clinic.Zone),
                (IReadOnlyList<TakenUse>)TakenUse.From(request, visit, takeables))),
        ]);
        return taken is { } first ? Changed[first] : null;
    }

    /// <summary>Whether nothing stands against a calendar but that somebody has taken what it takes.</summary>
    private static bool IsTaken(Verdict verdict) => verdict.Findings.All(f => f.Holds || (f.IsLaw && f.Rule is "double-booking" or "starts-apart"));
}
