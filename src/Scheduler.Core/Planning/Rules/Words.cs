using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>Says values the way a clinic does.</summary>
internal static class Words
{
    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string Join(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>Visits, whole series by their name: <c>infusion</c>, <c>wet[2] to wet[5]</c>.</summary>
    public static string Visits(ImmutableArray<VisitId> visits, Protocol? protocol = null) => Join(
        visits.GroupBy(v => v.Type).Select(series =>
        {
            VisitId[] all = [.. series];
            var whole = protocol is not null && protocol.VisitTypes.First(t => t.Id == series.Key).Count == all.Length;
            return whole ? series.Key : all.Length == 1 ? all[0].ToString() : $"{all[0]} to {all[^1]}";
        }));

    /// <summary>A period: <c>12 weeks</c>.</summary>
    public static string Period(Period period) => period switch
    {
        { Months: > 0 } => Count(period.Months, "month"),
        { Weeks: > 0 } => Count(period.Weeks, "week"),
        _ => Count(period.Days, "day"),
    };

    /// <summary>Days around a target: <c>3 days before to 3 days after</c>.</summary>
    public static string Leeway(Leeway leeway) => $"{Offset(leeway.From)} to {Offset(leeway.To)}";

    /// <summary><c>1 day</c>, <c>3 days</c>.</summary>
    public static string Count(int number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")}";

    /// <summary><c>24 hours</c>, <c>90 minutes</c>.</summary>
    public static string Hours(int minutes) => minutes % 60 == 0 ? Count(minutes / 60, "hour") : Count(minutes, "minute");

    /// <summary>Minutes around a target: <c>4 hours before to 4 hours after</c>.</summary>
    public static string HourLeeway(Leeway leeway) => $"{Minutes(leeway.From)} to {Minutes(leeway.To)}";

    /// <summary>Minutes from a moment: <c>40 minutes after</c>, <c>30 minutes before to 10 minutes before</c>.</summary>
    public static string Minutes(int from, int to) => from == to ? Minutes(from) : $"{Minutes(from)} to {Minutes(to)}";

    /// <summary><c>14 days, give or take 2 days</c>.</summary>
    public static string GiveOrTake(int number, int tolerance, string unit) =>
        Count(number, unit) + (tolerance > 0 ? $", give or take {Count(tolerance, unit)}" : "");

    private static string Minutes(int minutes) => minutes switch
    {
        0 => "at",
        < 0 => $"{Hours(-minutes)} before",
        _ => $"{Hours(minutes)} after",
    };

    private static string Offset(int days) => days switch
    {
        0 => "the day itself",
        < 0 => $"{Count(-days, "day")} before",
        _ => $"{Count(days, "day")} after",
    };
}
