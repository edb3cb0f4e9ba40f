using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reminders;

/// <summary>Lists reminders: what waits, what went out, and what did not, and why.</summary>
/// <param name="State">The state in which they are, as <see cref="States"/> has it; null for all.</param>
/// <param name="Enrolment">The id of an enrolment; null for all of the clinic.</param>
/// <param name="Most">How many at most, 1 to 1,000, those first that fall due first.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record ListReminders(string? State, string? Enrolment, int Most) : Ask<RemindersListed>
{
    /// <summary>The most that are listed.</summary>
    public const int AtMost = 1_000;

    /// <summary>The states: it waits for its time; it was handed to what delivers; somebody sends it just now; it went out; it cannot be delivered; it came too late to be of use; what it said is true no more.</summary>
    public static readonly ImmutableArray<string> States = ["waiting", "queued", "claimed", "sent", "failed", "expired", "dead"];

    /// <summary>Loads.</summary>
    public sealed class Handler(Store store) : IRequestHandler<ListReminders, Answer<RemindersListed>>
    {
        /// <inheritdoc />
        public async Task<Answer<RemindersListed>> Handle(ListReminders request, CancellationToken cancellationToken) =>
            request.State is { } state && !States.Contains(state) ? Refusals.NoSuchState(state, States)
            : request.Most is < 1 or > AtMost ? Refusals.NoSuchMost(AtMost)
            : request.Enrolment is { } enrolment && EnrolmentId.Key(enrolment) is null ? Refusals.NoEnrolment(enrolment)
            : new RemindersListed(
            [
                .. (await store.Read(book => book.Reminders(request.Clinic, request.State, request.Enrolment is { } id ? EnrolmentId.Key(id) : null, request.Most), cancellationToken)).Select(Listed),
            ]);

        private static ListedReminder Listed(ReminderRow row) => new(
            row.Key, row.Patient, row.Person, row.Enrolment is { } key ? EnrolmentId.Of(key) : null, row.Subject, row.Kind, row.Channel, row.State, Instant.FromUnixTimeSeconds(row.Due_At),
            row.State is "waiting" or "queued" ? Instant.FromUnixTimeSeconds(row.Next_Try) : null, row.Done_At is { } at ? Instant.FromUnixTimeSeconds(at) : null, row.Tries, row.Problem);
    }
}

/// <summary>Reminders, by the time at which they are due.</summary>
public sealed record RemindersListed(ImmutableArray<ListedReminder> All);

/// <summary>A reminder, without what it says.</summary>
/// <param name="Number">Its number, by which it is tried again.</param>
/// <param name="Patient">The patient who gets it; null where a person of the clinic does.</param>
/// <param name="Person">The person of the clinic who gets it; null where a patient does.</param>
/// <param name="Enrolment">The enrolment that it is about.</param>
/// <param name="Subject">The visit, or the day, that it is about.</param>
/// <param name="Kind">What kind it is: the protocol's or the clinic's name for it, <c>moved!</c> or <c>off!</c>.</param>
/// <param name="Channel">What carries it: <c>mail</c> or <c>sms</c>.</param>
/// <param name="State">How far it is: one of <see cref="ListReminders.States"/>.</param>
/// <param name="Due">When it was to go out.</param>
/// <param name="NextTry">When it is tried next; null where it is not.</param>
/// <param name="Done">When it came to an end; null where it has not.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Problem">What was in the way the last time; null for nothing.</param>
public sealed record ListedReminder(
    long Number, string? Patient, string? Person, string? Enrolment, string Subject, string Kind, string Channel, string State, Instant Due, Instant? NextTry, Instant? Done, long Tries, string? Problem);
