using NodaTime;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Scheduler.App.Reminders.Channels;

/// <summary>How long a gateway may take, and when it is left alone.</summary>
public sealed record RestSettings
{
    /// <summary>For how long one message may take, from half a second; less than <see cref="Delivery.SendsWithin"/>, else that ends it first and the gateway never rests.</summary>
    public Duration Within { get; init; } = Duration.FromSeconds(20);

    /// <summary>Over what time failures are counted, from half a second.</summary>
    public Duration Over { get; init; } = Duration.FromSeconds(30);

    /// <summary>How many messages there must have been in that time, from 2: fewer say nothing of the gateway.</summary>
    public int Among { get; init; } = 10;

    /// <summary>The share of them, above 0 and up to 1, from which on the gateway rests.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>For how long it rests, from half a second. Then one message tries whether it is well again.</summary>
    public Duration For { get; init; } = Duration.FromSeconds(30);
}

/// <summary>
/// A channel whose gateway is left alone for a while when it fails again and again (a circuit breaker), so that those who deliver are not all held up by it; what is to go out meanwhile fails at once. A recipient who is refused is
/// no failure of the gateway.
/// </summary>
public sealed class RestingChannel : IChannel
{
    private readonly IChannel channel;

    private readonly ResiliencePipeline<Handover> pipeline;

    /// <summary>Around a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="time">What time-outs and rests are measured by.</param>
    /// <param name="settings">How long a gateway may take, and when it is left alone; null for the usual.</param>
    public RestingChannel(IChannel channel, TimeProvider time, RestSettings? settings = null)
    {
        settings ??= new();
        this.channel = channel;

        // Nothing is tried again here: the reminder's row says when it is (Delivery.WaitAfter), longer each time and not the same for all. Both would multiply.
        pipeline = new ResiliencePipelineBuilder<Handover> { TimeProvider = time }
            .AddCircuitBreaker(new()
            {
                ShouldHandle = new PredicateBuilder<Handover>().HandleResult(h => h is Handover.Failed).Handle<TimeoutRejectedException>(),
                SamplingDuration = settings.Over.ToTimeSpan(),
                MinimumThroughput = settings.Among,
                FailureRatio = settings.Share,
                BreakDuration = settings.For.ToTimeSpan(),
            })
            .AddTimeout(settings.Within.ToTimeSpan())
            .Build();
    }

    /// <inheritdoc />
    public string Carries => channel.Carries;

    /// <inheritdoc />
    public async Task<Handover> Send(Envelope envelope, CancellationToken cancel)
    {
        try
        {
            return await pipeline.ExecuteAsync(async stop => await channel.Send(envelope, stop), cancel);
        }
        catch (BrokenCircuitException)
        {
            return new Handover.Failed("the gateway rests");
        }
        catch (TimeoutRejectedException)
        {
            return new Handover.Failed("it took too long");
        }
    }
}
