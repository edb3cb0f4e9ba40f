using System.Globalization;
using Quartz;
using Scheduler.App.Reminders;

namespace Scheduler.App.Jobs;

/// <summary>Delivers on Quartz: a job for some reminders, which runs at once on whichever node is free, and again on another where that one is gone.</summary>
/// <param name="schedulers">Gives the scheduler.</param>
/// <param name="clock">The time.</param>
public sealed class QuartzEngine(ISchedulerFactory schedulers, TimeProvider clock) : IDeliveryEngine
{
    /// <summary>How many reminders a job has: enough that keeping jobs costs less than sending, and few enough that they are dealt out well.</summary>
    private const int InOne = 10;

    /// <inheritdoc />
    public async Task Hand(IReadOnlyList<long> keys, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        foreach (var some in keys.Chunk(InOne))
        {
            var trigger = TriggerBuilder.Create(clock).ForJob(DeliveryJob.Key).UsingJobData(DeliveryJob.Keys, string.Join(',', some.Select(k => k.ToString(CultureInfo.InvariantCulture)))).StartNow().Build();
            await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
        }
    }
}

/// <summary>Delivers some reminders, one after the other.</summary>
/// <param name="parts">The reminder side.</param>
public sealed class DeliveryJob(ReminderParts parts) : IJob
{
    /// <summary>What the job is called.</summary>
    internal static readonly JobKey Key = new("delivery");

    /// <summary>The name of what it carries: the keys of the reminders, and nothing else.</summary>
    internal const string Keys = "keys";

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Deliver(context, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host ends; what is left is handed over again when its time has run out.
        }
    }

    private async Task Deliver(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var key in context.MergedJobDataMap.GetString(Keys)!.Split(','))
        {
            _ = await parts.Delivery.One(long.Parse(key, CultureInfo.InvariantCulture), cancellationToken);
        }
    }
}
