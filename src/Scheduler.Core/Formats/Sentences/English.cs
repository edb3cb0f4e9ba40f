using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Formats.Sentences;

/// <summary>Says values the way people write them to each other.</summary>
internal static class English
{
    private static readonly ImmutableArray<string> OwnWords = ["the ", "each ", "all ", "no ", "none "];

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string Join(IEnumerable<string> parts, string last = "and")
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} {last} {all[^1]}";
    }

    /// <summary><c>1 day</c>, <c>3 days</c>.</summary>
    public static string Count(int number, string unit) => $"{number} {unit}{(number == 1 || unit == "min" ? "" : "s")}";

    /// <summary>The same of an <see cref="Amount(Period)"/>.</summary>
    public static string Count((int Number, string Unit) amount) => Count(amount.Number, amount.Unit);

    /// <summary>So many of which unit: <c>12</c> and <c>week</c>.</summary>
    public static (int Number, string Unit) Amount(Period period) => period switch
    {
        { Months: > 0 } => (period.Months, "month"),
        { Weeks: > 0 } => (period.Weeks, "week"),
        _ => (period.Days, "day"),
    };

    /// <summary>So many of which unit: <c>24</c> and <c>hour</c>, <c>40</c> and <c>min</c>.</summary>
    public static (int Number, string Unit) Amount(int minutes) => minutes >= 60 && minutes % 60 == 0 ? (minutes / 60, "hour") : (minutes, "min");

    /// <summary><c>12 weeks</c>.</summary>
    public static string Period(Period period) => Count(Amount(period));

    /// <summary><c>40 min</c>, <c>24 hours</c>.</summary>
    public static string Minutes(int minutes) => Count(Amount(minutes));

    /// <summary><c>08:30</c>, of minutes from midnight.</summary>
    public static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";

    /// <summary>Some visits, as what a sentence is about: <c>each infusion visit</c>, <c>wet 2 to 5</c>, <c>caps5-week12</c>.</summary>
    /// <param name="visits">The visits.</param>
    /// <param name="protocol">The protocol, which knows whether they are a whole series.</param>
    /// <param name="whole">What to put before a whole series.</param>
    /// <param name="last">What to put before the last of several series.</param>
    public static string Visits(IEnumerable<VisitId> visits, Protocol protocol, string whole = "each", string last = "and") => Join(visits.GroupBy(v => v.Type).Select(series =>
    {
        int[] ordinals = [.. series.Select(v => v.Ordinal).Distinct().Order()];
        var count = protocol.VisitTypes.First(t => t.Id == series.Key).Count;
        return count == 1 ? series.Key
            : ordinals.Length == count ? $"{whole} {series.Key} visit{(whole == "all" ? "s" : "")}"
            : $"{series.Key} {Ordinals(ordinals, last)}";
    }), last);

    /// <summary>Some visits with their verb: <c>each infusion visit is</c>, <c>wet 2 to 5 are</c>.</summary>
    public static string Are(IEnumerable<VisitId> visits, Protocol protocol, string whole = "each")
    {
        VisitId[] all = [.. visits];
        var isOne = all.Length == 1 || (whole == "each" && all.All(v => v.Type == all[0].Type) && all.Distinct().Count() == protocol.TypeOf(all[0]).Count);
        return $"{Visits(all, protocol, whole)} {(isOne ? "is" : "are")}";
    }

    /// <summary>One visit: <c>infusion 4</c>; <c>caps5-week12</c> where there is but one.</summary>
    public static string Visit(VisitId visit, Protocol protocol) => Visits([visit], protocol);

    /// <summary><c>1</c>, <c>2 to 5</c>, <c>1, 3 and 5 to 7</c>.</summary>
    public static string Ordinals(IReadOnlyList<int> sorted, string last = "and")
    {
        var runs = new List<(int From, int To)>();
        foreach (var ordinal in sorted)
        {
            if (runs.Count > 0 && runs[^1].To == ordinal - 1)
            {
                runs[^1] = (runs[^1].From, ordinal);
            }
            else
            {
                runs.Add((ordinal, ordinal));
            }
        }

        return Join(runs.Select(r => r.From == r.To ? $"{r.From}" : $"{r.From} to {r.To}"), last);
    }

    /// <summary><c>Monday, Wednesday or Friday</c>, <c>Monday to Friday</c>.</summary>
    public static string Weekdays(ImmutableArray<IsoDayOfWeek> days) =>
        days.Length > 2 && days.Zip(days.Skip(1)).All(p => p.Second == p.First + 1) ? $"{days[0]} to {days[^1]}" : Join(days.Select(d => d.ToString()), "or");

    /// <summary>A range around a moment: <c>from 3 days before that day to 3 days after it</c>.</summary>
    /// <param name="from">The first; negative before.</param>
    /// <param name="to">The last.</param>
    /// <param name="amount">Says an amount that is not negative.</param>
    /// <param name="moment">The moment: <c>that day</c>.</param>
    /// <param name="at">The word before the moment where there is no range: <c>on</c>.</param>
    public static string Around(int from, int to, Func<int, string> amount, string moment, string at)
    {
        string One(int offset, string name) => offset == 0 ? name : $"{amount(Math.Abs(offset))} {(offset < 0 ? "before" : "after")} {name}";
        return from == to ? (from == 0 ? $"exactly {at} {moment}" : $"exactly {One(from, moment)}") : $"from {One(from, moment)} to {One(to, to == 0 ? $"{moment} itself" : "it")}";
    }

    /// <summary>The first letter in upper case where a sentence begins with one of our own words; a name from the file stays as it is written.</summary>
    public static string Begin(string text) => OwnWords.Any(w => text.StartsWith(w, StringComparison.Ordinal)) ? Capital(text) : text;

    /// <summary>The first letter in upper case.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>With a full stop, unless it has an end.</summary>
    public static string Sentence(string text)
    {
        var trimmed = text.Trim();
        return trimmed.EndsWith('.') || trimmed.EndsWith('!') || trimmed.EndsWith('?') ? trimmed : trimmed + ".";
    }
}
