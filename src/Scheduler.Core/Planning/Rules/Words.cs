using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Rules;

/// <summary>Says values the way a clinic does.</summary>
internal static class Words
{
    /// <summary>Visits, whole series by their name, and runs of a series by their ends: <c>infusion, wet[1] and wet[3] to wet[5]</c>.</summary>
    public static string Visits(ImmutableArray<VisitId> visits, Protocol protocol) => Spoken.Join(
        visits.Distinct().GroupBy(v => v.Type).SelectMany(series =>
        {
            int[] ordinals = [.. series.Select(v => v.Ordinal).Order()];
            return ordinals.Length == protocol.VisitTypes.First(t => t.Id == series.Key).Count ? [series.Key] : Runs(series.Key, ordinals);
        }));

    /// <summary>What a window counts from: <c>start of wet[1]</c>, <c>end of baseline</c> where there is one baseline.</summary>
    public static string Anchor(Anchor anchor, Protocol protocol) => anchor switch
    {
        Protocols.Anchor.CameTrue condition => $"the day when {condition.Condition} may come true ({Visits([condition.Earliest], protocol)})",
        Protocols.Anchor.CameTrueOn known => $"the day when {known.Condition} came true ({known.Date:uuuu'-'MM'-'dd})",
        { VisitOrNone: { } visit } => $"{(anchor is Protocols.Anchor.EndOf ? "end" : "start")} of {Visits([visit], protocol)}",
        _ => anchor.ToString()!,
    };

    /// <summary>A period: <c>12 weeks</c>.</summary>
    public static string Period(Period period) => period switch
    {
        { Months: > 0 } => Spoken.Count(period.Months, "month"),
        { Weeks: > 0 } => Spoken.Count(period.Weeks, "week"),
        _ => Spoken.Count(period.Days, "day"),
    };

    /// <summary>Days around a target: <c>3 days before to 3 days after</c>.</summary>
    public static string Leeway(Leeway leeway) => $"{Offset(leeway.From)} to {Offset(leeway.To)}";

    /// <summary><c>24 hours</c>, <c>90 minutes</c>.</summary>
    public static string Hours(int minutes) => minutes % 60 == 0 ? Spoken.Count(minutes / 60, "hour") : Spoken.Count(minutes, "minute");

    /// <summary>When visits are due: <c>rating 7 days from the start of dose, 1 day before to 1 day after (allowed: ...)</c>, or exactly so long after it.</summary>
    /// <param name="visits">The visits.</param>
    /// <param name="target">How long after the anchor.</param>
    /// <param name="anchor">What is counted from.</param>
    /// <param name="range">The ideal and the allowed time around the target.</param>
    /// <param name="say">How such a time is said.</param>
    /// <param name="protocol">The protocol.</param>
    public static string Window(
        ImmutableArray<VisitId> visits, string target, Anchor anchor, (Leeway Ideal, Leeway Allowed) range, Func<Leeway, string> say, Protocol protocol) =>
        (range.Ideal is (0, 0)
            ? $"{Visits(visits, protocol)} exactly {target} from {Anchor(anchor, protocol)}"
            : $"{Visits(visits, protocol)} {target} from {Anchor(anchor, protocol)}, {say(range.Ideal)}")
        + (range.Allowed == range.Ideal ? "" : $" (allowed: {say(range.Allowed)})");

    /// <summary>Minutes around a target: <c>4 hours before to 4 hours after</c>.</summary>
    public static string HourLeeway(Leeway leeway) => $"{Minutes(leeway.From)} to {Minutes(leeway.To)}";

    /// <summary>Minutes from a moment: <c>40 minutes after</c>, <c>30 minutes before to 10 minutes before</c>.</summary>
    public static string Minutes(int from, int to) => from == to
        ? Minutes(from)
        : $"{(from == 0 ? "0 minutes" : Minutes(from))} to {(to == 0 ? "0 minutes after" : Minutes(to))}";

    /// <summary><c>14 days, give or take 2 days</c>.</summary>
    public static string GiveOrTake(int number, int tolerance, string unit) =>
        Spoken.Count(number, unit) + (tolerance > 0 ? $", give or take {Spoken.Count(tolerance, unit)}" : "");

    private static string Minutes(int minutes) => minutes switch
    {
        0 => "at",
        < 0 => $"{Hours(-minutes)} before",
        _ => $"{Hours(minutes)} after",
    };

    private static string Offset(int days) => days switch
    {
        0 => "the day itself",
        < 0 => $"{Spoken.Count(-days, "day")} before",
        _ => $"{Spoken.Count(days, "day")} after",
    };

    /// <summary>Three or more in a row by the first and the last.</summary>
    private static IEnumerable<string> Runs(string type, int[] ordinals)
    {
        for (var i = 0; i < ordinals.Length;)
        {
            var last = i;
            while (last + 1 < ordinals.Length && ordinals[last + 1] == ordinals[last] + 1)
            {
                last++;
            }

            if (last < i + 2)
            {
                yield return new VisitId(type, ordinals[i++]).ToString();
                continue;
            }

            yield return $"{new VisitId(type, ordinals[i])} to {new VisitId(type, ordinals[last])}";
            i = last + 1;
        }
    }
}
