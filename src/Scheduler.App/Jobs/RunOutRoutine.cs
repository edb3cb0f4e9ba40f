using NodaTime;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;

namespace Scheduler.App.Jobs;

/// <summary>Takes out what has run out: places that were reserved until a moment, and links to sign in. Neither holds any more whether it is taken out or not; this keeps the book small.</summary>
/// <param name="store">The book.</param>
/// <param name="clock">The time.</param>
public sealed class RunOutRoutine(Store store, IClock clock) : IRoutine
{
    private static readonly Duration Every = Duration.FromMinutes(1);

    /// <inheritdoc />
    public string Name => "run-out";

    /// <inheritdoc />
    public async Task Run(CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant().ToUnixTimeSeconds();
        _ = await store.Write<TakenOut>(
            async book =>
            {
                foreach (var clinic in await book.Clinics())
                {
                    await book.RemoveExpired(clinic.Id, now);
                }

                await book.ForgetSignInLinks(now);
                return new TakenOut();
            },
            cancel);
    }

    /// <inheritdoc />
    public Task<Instant> Next(Instant after, CancellationToken cancel) => Task.FromResult(after + Every);

    private sealed record TakenOut;
}
