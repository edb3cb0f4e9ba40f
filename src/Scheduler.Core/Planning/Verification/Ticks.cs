namespace Scheduler.Core.Planning.Verification;

/// <summary>The judge's own reading of the 5-minute ticks: taken time is rounded outwards, available time inwards.</summary>
internal static class Ticks
{
    private const int Minutes = 5;

    /// <summary>Taken minutes, rounded outwards.</summary>
    public static (int From, int To) Taken(int from, int to) => (Down(from), Up(to));

    /// <summary>Whether taken minutes lie in available minutes, the one rounded outwards and the other inwards.</summary>
    public static bool Fit(int from, int to, Clinics.Hours available) => Down(from) >= Up(available.From) && Up(to) <= Down(available.To);

    /// <summary>Whether two stretches of taken minutes share a tick.</summary>
    public static bool Share((int From, int To) a, (int From, int To) b) =>
        a.From < a.To && b.From < b.To && Down(a.From) < Up(b.To) && Down(b.From) < Up(a.To);

    /// <summary>The ticks that minutes touch, by number.</summary>
    public static IEnumerable<int> Of(int from, int to) => to <= from ? [] : Enumerable.Range(Down(from) / Minutes, (Up(to) - Down(from)) / Minutes);

    private static int Down(int minute) => (int)Math.Floor(minute / (double)Minutes) * Minutes;

    private static int Up(int minute) => (int)Math.Ceiling(minute / (double)Minutes) * Minutes;
}
