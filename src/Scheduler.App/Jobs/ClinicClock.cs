using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Quartz;
using Scheduler.App.Enrolments;
using Scheduler.App.Protocols;
using Scheduler.App.Reminders;
using Scheduler.App.Storage;

namespace Scheduler.App.Jobs;

/// <summary>The clock of a clinic: Quartz with the routines of the day. In memory where the book is a file, since one process has it; in the book's database, clustered, where several machines share it.</summary>
public static class ClinicClock
{
    /// <summary>How many jobs of a channel run at once on a node: as many messages are under way, so that a mail server is not asked for more connections than it gives.</summary>
    public const int OfChannel = 10;

    /// <summary>How many jobs run at once on a node: those of all channels, and routines.</summary>
    private static readonly int AtOnce = (Handed.Channels.Length * OfChannel) + 4;

    /// <summary>After how long without a sign of life a node is taken to be gone.</summary>
    private static readonly TimeSpan SignsOfLife = TimeSpan.FromSeconds(5);

    /// <summary>How often a node looks for work that another has put down: nobody tells it.</summary>
    private static readonly TimeSpan Looks = TimeSpan.FromSeconds(2);

    /// <summary>Adds it to a host, which starts and stops it.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="app">The use cases.</param>
    /// <param name="store">The book.</param>
    /// <param name="place">Where the book is.</param>
    /// <param name="clock">The time.</param>
    public static IServiceCollection AddClinicClock(this IServiceCollection services, Application app, Store store, Stores place, IClock clock)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IDeliveryEngine, QuartzEngine>();
        services.AddSingleton(app.Reminders);
        services.AddSingleton(s => new Promotion(store, clock, app.Reminders.Following, s.GetRequiredService<IDeliveryEngine>()));
        services.AddSingleton(new MissedVisits(store, new Library(), clock));
        services.AddSingleton<IRoutine, PromotionRoutine>();
        services.AddSingleton<IRoutine, StaffRoutine>();
        services.AddSingleton<IRoutine, MissedRoutine>();
        services.AddSingleton<IRoutine>(new RunOutRoutine(store, clock));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(o => o.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs);
            quartz.UseDefaultThreadPool(pool => pool.MaxConcurrency = AtOnce);
            quartz.UseExecutionLimits(limits => Handed.Channels.Aggregate(limits, (all, channel) => all.ForGroup(channel, OfChannel)));
            if (place.Connection is { } connection)
            {
                quartz.ConfigureScheduler(o => (o.GenerateInstanceId, o.IdleWaitTime) = (true, Looks));
                quartz.UsePersistentStore(kept => ClusterTables.Keep(kept, connection).UseClustering(c => (c.CheckinInterval, c.CheckinMisfireThreshold) = (SignsOfLife, SignsOfLife)));
            }
        });
        services.AddHostedService(s => new FirstMoments(s.GetRequiredService<ISchedulerFactory>(), s.GetServices<IRoutine>(), s.GetRequiredService<TimeProvider>(), place.IsFile ? app.Reminders.Following : null));
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        return services;
    }

    /// <summary>Sets the first moment of each routine that has none, before the clock starts.</summary>
    private sealed class FirstMoments(ISchedulerFactory schedulers, IEnumerable<IRoutine> routines, TimeProvider clock, Following? alone) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            // Where one process has the book, what was queued has gone with the one before.
            await (alone?.Unqueue(cancellationToken) ?? Task.CompletedTask);
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            await scheduler.AddJob(JobBuilder.Create<DeliveryJob>().WithIdentity(DeliveryJob.Key).StoreDurably().RequestRecovery().Build(), new AddJobOptions { Replace = true }, cancellationToken);
            foreach (var routine in routines)
            {
                await scheduler.AddJob(RoutineJob.Job(routine.Name), new AddJobOptions { Replace = true }, cancellationToken);
                await scheduler.ScheduleJob(RoutineJob.Trigger(routine.Name, Instant.FromDateTimeOffset(clock.GetUtcNow()), clock), ScheduleJobOptions.Replacing, cancellationToken);
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
