using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Reminders;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Backups;

namespace Scheduler.App.Backups;

/// <summary>Puts a backup in the place of all that stands in the book, whole or not at all. It takes an administrator of all clinics.</summary>
/// <param name="From">The backup.</param>
[Allowed(Role.Administrator, Everywhere = true)]
public sealed record Restore(Stream From) : Ask<BackedUp>
{
    /// <summary>Reads and writes.</summary>
    public sealed class Handler(Store store, ReminderParts parts) : IRequestHandler<Restore, Answer<BackedUp>>
    {
        /// <inheritdoc />
        public async Task<Answer<BackedUp>> Handle(Restore request, CancellationToken cancellationToken)
        {
            try
            {
                return new BackedUp(await store.Restore(request.From, request.As, parts.Follow, cancellationToken));
            }
            catch (BackupException refused)
            {
                return Refusals.NoBackup(refused);
            }
        }
    }
}
