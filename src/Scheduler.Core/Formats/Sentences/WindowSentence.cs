using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says when a visit is due, counted in days or in hours.</summary>
internal static class WindowSentence
{
    public static string Of(Rule.Window rule, Protocol protocol) =>
        $"{English.Visits(rule.Visits, protocol)} {Due(English.Period(rule.Target), NodaTime.Period.Zero.Equals(rule.Target.Normalize()), rule.Anchor, protocol)}, "
        + Range(Days(rule.Ideal), rule.Ideal == rule.Allowed ? null : Days(rule.Allowed), "that day")
        + (rule.Weight > 0 ? $" Each day away from it costs {English.Count(rule.Weight, "point")}." : "")
        + Otherwise(rule.Fallback, rule.Anchor, protocol);

    public static string Of(Rule.HourWindow rule, Protocol protocol) =>
        $"{English.Visits(rule.Visits, protocol)} {Due(English.Minutes(rule.TargetMinutes), rule.TargetMinutes == 0, rule.Anchor, protocol)}, "
        + Range(Hours(rule.Ideal), rule.Ideal == rule.Allowed ? null : Hours(rule.Allowed), "that moment")
        + (rule.Weight > 0 ? $" Each whole hour away from it costs {English.Count(rule.Weight, "point")}." : "")
        + Otherwise(rule.Fallback, rule.Anchor, protocol);

    /// <summary><c>the start of wet 1</c>.</summary>
    public static string Anchor(Anchor anchor, Protocol protocol) => anchor switch
    {
        Protocols.Anchor.StartOf start => $"the start of {English.Visit(start.Visit, protocol)}",
        Protocols.Anchor.EndOf end => $"the end of {English.Visit(end.Visit, protocol)}",
        Protocols.Anchor.Enrolment => "enrolment",
        _ => throw new ArgumentOutOfRangeException(nameof(anchor), anchor, "An anchor without words here."),
    };

    /// <summary><c>3 days before to 3 days after</c>.</summary>
    public static string Days(Leeway leeway) => English.Around(leeway.From, leeway.To, n => English.Count(n, "day"), "on the day itself");

    /// <summary><c>4 hours before to 4 hours after</c>.</summary>
    public static string Hours(Leeway leeway) => English.Around(leeway.From, leeway.To, English.Minutes, "at the minute itself");

    private static string Due(string target, bool isZero, Anchor anchor, Protocol protocol) =>
        isZero ? $"is due at {Anchor(anchor, protocol)}" : $"is due {target} after {Anchor(anchor, protocol)}";

    private static string Range(string ideal, string? allowed, string moment) =>
        allowed is null ? $"{ideal} ({moment} is the target)." : $"ideally {ideal} and at worst {allowed} ({moment} is the target).";

    private static string Otherwise(Anchor? fallback, Anchor anchor, Protocol protocol) =>
        fallback is null ? "" : $" If {English.Visit(anchor.VisitOrNone!.Value, protocol)} was skipped, it counts from {Anchor(fallback, protocol)}.";
}
