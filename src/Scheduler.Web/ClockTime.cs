using NodaTime;

namespace Scheduler.Web;

/// <summary>The time that was handed in, as the framework asks for it: cookies end by the same clock as all else.</summary>
internal sealed class ClockTime(IClock clock) : TimeProvider
{
    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => clock.GetCurrentInstant().ToDateTimeOffset();
}
