using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says what a rule asks for in a sentence that somebody who never saw the file understands. It holds all that the rule says, but its reason.</summary>
internal static class RuleSentence
{
    /// <summary>The sentence.</summary>
    public static string Of(Rule rule, Protocol protocol) => English.Begin(rule switch
    {
        Rule.Cadence cadence => CadenceSentence.Of(cadence),
        Rule.Order order => Of(order, protocol),
        Rule.ApartDays apart => Of(apart, protocol),
        Rule.Window window => WindowSentence.Of([window], protocol),
        Rule.HourWindow window => WindowSentence.Of([window], protocol),
        Rule.SameDay same => SameDaySentence.Of(same, protocol),
        Rule.AllOrNone sets => AllOrNoneSentence.Of(sets, protocol),
        Rule.TimeOfDay times => Of(times, protocol),
        Rule.Weekdays weekdays =>
            $"{English.Visits(weekdays.Visits, protocol)} {Modal(weekdays.Strength.IsMust)} be on {English.Weekdays(weekdays.Days)}{Price(weekdays.Strength)}.",
        Rule.SamePerson person =>
            $"{English.Visits(person.Visits, protocol, "all")} {Modal(person.IsMust)} have the same person as {person.Need}.",
        Rule.DifferentPeople different =>
            $"{Sides(different.These, protocol)} {Modal(different.IsMust)} be somebody else than {Sides(different.Those, protocol)}.",
        Rule.Rotation rotation => RotationSentence.Of(rotation, protocol),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A kind of rule without a sentence here."),
    });

    /// <summary>What is written as one rule, in one sentence where its parts have one shape.</summary>
    public static string Of(WrittenRule rule, Protocol protocol) => rule.Parts[0] switch
    {
        Rule.Window when rule.Parts.OfType<Rule.Window>().ToImmutableArray() is var windows => English.Begin(WindowSentence.Of(windows, protocol)),
        Rule.HourWindow when rule.Parts.OfType<Rule.HourWindow>().ToImmutableArray() is var windows => English.Begin(WindowSentence.Of(windows, protocol)),
        Rule.SamePerson when Pairs([.. rule.Parts.OfType<Rule.SamePerson>()], protocol) is { } pairs => English.Begin(pairs),
        _ => string.Join(' ', rule.Parts.Select(p => Of(p, protocol))),
    };

    /// <summary><c>must</c> or <c>should</c>.</summary>
    public static string Modal(bool isMust) => isMust ? "must" : "should";

    private static string Price(Strength strength) => strength.Weight is { } weight ? $" (a wish; each visit that is not costs {English.Count(weight, "point")})" : "";

    /// <summary>The same person by pairs of two series, number by number; null where that is not what they are.</summary>
    private static string? Pairs(ImmutableArray<Rule.SamePerson> pairs, Protocol protocol) =>
        pairs.Length > 1 && pairs.All(p => p.Visits is [var one, var other] && one.Ordinal == other.Ordinal && one.Type == pairs[0].Visits[0].Type && other.Type == pairs[0].Visits[1].Type)
            ? $"{English.Visits(pairs.Select(p => p.Visits[0]), protocol)} {Modal(pairs[0].IsMust)} have the same person as {pairs[0].Need} as the {pairs[0].Visits[1].Type} of the same number."
            : null;

    private static string Of(Rule.Order rule, Protocol protocol)
    {
        var steps = rule.Groups.Zip(rule.Groups.Skip(1)).Select((pair, i) =>
            $"{English.Visits(pair.First, protocol)}{(i == 0 ? " must end" : "")} before {English.Visits(pair.Second, protocol, "any")} starts");
        var apart = (rule.AtLeast, rule.AtMost) switch
        {
            ({ } least, { } most) => $"; their dates lie at least {English.Period(least)} and at most {English.Period(most)} apart",
            ({ } least, null) => $"; their dates lie at least {English.Period(least)} apart",
            (null, { } most) => $"; their dates lie at most {English.Period(most)} apart",
            _ => "",
        };
        return $"{string.Join(", and ", steps)}{apart}.";
    }

    private static string Of(Rule.ApartDays rule, Protocol protocol) => rule.Groups is [var one, var other]
        ? $"{(one.Select(v => v.Type).Distinct().Count() == 1 && one.Length > 1 && one.Length == protocol.TypeOf(one[0]).Count
            ? $"{English.Visits(one, protocol, "no")} may"
            : $"{English.Visits(one, protocol)} must not")} be on the same day as {English.Visits(other, protocol, "any")}."
        : $"None of these may share a day with another: {string.Join("; ", rule.Groups.Select(g => English.Visits(g, protocol)))}.";

    private static string Of(Rule.TimeOfDay rule, Protocol protocol)
    {
        var said = new List<string>();
        if ((rule.StartsFrom, rule.StartsTo) is not (null, null))
        {
            said.Add((rule.StartsFrom, rule.StartsTo) switch
            {
                ({ } from, { } to) when from == to => $"start at {English.Clock(from)}",
                ({ } from, { } to) => $"start between {English.Clock(from)} and {English.Clock(to)}",
                ({ } from, null) => $"start at {English.Clock(from)} or later",
                (_, var to) => $"start by {English.Clock(to!.Value)}",
            });
        }

        if (rule.EndsBy is { } end)
        {
            said.Add($"end by {English.Clock(end)}");
        }

        return $"{English.Visits(rule.Visits, protocol)} {Modal(rule.Strength.IsMust)} {English.Join(said)}{Price(rule.Strength)}.";
    }

    private static string Sides(IEnumerable<VisitNeed> needs, Protocol protocol) =>
        English.Join(needs.GroupBy(n => n.Need).Select(g => $"the {g.Key} of {English.Visits(g.Select(n => n.Visit), protocol, "any")}"));
}
