using Microsoft.Extensions.Logging;
using NodaTime;
using Quartz;

namespace Scheduler.App.Jobs;

/// <summary>
/// Sets the moment at which a routine runs next, and runs it. Each moment is a trigger of its own, worked out by NodaTime: Quartz's own calendars ask the operating system what the clocks show. A moment
/// comes back until another is set in its place, so that what keeps a routine from setting one, such as a host that ends or a database that does not answer, does not leave it without. One node runs a
/// routine at a time; what a node that is gone was running is run again by another.
/// </summary>
/// <param name="routines">The routines.</param>
/// <param name="clock">The time.</param>
/// <param name="log">Where it is told that one failed.</param>
[DisallowConcurrentExecution]
public sealed class RoutineJob(IEnumerable<IRoutine> routines, TimeProvider clock, ILogger<RoutineJob> log) : IJob
{
    private static readonly Action<ILogger, string, string, Exception?> Failed =
        LoggerMessage.Define<string, string>(LogLevel.Error, new(1, "RoutineFailed"), "The routine {Routine} failed ({Reason}); it is tried again.");

    /// <summary>How long to wait where a routine says that it is to run at once.</summary>
    private static readonly Duration AtLeast = Duration.FromSeconds(1);

    /// <summary>After how long a moment comes back that no other took the place of.</summary>
    private static readonly TimeSpan ComesBack = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // A routine of another version of the program, which another node may have.
        if (routines.SingleOrDefault(r => r.Name == context.JobDetail.Key.Name) is not { } routine)
        {
            return;
        }

        try
        {
            var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
            var next = await routine.Next(now, cancellationToken);

            // Before it runs: a process that ends within it leaves a moment behind at which another goes on.
            await context.Scheduler.ScheduleJob(Trigger(routine.Name, next > now ? next : now + AtLeast, clock), ScheduleJobOptions.Replacing, CancellationToken.None);
            await routine.Run(cancellationToken);
        }
        catch (Exception) when (Ends(context.Scheduler) || cancellationToken.IsCancellationRequested)
        {
            // The host ends: no moment can be set any more, and whoever comes next finds this one.
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            Failed(log, routine.Name, Kind(why), null);
        }
    }

    private static bool Ends(IScheduler scheduler) => scheduler.Status is SchedulerStatus.ShuttingDown or SchedulerStatus.Shutdown;

    /// <summary>What kind of thing went wrong: what a database says of it may hold values of rows.</summary>
    private static string Kind(Exception why) => why.GetType().Name;

    /// <summary>The job of a routine.</summary>
    internal static IJobDetail Job(string routine) => JobBuilder.Create<RoutineJob>().WithIdentity(routine, nameof(RoutineJob)).StoreDurably().RequestRecovery().Build();

    /// <summary>The next moment of a routine. There is one at a time.</summary>
    internal static ITrigger Trigger(string routine, Instant at, TimeProvider clock) => TriggerBuilder.Create(clock)
        .WithIdentity(routine, nameof(RoutineJob)).ForJob(routine, nameof(RoutineJob)).StartAt(at.ToDateTimeOffset()).WithPriority(10)
        .WithSimpleSchedule(s => s.WithInterval(ComesBack).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)).Build();
}
