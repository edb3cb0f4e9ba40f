using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reminders;

/// <summary>Shows what of messages somebody at the clinic has to look at: who wants to be called, who cancelled by a link, and what could not be delivered.</summary>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record ShowOpen : Ask<OpenMatters>
{
    /// <summary>Loads.</summary>
    public sealed class Handler(Store store, IClock clock) : IRequestHandler<ShowOpen, Answer<OpenMatters>>
    {
        /// <inheritdoc />
        public async Task<Answer<OpenMatters>> Handle(ShowOpen request, CancellationToken cancellationToken) => await store.Read(
            async book => new OpenMatters(
                [.. (await book.Replies(request.Clinic)).Select(r => new OpenReply(r.Reminder, r.Patient, EnrolmentId.Of(r.Enrolment), r.Visit, r.Said == "call", Instant.FromUnixTimeSeconds(r.Said_At)))],
                [
                    .. (await book.Undelivered(request.Clinic, clock.GetCurrentInstant().ToUnixTimeSeconds()))
                        .Select(r => new Undelivered(r.Key, r.Patient, r.Person, r.Enrolment is { } key ? EnrolmentId.Of(key) : null, r.Subject, r.Kind, r.Channel, r.Problem ?? "")),
                ]),
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
/// <param name="Undelivered">What could not be delivered and is still of use.</param>
public sealed record OpenMatters(ImmutableArray<OpenReply> Replies, ImmutableArray<Undelivered> Undelivered);

/// <summary>What a patient answered by the link of a message.</summary>
/// <param name="Number">The answer's number.</param>
/// <param name="Patient">The patient.</param>
/// <param name="Enrolment">The enrolment's id.</param>
/// <param name="Visit">The visit.</param>
/// <param name="WantsCall">Whether they want to be called; else they cancelled, and the visit waits to be placed again.</param>
/// <param name="At">When.</param>
public sealed record OpenReply(long Number, string Patient, string Enrolment, string Visit, bool WantsCall, Instant At);

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
