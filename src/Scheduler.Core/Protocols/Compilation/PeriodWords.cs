using NodaTime;

namespace Scheduler.Core.Protocols.Compilation;

/// <summary>Says a number of days, weeks or months the way authors write it.</summary>
internal static class PeriodWords
{
    /// <summary><c>12 weeks</c>, <c>1 day</c>.</summary>
    public static string Of(Period period)
    {
        var (amount, unit) = period switch
        {
            { Months: > 0 } => (period.Months, "month"),
            { Weeks: > 0 } => (period.Weeks, "week"),
            _ => (period.Days, "day"),
        };
        return $"{amount} {unit}{(amount == 1 ? "" : "s")}";
    }
}
