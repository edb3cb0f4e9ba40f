using System.Globalization;
using NodaTime;
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
    public async Task Hand(Handed handed, CancellationToken cancel)
    {
        var scheduler = await schedulers.GetScheduler(cancel);
        foreach (var some in handed.Keys.Chunk(InOne))
        {
            // Each channel has its own share of the threads: one whose gateway is slow holds up no other.
            var trigger = TriggerBuilder.Create(clock).ForJob(DeliveryJob.Key).WithExecutionGroup(handed.Channel)
                .UsingJobData(DeliveryJob.Keys, string.Join(',', some.Select(Text))).UsingJobData(DeliveryJob.Until, Text(handed.Until.ToUnixTimeSeconds())).StartNow().Build();
            await scheduler.ScheduleJob(trigger, cancellationToken: cancel);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Delivers some reminders, one after the other.</summary>
/// <param name="parts">The reminder side.</param>
public sealed class DeliveryJob(ReminderParts parts) : IJob
{
    /// <summary>What the job is called.</summary>
    internal static readonly JobKey Key = new("delivery");

    /// <summary>The name of what it carries: the keys of the reminders.</summary>
    internal const string Keys = "keys";

    /// <summary>The name of until when it is of use, in seconds since 1970. It carries nothing else.</summary>
    internal const string Until = "until";

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        if (!data.ContainsKey(Until))
        {
            // An earlier version of the program kept it; what it carries is handed over again.
            return;
        }

        try
        {
            await parts.Delivery.Some(data.GetString(Keys)!.Split(',').Select(Number), Instant.FromUnixTimeSeconds(Number(data.GetString(Until)!)), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host ends before anything was claimed.
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
