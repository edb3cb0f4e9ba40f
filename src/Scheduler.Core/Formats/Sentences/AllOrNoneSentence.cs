using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says which visits are placed all together or not at all.</summary>
internal static class AllOrNoneSentence
{
    public static string Of(Rule.AllOrNone rule, Protocol protocol)
    {
        if (rule.Sets is [var all])
        {
            return $"{English.Visits(all, protocol, "all")} are placed together, or {Not(rule)}.";
        }

        return HasOneNumber(rule)
            ? $"{English.Visits(rule.Sets.Select(s => s[0]), protocol)} is placed together with the {English.Join(rule.Sets[0].Skip(1).Select(v => v.Type))} of the same number, or {Not(rule)}."
            : $"These are placed together, or {Not(rule)}: {string.Join("; ", rule.Sets.Select(s => English.Visits(s, protocol)))}.";
    }

    private static string Not(Rule.AllOrNone rule) => rule.Sets.All(s => s.Length == 2) ? "neither is" : "none of them is";

    /// <summary>Whether each set has one visit of each of the same types, all with one number.</summary>
    private static bool HasOneNumber(Rule.AllOrNone rule) =>
        rule.Sets.All(s => s.Select(v => v.Type).SequenceEqual(rule.Sets[0].Select(v => v.Type)) && s.All(v => v.Ordinal == s[0].Ordinal))
        && rule.Sets[0].Select(v => v.Type).Distinct().Count() == rule.Sets[0].Length;
}
