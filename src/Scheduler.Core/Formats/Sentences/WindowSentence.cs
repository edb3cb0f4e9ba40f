using System.Collections.Immutable;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says when visits are due, counted in days or in hours. What is written as one rule is one sentence, however many targets and anchors it has.</summary>
internal static class WindowSentence
{
    /// <summary>The sentence of a window counted in days.</summary>
    /// <param name="parts">At least one; all are parts of one rule.</param>
    /// <param name="protocol">The protocol.</param>
    public static string Of(ImmutableArray<Rule.Window> parts, Protocol protocol) => Of(
        [.. parts.Select(p => new Due(p.Visits, English.Amount(p.Target), p.Anchor, p.Fallback))],
        Range(parts[0].Ideal, parts[0].Allowed, l => English.Around(l.From, l.To, n => English.Count(n, "day"), "that day", "on")),
        parts[0].Weight > 0 ? $" Each day away from that day costs {English.Count(parts[0].Weight, "point")}." : "",
        protocol);

    /// <summary>The sentence of a window counted in hours.</summary>
    /// <param name="parts">At least one; all are parts of one rule.</param>
    /// <param name="protocol">The protocol.</param>
    public static string Of(ImmutableArray<Rule.HourWindow> parts, Protocol protocol) => Of(
        [.. parts.Select(p => new Due(p.Visits, English.Amount(p.TargetMinutes), p.Anchor, p.Fallback))],
        Range(parts[0].Ideal, parts[0].Allowed, l => English.Around(l.From, l.To, English.Minutes, "that moment", "at")),
        parts[0].Weight > 0 ? $" Each whole hour away from that moment costs {English.Count(parts[0].Weight, "point")}." : "",
        protocol);

    /// <summary>What visits count from: <c>the start of wet 1</c>, <c>the start of the infusion visit with the same number</c>.</summary>
    /// <param name="counted">Each visit with what it counts from; at least one.</param>
    /// <param name="protocol">The protocol.</param>
    public static string Anchors(IReadOnlyList<(VisitId Visit, Anchor Anchor)> counted, Protocol protocol)
    {
        if (counted.Select(c => c.Anchor).Distinct().Count() == 1)
        {
            return Anchor(counted[0].Anchor, counted[0].Visit, protocol);
        }

        var types = counted.Select(c => (c.Visit.Type, Anchor: c.Anchor.GetType(), From: c.Anchor.VisitOrNone?.Type)).Distinct().ToList();
        var ahead = counted.Select(c => c.Visit.Ordinal - c.Anchor.VisitOrNone?.Ordinal).Distinct().ToList();
        var side = counted[0].Anchor is Protocols.Anchor.EndOf ? "the end of" : "the start of";
        return (types, ahead) switch
        {
            ([{ From: { } from }], [0]) => $"{side} the {from} visit with the same number",
            ([var (type, _, from)], [1]) when from == type => $"{side} the one before",
            ([{ From: { } }], _) => $"{side} {English.Visits(counted.Select(c => c.Anchor.VisitOrNone!.Value), protocol)} (each from its own, in this order)",
            _ => English.Join(counted.Select(c => $"{Anchor(c.Anchor, c.Visit, protocol)} (for {English.Visit(c.Visit, protocol)})")),
        };
    }

    private static string Anchor(Anchor anchor, VisitId visit, Protocol protocol) => anchor switch
    {
        Protocols.Anchor.StartOf start => $"the start of {Counted(start.Visit, visit, protocol)}",
        Protocols.Anchor.EndOf end => $"the end of {Counted(end.Visit, visit, protocol)}",
        Protocols.Anchor.Enrolment => "enrolment",
        Protocols.Anchor.CameTrue condition => $"the day on which {condition.Condition} came true",
        Protocols.Anchor.CameTrueOn known => $"{Texts.Date(known.Date)}, the day on which {known.Condition} came true",
        _ => throw new ArgumentOutOfRangeException(nameof(anchor), anchor, "An anchor without words here."),
    };

