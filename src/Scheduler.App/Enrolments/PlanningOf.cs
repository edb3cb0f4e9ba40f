using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Courses;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Planning;
using Scheduler.Core.Protocols;

namespace Scheduler.App.Enrolments;

/// <summary>What somebody asks who wants proposals for a course. It is kept with them, so that a proposal is judged by what it answers.</summary>
/// <param name="AsOf">The time of asking, in wall time of the clinic.</param>
/// <param name="From">The earliest day of what is placed.</param>
/// <param name="StartWithin">The days from then on in which the first visit may fall.</param>
/// <param name="Deviations">How far windows may be stretched.</param>
/// <param name="Why">Why a visit is moved by hand; empty for nothing.</param>
internal sealed record Question(LocalDateTime AsOf, LocalDate From, int StartWithin, DeviationLimit Deviations, string Why = "")
{
    /// <summary>The visit that is moved by hand; null where none is.</summary>
    public VisitId? Moving { get; init; }

    /// <summary>The rules, as the protocol names them, that are not asked about the visit that is moved by hand.</summary>
    public ImmutableArray<string> Excused { get; init; } = [];

    /// <summary>The question as JSON.</summary>
    public string Text => JsonSerializer.Serialize(new Kept(Times.ExactOf(AsOf), Times.Of(From), StartWithin, Deviations.ToString(), Why, Moving?.ToString(), Excused));

    /// <summary>Reads what was kept.</summary>
    public static Question Of(string text) => JsonSerializer.Deserialize<Kept>(text) is { } kept
        ? new(Times.Time(kept.AsOf), Times.Date(kept.From), kept.StartWithin, Enum.Parse<DeviationLimit>(kept.Deviations), kept.Why) { Moving = kept.Moving is { } visit ? EventText.Id(visit) : null, Excused = kept.Excused }
        : throw new InvalidOperationException("A proposal without its question.");

    private sealed record Kept(string AsOf, string From, int StartWithin, string Deviations, string Why, string? Moving, ImmutableArray<string> Excused);
}

/// <summary>From the book to a request of the planner.</summary>
internal static class PlanningOf
{
    /// <summary>The wall time of a clinic.</summary>
    public static LocalDateTime Now(IClock clock, Clinic clinic) => clock.GetCurrentInstant().InZone(clinic.Zone).LocalDateTime;

    /// <summary>The request for what is still to be placed of a course, beside all that others have booked or reserved.</summary>
    /// <param name="book">The book.</param>
    /// <param name="clinic">The clinic, without bookings.</param>
    /// <param name="course">The enrolment.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="now">The moment, in seconds since 1970: what was reserved until then is free.</param>
    /// <param name="on">The days on which others' bookings matter; null for all.</param>
    public static async Task<Read<PlanningRequest>> Request(BookTransaction book, Clinic clinic, Enrolment course, Question question, long now, IEnumerable<LocalDate>? on = null) =>
        await Beside(book, clinic with { Bookings = await book.Bookings(clinic.Id, question.From, on, now, [course.Key]) }, course, question, now);

    /// <summary>The same beside bookings that are known.</summary>
    /// <param name="book">The book.</param>
    /// <param name="clinic">The clinic with the bookings of all others.</param>
    /// <param name="course">The enrolment.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="now">The moment.</param>
    public static async Task<Read<PlanningRequest>> Beside(BookTransaction book, Clinic clinic, Enrolment course, Question question, long now)
    {
        var elsewhere = await book.OtherVisits(clinic.Id, course.Patient.Id, question.From, now, course.Key);
        var read = new Continuation(course.State, question.AsOf, question.From) { Moving = question.Moving, Excusing = question.Excused }.Request(elsewhere.IsEmpty ? clinic : clinic with { Closures = [.. clinic.Closures, .. elsewhere] }, course.Patient);
        return read with
        {
            Value = read.Value is { } request ? Continuation.StartingUntil(request, request.From.PlusDays(question.StartWithin - 1)) with { Deviations = question.Deviations } : null,
        };
    }

    /// <summary>A request as if its patient were on no other course.</summary>
    public static PlanningRequest AsIfFree(PlanningRequest request) =>
        request with { Clinic = request.Clinic with { Closures = [.. request.Clinic.Closures.Where(c => c.Name != BookingTable.OtherCourse)] } };
}
