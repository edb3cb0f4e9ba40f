using NodaTime;
using Scheduler.App.Enrolments;

namespace Scheduler.App.Jobs;

/// <summary>Takes visits as missed of which nobody has told anything, where a clinic wants that, every few minutes.</summary>
/// <param name="missed">Does it.</param>
public sealed class MissedRoutine(MissedVisits missed) : IRoutine
{
    private static readonly Duration Every = Duration.FromMinutes(5);

    /// <inheritdoc />
    public string Name => "missed";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => missed.All(cancel);

    /// <inheritdoc />
    public Task<Instant> Next(Instant after, CancellationToken cancel) => Task.FromResult(after + Every);
}
