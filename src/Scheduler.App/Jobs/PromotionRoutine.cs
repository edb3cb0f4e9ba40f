using NodaTime;
using Scheduler.App.Reminders;

namespace Scheduler.App.Jobs;

/// <summary>Has what falls due delivered, every few seconds: no reminder is late by more than that while its channel keeps up.</summary>
/// <param name="promotion">Does it.</param>
public sealed class PromotionRoutine(Promotion promotion) : IRoutine
{
    private static readonly Duration Every = Duration.FromSeconds(5);

    /// <inheritdoc />
    public string Name => "promotion";

    /// <inheritdoc />
    public Task Run(CancellationToken cancel) => promotion.Round(cancel);

    /// <inheritdoc />
    public Task<Instant> Next(Instant after, CancellationToken cancel) => Task.FromResult(after + Every);
}
