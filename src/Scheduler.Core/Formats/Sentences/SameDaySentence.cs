using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says what belongs on one day, and where on it.</summary>
internal static class SameDaySentence
{
    public static string Of(Rule.SameDay rule, Protocol protocol) =>
        $"{English.Visits(rule.Pairs.Select(p => p.Visit), protocol)} must be on the day of {Partner(rule, protocol)}{Of(rule.Place)}.";

    private static string Partner(Rule.SameDay rule, Protocol protocol)
    {
        var partners = rule.Pairs.Select(p => p.Partner).Distinct().ToList();
        if (partners.Count == 1)
        {
            return English.Visit(partners[0], protocol);
        }

        var types = rule.Pairs.Select(p => (p.Visit.Type, Partner: p.Partner.Type)).Distinct().ToList();
        return types.Count == 1 && rule.Pairs.All(p => p.Visit.Ordinal == p.Partner.Ordinal)
            ? $"the {types[0].Partner} visit with the same number"
            : English.Join(rule.Pairs.Select(p => $"{English.Visit(p.Partner, protocol)} (for {English.Visit(p.Visit, protocol)})"));
    }

    private static string Of(DayPlace place) => place switch
    {
        DayPlace.Anytime => ", at any time at which the two do not overlap",
        DayPlace.Before => ", and end before it starts",
        DayPlace.After => ", and start after it has ended",
        DayPlace.Starts { Earliest: 0, Latest: 0 } starts => $", and start as it {(starts.FromEnd ? "ends" : "starts")}",
        DayPlace.Starts starts => $", and start {English.Around(starts.Earliest, starts.Latest, n => $"{n} min", starts.FromEnd ? "its end" : "its start", "at")}",
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "A place without words here."),
    };
}
