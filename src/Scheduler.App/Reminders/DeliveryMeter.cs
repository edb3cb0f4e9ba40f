using System.Diagnostics.Metrics;

namespace Scheduler.App.Reminders;

/// <summary>Counts how deliveries end, for whoever watches from outside. It holds channels and ends, and nothing of anybody.</summary>
public sealed class DeliveryMeter
{
    /// <summary>What the meter of the running program is called.</summary>
    public const string Name = "Scheduler.Reminders";

    /// <summary>The counter: reminders that a channel took, refused, or did not take this time, by <c>channel</c> and <c>end</c>.</summary>
    public const string Ended = "scheduler.reminders.ended";

    private readonly Counter<long> ended;

    /// <summary>Counts in a meter.</summary>
    public DeliveryMeter(Meter meter) => ended = meter.CreateCounter<long>(Ended, "{reminder}", "Reminders that a channel took, refused or did not take this time.");

    /// <summary>That of the running program.</summary>
    public static DeliveryMeter Usual { get; } = new(new Meter(Name));

    /// <summary>Counts one.</summary>
    internal void Count(string channel, Delivered end)
    {
        if (Ending(end) is { } text)
        {
            ended.Add(1, new("channel", channel), new("end", text));
        }
    }

    private static string? Ending(Delivered end) => end switch
    {
        Delivered.Sent => "sent",
        Delivered.Failed => "refused",
        Delivered.ToBeTriedAgain => "not-taken",
        _ => null,
    };
}
