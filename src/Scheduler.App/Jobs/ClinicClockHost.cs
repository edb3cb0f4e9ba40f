using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.App.Reminders;
using Scheduler.App.Storage;

namespace Scheduler.App.Jobs;

/// <summary>The clinic's clock as one thing that a host starts and stops.</summary>
/// <param name="app">The use cases.</param>
/// <param name="store">The book.</param>
/// <param name="place">Where the book is.</param>
/// <param name="clock">The time.</param>
/// <param name="log">Where the log goes; null for nowhere.</param>
/// <param name="engine">Adds another <see cref="IDeliveryEngine"/> than Quartz's, with what it runs; null for Quartz's.</param>
public sealed class ClinicClockHost(Application app, Store store, Stores place, IClock clock, ILoggerProvider? log, Action<IServiceCollection>? engine = null) : IHostedService, IAsyncDisposable
{
    private ServiceProvider? services;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ClusterTables.Make(place, cancellationToken);
        var parts = new ServiceCollection().AddLogging(logging => Log(logging, log)).AddSingleton<IHostApplicationLifetime, Begun>();
        engine?.Invoke(parts);
        services = parts.AddClinicClock(app, store, place, clock).BuildServiceProvider();
        foreach (var part in services.GetServices<IHostedService>())
        {
            await part.StartAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var part in services?.GetServices<IHostedService>().Reverse() ?? [])
        {
            await part.StopAsync(cancellationToken);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => services?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Log(ILoggingBuilder logging, ILoggerProvider? log)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        if (log is not null)
        {
            logging.AddProvider(log);
        }
    }

    /// <summary>Says to Quartz that the application has begun: it is begun by this.</summary>
    private sealed class Begun : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => new(canceled: true);

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
