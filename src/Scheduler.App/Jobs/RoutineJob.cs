using Microsoft.Extensions.Logging;
using NodaTime;
using Quartz;

namespace Scheduler.App.Jobs;

/// <summary>
/// Sets the moment at which a routine runs next, and runs it. Each moment is a trigger of its own, worked out by NodaTime: Quartz's own calendars ask the operating system what the clocks show. One node
/// runs a routine at a time; what a node that is gone was running is run again by another.
/// </summary>
/// <param name="routines">The routines.</param>
/// <param name="clock">The time.</param>
/// <param name="running">Counts those that run here.</param>
/// <param name="log">Where it is told that one failed.</param>
[DisallowConcurrentExecution]
public sealed class RoutineJob(IEnumerable<IRoutine> routines, TimeProvider clock, RunningRoutines running, ILogger<RoutineJob> log) : IJob
{
    private static readonly Action<ILogger, string, string, Exception?> Failed =
        LoggerMessage.Define<string, string>(LogLevel.Error, new(1, "RoutineFailed"), "The routine {Routine} failed ({Reason}); it is tried again.");

    /// <summary>How long to wait where a routine says that it is to run at once.</summary>
    private static readonly Duration AtLeast = Duration.FromSeconds(1);

    /// <summary>How long to wait where nobody can say when a routine is to run.</summary>
    private static readonly Duration AfterFailure = Duration.FromSeconds(30);

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        using var counted = running.One();
        var routine = routines.Single(r => r.Name == context.JobDetail.Key.Name);
        var (now, next) = (Instant.FromDateTimeOffset(clock.GetUtcNow()), Instant.MinValue);
        try
        {
            next = await routine.Next(now, cancellationToken);
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            Failed(log, routine.Name, Kind(why), null);
            next = now + AfterFailure;
        }

        // Before it runs: a process that ends within it leaves a moment behind at which another goes on. Without it the routine would never run again, so nothing else is done until it is set.
        try
        {
            while (!await IsSet(context, routine.Name, next > now ? next : now + AtLeast))
            {
                await Task.Delay(AfterFailure.ToTimeSpan(), clock, cancellationToken);
            }

            await routine.Run(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host ends; the next moment is set.
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            Failed(log, routine.Name, Kind(why), null);
        }
    }

    private async Task<bool> IsSet(IJobExecutionContext context, string routine, Instant at)
    {
        try
        {
            await context.Scheduler.ScheduleJob(Trigger(routine, at, clock), ScheduleJobOptions.Replacing, CancellationToken.None);
            return true;
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            Failed(log, routine, Kind(why), null);
            return false;
        }
    }

    /// <summary>What kind of thing went wrong: what a database says of it may hold values of rows.</summary>
    private static string Kind(Exception why) => why.GetType().Name;

    /// <summary>The job of a routine.</summary>
    internal static IJobDetail Job(string routine) => JobBuilder.Create<RoutineJob>().WithIdentity(routine, nameof(RoutineJob)).StoreDurably().RequestRecovery().Build();

    /// <summary>The next moment of a routine. There is one at a time.</summary>
    internal static ITrigger Trigger(string routine, Instant at, TimeProvider clock) => TriggerBuilder.Create(clock)
        .WithIdentity(routine, nameof(RoutineJob)).ForJob(routine, nameof(RoutineJob)).StartAt(at.ToDateTimeOffset()).WithPriority(10).Build();
}

/// <summary>How many routines run in this process.</summary>
public sealed class RunningRoutines
{
    private int count;

    /// <summary>Whether any does.</summary>
    public bool Are => Volatile.Read(ref count) > 0;

    /// <summary>Counts one until it is disposed.</summary>
    public IDisposable One()
    {
        _ = Interlocked.Increment(ref count);
        return new Counted(this);
    }

    private sealed class Counted(RunningRoutines all) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref all.count);
    }
}
