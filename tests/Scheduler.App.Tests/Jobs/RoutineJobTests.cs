using NodaTime;
using Quartz;
using Scheduler.App.Jobs;

namespace Scheduler.App.Tests.Jobs;

/// <summary>The moments at which routines run.</summary>
public sealed class RoutineJobTests
{
    private static readonly Instant Eight = Instant.FromUtc(2027, 1, 4, 8, 0);

    [Fact]
    public void A_moment_comes_back_until_another_takes_its_place()
    {
        var trigger = Assert.IsAssignableFrom<ISimpleTrigger>(RoutineJob.Trigger("digest", Eight, TimeProvider.System));

        Assert.Equal(Eight.ToDateTimeOffset(), trigger.StartTimeUtc);
        Assert.Equal(-1, trigger.RepeatCount);
        Assert.Equal(TimeSpan.FromSeconds(30), trigger.RepeatInterval);
        Assert.Equal(new TriggerKey("digest", "RoutineJob"), trigger.Key);
    }
}
