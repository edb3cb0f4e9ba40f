namespace Scheduler.Core.Planning.Verification;

/// <summary>What one rule or preference adds to a calendar's cost.</summary>
internal readonly record struct Price(int Major, int Minor, int PersonChanges, int Preferences)
{
    public static Price None => default;

    public static Price Points(int points) => new(0, 0, 0, points);

    public static Price Changes(int changes) => new(0, 0, changes, 0);

    public static Price operator +(Price a, Price b) =>
        new(a.Major + b.Major, a.Minor + b.Minor, a.PersonChanges + b.PersonChanges, a.Preferences + b.Preferences);
}
