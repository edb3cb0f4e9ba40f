using MediatR;
using Scheduler.App.Access;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Backups;

namespace Scheduler.App.Backups;

/// <summary>Writes the whole book, of all its clinics, as it is at one moment; others go on meanwhile. It takes an administrator of all clinics. That it was asked for is noted first: the file tells all arms.</summary>
/// <param name="To">Where to.</param>
[Allowed(Role.Administrator, Everywhere = true)]
public sealed record BackUp(Stream To) : Ask<BackedUp>
{
    /// <summary>Reads and writes.</summary>
    public sealed class Handler(Store store) : IRequestHandler<BackUp, Answer<BackedUp>>
    {
        /// <inheritdoc />
        public async Task<Answer<BackedUp>> Handle(BackUp request, CancellationToken cancellationToken)
        {
            // Before anything is written, and so in the file too: nobody has one of which the audit tells nothing.
            _ = await store.Write<string>(
                book =>
                {
                    book.Note(new("", request.As, "back up", "book", "", "", ""));
                    return Task.FromResult<Answer<string>>("");
                },
                cancellationToken);
            try
            {
                return new BackedUp(await store.Backup(request.To, cancellationToken));
            }
            catch (BackupException refused)
            {
                return Refusals.NoBackup(refused);
            }
        }
    }
}

/// <summary>A book that was written, or put back.</summary>
/// <param name="Holds">How many rows each table has, and where the chains of the audit end.</param>
public sealed record BackedUp(BookSummary Holds);
