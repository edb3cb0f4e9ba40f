using MediatR;
using NodaTime;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Reminders;

/// <summary>Has a reminder that failed, or that waits to be tried again, go out now.</summary>
/// <param name="Number">Its number.</param>
[Allowed(Role.Administrator, Role.Scheduler)]
public sealed record RetryReminder(long Number) : Ask<Retried>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, IClock clock) : IRequestHandler<RetryReminder, Answer<Retried>>
    {
        /// <inheritdoc />
        public Task<Answer<Retried>> Handle(RetryReminder request, CancellationToken cancellationToken) => store.Write<Retried>(
            async book =>
            {
                if (await book.Reminder(request.Number) is not { } row || row.Clinic != request.Clinic)
                {
                    return Refusals.NoReminder(request.Number);
                }

                var now = clock.GetCurrentInstant().ToUnixTimeSeconds();
                if (row.Useful_Until <= now || row.Due_At > now || !await book.Revive(row.Key, now))
                {
                    return Refusals.NotToBeRetried(request.Number, row.State);
                }

                book.Note(new(request.Clinic, request.As, "retry reminder", $"{row.Key}", $$"""{"state":"{{row.State}}"}""", "", ""));
                return new Retried(row.Key);
            },
            cancellationToken);
    }
}

/// <summary>A reminder that goes out soon.</summary>
/// <param name="Number">Its number.</param>
public sealed record Retried(long Number);
