using NodaTime;
using Scheduler.App.Reminders;

namespace Scheduler.App.Jobs;

/// <summary>Tells staff their lists in the evening, and what of them changes at once. When evening is, each clinic's own clock says: so it is looked every minute.</summary>
/// <param name="parts">The reminder side.</param>
public sealed class StaffRoutine(ReminderParts parts) : IRoutine
{
    private static readonly Duration Every = Duration.FromMinutes(1);

    /// <inheritdoc />
    public string Name => "staff";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => parts.Staff.All(cancel);

    /// <inheritdoc />
    public Task<Instant> Next(Instant after, CancellationToken cancel) => Task.FromResult(after + Every);
}
