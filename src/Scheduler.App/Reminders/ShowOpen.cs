using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;
using Scheduler.Core.Messaging;

namespace Scheduler.App.Reminders;

/// <summary>Shows what of messages somebody at the clinic has to look at: who wants to be called, who cancelled by a link, who has not confirmed by the time that the clinic's file names, and what could not be delivered.</summary>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record ShowOpen : Ask<OpenMatters>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store, Library library, IClock clock) : IRequestHandler<ShowOpen, Answer<OpenMatters>>
    {
        /// <inheritdoc />
        public Task<Answer<OpenMatters>> Handle(ShowOpen request, CancellationToken cancellationToken) => store.Read<Answer<OpenMatters>>(
            async book => await book.Clinic(library, request.Clinic) is { } clinic ? await OpenMatters.Of(book, clinic, clock.GetCurrentInstant()) : Refusals.NoClinic(request.Clinic),
            cancellationToken);
    }
}

/// <summary>Says that somebody has looked at what a patient answered by a link.</summary>
/// <param name="Number">The answer's number.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record SeeReply(long Number) : Ask<ReplySeen>
{
    /// <summary>Saves.</summary>
    public sealed class Handler(Store store, IClock clock) : IRequestHandler<SeeReply, Answer<ReplySeen>>
    {
        /// <inheritdoc />
        public Task<Answer<ReplySeen>> Handle(SeeReply request, CancellationToken cancellationToken) => store.Write<ReplySeen>(
            async book =>
            {
                if (!await book.SetSeen(request.Clinic, request.Number, request.As, clock.GetCurrentInstant().ToUnixTimeSeconds()))
                {
                    return Refusals.NoReply(request.Number);
                }

                book.Note(new(request.Clinic, request.As, "see answer", $"{request.Number}", "", "", ""));
                return new ReplySeen(request.Number);
            },
            cancellationToken);
    }
}

/// <summary>What somebody has to look at.</summary>
/// <param name="Replies">What patients answered, the oldest first.</param>
/// <param name="Unconfirmed">What has not been confirmed in time, by time.</param>
/// <param name="Undelivered">What could not be delivered and is still of use.</param>
public sealed record OpenMatters(ImmutableArray<OpenReply> Replies, ImmutableArray<UnconfirmedVisit> Unconfirmed, ImmutableArray<Undelivered> Undelivered)
{
    /// <summary>Loads what it is at a moment.</summary>
    internal static async Task<OpenMatters> Of(BookTransaction book, Clinic clinic, Instant now) => new(
        [
            .. (await book.Replies(clinic.Id)).Select(r => new OpenReply(r.Reminder, r.Patient, EnrolmentId.Of(r.Enrolment), r.Visit, At(clinic, r.From_Instant), r.Said == "call", Instant.FromUnixTimeSeconds(r.Said_At))),
        ],
        [
            .. clinic.Messages?.ConfirmBy is not { } by ? [] : (await book.Unconfirmed(clinic.Id, now.InZone(clinic.Zone).Date, now.InZone(clinic.Zone).Date.PlusDays(DaysOf(by))))
                .Where(u => Instant.FromUnixTimeSeconds(u.From_Instant) is var start && start > now && DueTime.Named(by, start, clinic.Zone) is { } moment && moment <= now && Instant.FromUnixTimeSeconds(u.Since) <= moment)
                .Select(u => new UnconfirmedVisit(u.Patient, EnrolmentId.Of(u.Enrolment), u.Visit, At(clinic, u.From_Instant))),
        ],
        [
            .. (await book.Undelivered(clinic.Id, now.ToUnixTimeSeconds()))
                .Select(r => new Undelivered(r.Key, r.Patient, r.Person, r.Enrolment is { } key ? EnrolmentId.Of(key) : null, r.Subject, r.Kind, r.Channel, r.Problem ?? "")),
        ]);

    private static OffsetDateTime At(Clinic clinic, long second) => Instant.FromUnixTimeSeconds(second).InZone(clinic.Zone).ToOffsetDateTime();

    private static int DaysOf(MessageTime time) => time switch { MessageTime.DaysBefore days => days.Days, MessageTime.MinutesBefore minutes => 1 + (minutes.Minutes / (24 * 60)), _ => 0 };
}

/// <summary>A visit that nobody has confirmed by the time that the clinic's file names. One that was booked later than that is none.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Start">When it starts, as the clinic's clocks show it.</param>
public sealed record UnconfirmedVisit(string Patient, string Enrolment, string Visit, OffsetDateTime Start);

/// <summary>What a patient answered by the link of a message.</summary>
/// <param name="Number">The answer's number.</param>
/// <param name="Patient">The patient.</param>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Start">When it starts or was to start, as the clinic's clocks show it.</param>
/// <param name="WantsCall">Whether they want to be called; else they cancelled, and the visit waits to be placed again.</param>
/// <param name="At">When.</param>
public sealed record OpenReply(long Number, string Patient, string Enrolment, string Visit, OffsetDateTime Start, bool WantsCall, Instant At);

/// <summary>A reminder that could not be delivered.</summary>
/// <param name="Number">Its number, by which it is tried again.</param>
/// <param name="Patient">Who should have it; null where a person of the clinic should.</param>
/// <param name="Person">The person of the clinic who should have it; null where a patient should.</param>
/// <param name="Enrolment">The enrolment that it is about; null where it is about a day.</param>
/// <param name="Subject">The visit, or the day.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Channel">What should have carried it.</param>
/// <param name="Problem">What is in the way.</param>
public sealed record Undelivered(long Number, string? Patient, string? Person, string? Enrolment, string Subject, string Kind, string Channel, string Problem);

/// <summary>An answer that somebody has looked at.</summary>
/// <param name="Number">Its number.</param>
public sealed record ReplySeen(long Number);
