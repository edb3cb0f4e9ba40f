namespace Scheduler.App.Tests.Reminders;

/// <summary>Time that passes when it is told to.</summary>
internal sealed class SetTime : TimeProvider
{
    private readonly List<Timer> timers = [];

    private TimeSpan passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(57) + passed;

    public override long GetTimestamp() => passed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    public void Pass(TimeSpan time)
    {
        passed += time;
        foreach (var timer in timers.ToList())
        {
            timer.Look();
        }
    }

    /// <summary>Rings once.</summary>
    private sealed class Timer(SetTime time, Action ring) : ITimer
    {
        private TimeSpan? due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? null : time.passed + dueTime;
            return true;
        }

        public void Look()
        {
            if (due <= time.passed)
            {
                due = null;
                ring();
            }
        }

        public void Dispose() => due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
