using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says when a visit is due, counted in days or in hours.</summary>
internal static class WindowSentence
{
    public static string Of(Rule.Window rule, Protocol protocol) =>
        $"{English.Visits(rule.Visits, protocol)} {Due(English.Period(rule.Target), NodaTime.Period.Zero.Equals(rule.Target.Normalize()), rule.Anchor, protocol)}, "
        + Range(Days(rule.Ideal), rule.Ideal == rule.Allowed ? null : Days(rule.Allowed))
        + (rule.Weight > 0 ? $" Each day away from that day costs {English.Count(rule.Weight, "point")}." : "")
        + Otherwise(rule.Fallback, rule.Anchor, protocol);

    public static string Of(Rule.HourWindow rule, Protocol protocol) =>
        $"{English.Visits(rule.Visits, protocol)} {Due(English.Minutes(rule.TargetMinutes), rule.TargetMinutes == 0, rule.Anchor, protocol)}, "
        + Range(Hours(rule.Ideal), rule.Ideal == rule.Allowed ? null : Hours(rule.Allowed))
        + (rule.Weight > 0 ? $" Each whole hour away from that moment costs {English.Count(rule.Weight, "point")}." : "")
        + Otherwise(rule.Fallback, rule.Anchor, protocol);

    /// <summary><c>the start of wet 1</c>.</summary>
    public static string Anchor(Anchor anchor, Protocol protocol) => anchor switch
    {
        Protocols.Anchor.StartOf start => $"the start of {English.Visit(start.Visit, protocol)}",
        Protocols.Anchor.EndOf end => $"the end of {English.Visit(end.Visit, protocol)}",
        Protocols.Anchor.Enrolment => "enrolment",
        _ => throw new ArgumentOutOfRangeException(nameof(anchor), anchor, "An anchor without words here."),
    };

    private static string Days(Leeway leeway) => English.Around(leeway.From, leeway.To, n => English.Count(n, "day"), "that day", "on");

    private static string Hours(Leeway leeway) => English.Around(leeway.From, leeway.To, English.Minutes, "that moment", "at");

    private static string Due(string target, bool isZero, Anchor anchor, Protocol protocol) =>
        isZero ? $"is due at {Anchor(anchor, protocol)}" : $"is due {target} after {Anchor(anchor, protocol)}";

    private static string Range(string ideal, string? allowed) => allowed is null ? $"{ideal}." : $"ideally {ideal}, at worst {allowed}.";

    private static string Otherwise(Anchor? fallback, Anchor anchor, Protocol protocol) =>
        fallback is null ? "" : $" If {English.Visit(anchor.VisitOrNone!.Value, protocol)} was skipped, it counts from {Anchor(fallback, protocol)}.";
}
