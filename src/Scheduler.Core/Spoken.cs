namespace Scheduler.Core;

/// <summary>Numbers and lists as one says them.</summary>
public static class Spoken
{
    /// <summary><c>1 day</c>, <c>3 days</c>.</summary>
    public static string Count(long number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    /// <summary><c>45 min</c>, <c>24 h</c>, <c>23 h 15 min</c>.</summary>
    public static string Length(long minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => $"{rest} min",
        (var hours, 0) => $"{hours} h",
        var (hours, rest) => $"{hours} h {rest} min",
    };

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string Join(IEnumerable<string> parts, string last = "and")
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {last} {all[^1]}";
    }
}
