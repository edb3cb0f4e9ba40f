using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Scheduler.App.Reminders;

namespace Scheduler.Web.Seen;

/// <summary>
/// Sends how reminders stand to a collector of OpenTelemetry (OTLP over HTTP) as long as the host runs: <c>scheduler.reminders</c>, how many there are, by <c>state</c>; <c>scheduler.reminders.oldest_due</c>, in seconds, for how long
/// the one has been due that has been due longest (0 where none is); and what <see cref="DeliveryMeter"/> counts. A collector that cannot be reached holds nothing up.
/// </summary>
/// <param name="watching">Looks at how they stand.</param>
/// <param name="collector">The address of the collector: scheme, host and port.</param>
/// <param name="node">What this process is called beside others of the same book.</param>
/// <param name="every">How often it sends.</param>
public sealed class ReminderMetrics(Watching watching, Uri collector, string node, TimeSpan every) : BackgroundService
{
    /// <summary>How often it sends where nobody says otherwise.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    private RemindersSeen? seen;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var meter = new Meter(DeliveryMeter.Name);
        _ = meter.CreateObservableGauge("scheduler.reminders", () => seen?.ByState.Select(s => new Measurement<long>(s.Value, new KeyValuePair<string, object?>("state", s.Key))) ?? [], "{reminder}", "Reminders by state.");
        _ = meter.CreateObservableGauge("scheduler.reminders.oldest_due", () => seen is { } now ? [new Measurement<double>(now.OldestDue?.TotalSeconds ?? 0)] : Array.Empty<Measurement<double>>(), "s", "For how long the one has been due that has been due longest.");
        using var provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(r => r.AddService("scheduler", serviceInstanceId: node))
            .AddMeter(DeliveryMeter.Name)
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new(collector, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)every.TotalMilliseconds;
            })
            .Build();
        try
        {
            using var timer = new PeriodicTimer(every);
            do
            {
                await Look(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        try
        {
            seen = await watching.Look(cancel);
        }
        catch (Exception why) when (why is not OperationCanceledException)
        {
            // Better nothing than what was once. Whoever watches sees that it is missing, and the host goes on.
            seen = null;
        }
    }
}
