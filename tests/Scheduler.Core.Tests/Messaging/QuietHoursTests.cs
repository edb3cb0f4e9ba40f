using Scheduler.Core.Messaging;

namespace Scheduler.Core.Tests.Messaging;

public sealed class QuietHoursTests
{
    [Theory]
    [InlineData(20, 8, "19:59", false)]
    [InlineData(20, 8, "20:00", true)]
    [InlineData(20, 8, "00:00", true)]
    [InlineData(20, 8, "07:59", true)]
    [InlineData(20, 8, "08:00", false)]
    [InlineData(12, 14, "11:59", false)]
    [InlineData(12, 14, "12:00", true)]
    [InlineData(12, 14, "14:00", false)]
    [InlineData(20, 24, "23:59", true)]
    [InlineData(20, 24, "00:00", false)]
    public void Quiet_hours_run_past_midnight_where_they_end_before_they_begin(int from, int to, string time, bool expected)
    {
        var parsed = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;

        Assert.Equal(expected, new QuietHours(from * 60, to * 60).Cover(parsed));
        Assert.Equal(expected, new QuietHours(from * 60, to * 60).Cover((parsed.Hour * 60) + parsed.Minute));
    }
}
