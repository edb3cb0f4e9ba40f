using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.Logging;
using Hangfire.PostgreSql;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.App.Jobs;
using Scheduler.App.Reminders;
using Scheduler.App.Storage;

namespace Scheduler.Hangfire;

/// <summary>Delivers on Hangfire: a job for some reminders, which runs at once on whichever node is free, and again on another where that one is gone.</summary>
/// <param name="parts">The reminder side.</param>
/// <param name="place">Where the book is: in PostgreSQL.</param>
/// <param name="logs">Where Hangfire tells what fails in itself.</param>
public sealed class HangfireEngine(ReminderParts parts, Stores place, ILoggerFactory logs) : IDeliveryEngine, IHostedService, IDisposable
{
    /// <summary>How many reminders a job has: a job costs several ways to the database and back.</summary>
    private const int InOne = 10;

    private readonly PostgreSqlStorage storage = HangfireStorage.Of(place.Connection!);

    private IReadOnlyList<BackgroundJobServer> servers = [];

    /// <inheritdoc />
    public Task Hand(Handed handed, CancellationToken cancel)
    {
        var (jobs, until) = (new BackgroundJobClient(storage), handed.Until.ToUnixTimeSeconds());
        foreach (var some in handed.Keys.Chunk(InOne))
        {
            cancel.ThrowIfCancellationRequested();
            _ = jobs.Create<HangfireDelivery>(job => job.Deliver(some, until, CancellationToken.None), new EnqueuedState(handed.Channel));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await HangfireTables.Make(place, cancellationToken);
        LogProvider.SetCurrentLogProvider(new AspNetCoreLogProvider(logs));

        // A queue and workers of its own for each channel: one whose gateway is slow holds up no other.
        servers = [.. Handed.Channels.Select(channel => new BackgroundJobServer(
            new BackgroundJobServerOptions
            {
                Queues = [channel],
                WorkerCount = ClinicClock.OfChannel,

                // Nothing is scheduled in Hangfire, since the clinic's clock hands over what is due when it is due; what else would be, an add-on's jobs say, would not wait long.
                SchedulePollingInterval = TimeSpan.FromSeconds(5),

                // What is being sent when the host ends gets this long to be sent, and to be marked as sent.
                StopTimeout = TimeSpan.FromSeconds(5),
                Activator = new Deliveries(parts),
            },
            storage))];
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var server in servers)
        {
            server.SendStop();
        }

        await Task.WhenAll(servers.Select(s => s.WaitForShutdownAsync(cancellationToken)));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var server in servers)
        {
            server.Dispose();
        }

        // Hangfire has one log for the whole process, which must not outlive ours.
        LogProvider.SetCurrentLogProvider(null);
    }

    private sealed class Deliveries(ReminderParts parts) : JobActivator
    {
        public override object ActivateJob(Type jobType) => new HangfireDelivery(parts.Delivery);
    }
}

/// <summary>A job of Hangfire's.</summary>
/// <param name="delivery">Delivers.</param>
public sealed class HangfireDelivery(Delivery delivery)
{
    /// <summary>Delivers some reminders, one after the other. Hangfire does not try it again: the row of each says when and whether that is done.</summary>
    /// <param name="keys">The keys of the reminders: all that Hangfire keeps of them.</param>
    /// <param name="until">From when on they are handed over again, in seconds since 1970.</param>
    /// <param name="cancel">The host ends; what is not begun waits for another node.</param>
    /// <exception cref="InvalidOperationException">It failed. Hangfire keeps and shows what an exception says, which may be what stands in a row: so this one names the kind only.</exception>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public async Task Deliver(long[] keys, long until, CancellationToken cancel)
    {
        string? failure = null;
        try
        {
            await delivery.Some(keys, Instant.FromUnixTimeSeconds(until), cancel);
        }
        catch (Exception why) when (why is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            failure = why.GetType().Name;
        }

        if (failure is not null)
        {
            throw new InvalidOperationException($"Delivery failed: {failure}. What is left is handed over again.");
        }
    }
}

/// <summary>Puts Hangfire into a host that has the clinic's clock.</summary>
public static class HangfireEngineParts
{
    /// <summary>Has Hangfire deliver, in place of Quartz.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="place">Where the book is: in PostgreSQL.</param>
    public static IServiceCollection AddHangfireEngine(this IServiceCollection services, Stores place) => services
        .AddSingleton(s => new HangfireEngine(s.GetRequiredService<ReminderParts>(), place, s.GetRequiredService<ILoggerFactory>()))
        .AddSingleton<IDeliveryEngine>(s => s.GetRequiredService<HangfireEngine>())
        .AddHostedService(s => s.GetRequiredService<HangfireEngine>());
}
