using System.Collections.Immutable;
using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;

namespace Scheduler.App.Reminders;

/// <summary>Shows what the patient of an enrolment would be sent, when and in which words, if nothing else happens. Nothing is made or sent by that.</summary>
/// <param name="Enrolment">The enrolment's id.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record PreviewReminders(string Enrolment) : Ask<RemindersPreviewed>
{
    /// <summary>Loads, words.</summary>
    public sealed class Handler(Store store, ReminderParts parts) : IRequestHandler<PreviewReminders, Answer<RemindersPreviewed>>
    {
        /// <inheritdoc />
        public Task<Answer<RemindersPreviewed>> Handle(PreviewReminders request, CancellationToken cancellationToken) =>
            store.Read(book => parts.Following.Preview(book, request.Clinic, request.Enrolment), cancellationToken);
    }
}

/// <summary>What a patient would be sent, by time.</summary>
/// <param name="Why">Why nothing is sent at all; null where something may be.</param>
/// <param name="Zone">The time zone of the patient.</param>
/// <param name="Messages">The messages that have not gone out.</param>
public sealed record RemindersPreviewed(string? Why, string Zone, ImmutableArray<PreviewedMessage> Messages);

/// <summary>A message that would be sent.</summary>
/// <param name="Visit">The visit that it is about.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Channel">What carries it.</param>
/// <param name="Due">When it goes out, as the patient's clocks show it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">What it says. The link by which it is answered comes with the message.</param>
public sealed record PreviewedMessage(string Visit, string Kind, string Channel, OffsetDateTime Due, string Subject, string Text);