    /// <summary>
    /// A visit that another counts from. Where its series may end early and the other goes on, it is the last that is held: whoever reads of the sixth
    /// would wait for a visit that never comes.
    /// </summary>
    private static string Counted(VisitId counted, VisitId visit, Protocol protocol)
    {
        var (type, name) = (protocol.TypeOf(counted), English.Visit(counted, protocol));
        return type.Until is null || type.Count == 1 || visit.Type == counted.Type ? name
            : counted.Ordinal == type.Count ? $"the last {type.Id} that is held ({name} if all are)"
            : $"{name} (the last {type.Id} that is held, if the series ends before)";
    }

    private static string Of(ImmutableArray<Due> dues, string range, string price, Protocol protocol)
    {
        var isOneTarget = dues.Select(d => d.Target).Distinct().Count() == 1;
        var visits = English.Are(dues.SelectMany(d => d.Visits), protocol, isOneTarget ? "each" : "all");
        var anchors = Anchors([.. dues.SelectMany(d => d.Visits.Select(v => (v, d.Anchor)))], protocol);
        var when = !isOneTarget ? $"{Targets([.. dues.Select(d => d.Target)])} after {anchors}, {(dues.Length > 2 ? "one by one in this order" : "in this order")}, each"
            : dues[0].Target.Number == 0 ? $"{(dues[0].Anchor is Protocols.Anchor.CameTrue ? "on" : "at")} {anchors},"
            : $"{English.Count(dues[0].Target)} after {anchors},";
        return $"{visits} due {when} {range}.{price}{Otherwise(dues, protocol)}{Beforehand(dues[0].Anchor, protocol)}";
    }

    private static string Range(Leeway ideal, Leeway allowed, Func<Leeway, string> say) => ideal == allowed ? say(ideal) : $"ideally {say(ideal)}, at worst {say(allowed)}";

    /// <summary><c>1, 3 and 6 months</c>: a unit that all have is said once, and what is evenly far apart is not listed one by one.</summary>
    private static string Targets(IReadOnlyList<(int Number, string Unit)> targets)
    {
        var unit = targets[^1].Unit;
        if (targets.Any(t => t.Unit != unit))
        {
            return English.Join(targets.Select(English.Count));
        }

        var steps = targets.Zip(targets.Skip(1), (a, b) => b.Number - a.Number).Distinct().ToList();
        return targets.Count > 4 && steps is [> 0 and var step]
            ? $"every {(step == 1 ? unit : English.Count((step, unit)))} from {targets[0].Number} to {English.Count(targets[^1])}"
            : targets.Count > 4 && unit == "day" && steps.TrueForAll(s => s > 0)
            ? $"on days {English.Ordinals([.. targets.Select(t => t.Number)])}"
            : $"{English.Join(targets.Take(targets.Count - 1).Select(t => $"{t.Number}").Append(English.Count(targets[^1])))}";
    }

    private static string Beforehand(Anchor anchor, Protocol protocol)
    {
        if (anchor is not Protocols.Anchor.CameTrue condition)
        {
            return "";
        }

        var isLast = condition.Earliest == condition.Judges[^1];
        return $" Until that is known, the plan counts from {English.Visit(condition.Earliest, protocol)}, {(isLast ? "which can tell." : "the first visit that can tell; where it does not come true there, from the next.")}";
    }

    private static string Otherwise(ImmutableArray<Due> dues, Protocol protocol)
    {
        if (dues.Any(d => d.Fallback is null))
        {
            return "";
        }

        var skipped = dues.Select(d => d.Anchor.VisitOrNone).Distinct().ToList() is [{ } one] ? English.Visit(one, protocol) : "what one counts from";
        return $" If {skipped} was skipped, it counts from {Anchors([.. dues.SelectMany(d => d.Visits.Select(v => (v, d.Fallback!)))], protocol)}.";
    }

    /// <summary>Some visits with the target that they have in common, so many of a unit after their anchor.</summary>
    private sealed record Due(ImmutableArray<VisitId> Visits, (int Number, string Unit) Target, Anchor Anchor, Anchor? Fallback);
}
