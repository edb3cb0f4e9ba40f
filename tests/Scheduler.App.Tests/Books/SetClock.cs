using NodaTime;

namespace Scheduler.App.Tests.Books;

/// <summary>A clock that shows what it was set to.</summary>
internal sealed class SetClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}

/// <summary>Keys that anybody can guess, the same each time.</summary>
internal sealed class CountedSecrets : ISecrets
{
    private int count;

    public string Next() => Interlocked.Increment(ref count).ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
