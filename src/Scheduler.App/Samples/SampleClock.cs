using NodaTime;

namespace Scheduler.App.Samples;

/// <summary>A clock that is set: the sample's weeks pass in seconds.</summary>
internal sealed class SampleClock(Instant now) : IClock
{
    /// <summary>What it shows.</summary>
    public Instant Now { get; set; } = now;

    /// <inheritdoc />
    public Instant GetCurrentInstant() => Now;
}

/// <summary>Keys that anybody can guess, the same each time: what they hide is made up.</summary>
internal sealed class SampleSecrets : ISecrets
{
    private int count;

    /// <inheritdoc />
    public string Next() => Interlocked.Increment(ref count).ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
