using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Verification.Rules;

/// <summary>Judges what belongs on one day, and where beside each other.</summary>
internal static class SameDayJudge
{
    public static IEnumerable<Breach> Breaches(Rule.SameDay rule, Evidence evidence)
    {
        foreach (var pair in rule.Pairs)
        {
            if (evidence.Find(pair.Visit) is not { } visit)
            {
                continue;
            }

            if (evidence.Find(pair.Partner) is not { } partner)
            {
                if (!visit.IsFixed && evidence.IsGone(pair.Partner))
                {
                    yield return new([visit.Id], [], $"{visit.Id} is placed, but belongs on the day of {pair.Partner}, which is not placed.");
                }
            }
            else if (evidence.AreCompared(visit, partner) && Message(rule.Place, visit, partner) is { } message)
            {
                yield return new([visit.Id, partner.Id], [], message);
            }
        }
    }

    private static string? Message(DayPlace place, JudgedVisit visit, JudgedVisit partner) =>
        visit.Date != partner.Date
            ? $"{Wording.OnDay(visit)}, but must be on the day of {partner.Id}, {Wording.Of(partner.Date)}."
            : place switch
            {
                DayPlace.Anytime => null,
                DayPlace.Before => visit.Placed.End <= partner.Placed.Start
                    ? null
                    : $"{visit.Id} ends on {Wording.Of(visit.Placed.End)}, but must end before {partner.Id} starts, on {Wording.Of(partner.Placed.Start)}.",
                DayPlace.After => visit.Placed.Start >= partner.Placed.End
                    ? null
                    : $"{visit.Id} starts on {Wording.Of(visit.Placed.Start)}, but must not start before {partner.Id} ends, on {Wording.Of(partner.Placed.End)}.",
                DayPlace.Starts starts => Message(starts, visit, partner),
                _ => throw new ArgumentOutOfRangeException(nameof(place), place, "A place without a case here."),
            };

    private static string? Message(DayPlace.Starts place, JudgedVisit visit, JudgedVisit partner)
    {
        var moment = place.FromEnd ? Ticks.Ceiling(partner.Hours.To) : Ticks.Floor(partner.Hours.From);
        var after = Ticks.Floor(visit.Hours.From) - moment;
        return after >= place.Earliest && after <= place.Latest
            ? null
            : $"{visit.Id} starts on {Wording.Of(visit.Placed.Start)}, but must start {Minutes(place)} the {(place.FromEnd ? "end" : "start")} of {partner.Id} "
                + $"({Wording.Of(partner.Placed.Start, partner.Placed.End)}): {Range(partner.Date, moment + place.Earliest, moment + place.Latest)}.";
    }

    /// <summary>As <c>40 min after</c>, <c>30 to 60 min before</c>, <c>from 10 min before to 10 min after</c>.</summary>
    private static string Minutes(DayPlace.Starts place) => (place.Earliest, place.Latest) switch
    {
        (0, 0) => "at",
        var (least, most) when least == most => $"{Math.Abs(least)} min {(least < 0 ? "before" : "after")}",
        ( >= 0, _) => $"{place.Earliest} to {place.Latest} min after",
        (_, <= 0) => $"{-place.Latest} to {-place.Earliest} min before",
        _ => $"from {-place.Earliest} min before to {place.Latest} min after",
    };

    private static string Range(LocalDate date, int earliest, int latest)
    {
        var (from, to) = (date.AtMidnight().PlusMinutes(earliest), date.AtMidnight().PlusMinutes(latest));
        return from == to ? $"at {Wording.Clock(from)}" : $"from {Wording.Clock(from)} to {Wording.Clock(to)}";
    }
}
