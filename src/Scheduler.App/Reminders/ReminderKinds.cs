namespace Scheduler.App.Reminders;

/// <summary>Kinds of reminders that no protocol names.</summary>
internal static class ReminderKinds
{
    /// <summary>The visit is at another time.</summary>
    public const string Moved = "moved!";

    /// <summary>A person's list of a day.</summary>
    public const string Day = "day!";

    /// <summary>A person's list of a day has changed.</summary>
    public const string DayChanged = "changed!";

    /// <summary>What somebody at the clinic has to look at.</summary>
    public const string Open = "open!";

    /// <summary>The visit is off.</summary>
    public const string CalledOff = "off!";
}
