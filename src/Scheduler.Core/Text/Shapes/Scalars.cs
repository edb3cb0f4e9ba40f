using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduler.Core.Text.Shapes;

/// <summary>The single values that protocols, clinics and patients have in common.</summary>
public static class Scalars
{
    /// <summary>The longest time that is written in days: a little more than ten years.</summary>
    public const int MostDays = 3_700;

    /// <summary>The longest time that is written in weeks.</summary>
    public const int MostWeeks = 520;

    /// <summary>The longest time that is written in months.</summary>
    public const int MostMonths = 120;

    /// <summary>The heaviest weight of a wish.</summary>
    public const int MostWeight = 100;

    private static readonly Dictionary<string, IsoDayOfWeek> DayNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Monday"] = IsoDayOfWeek.Monday, ["Tuesday"] = IsoDayOfWeek.Tuesday, ["Wednesday"] = IsoDayOfWeek.Wednesday,
        ["Thursday"] = IsoDayOfWeek.Thursday, ["Friday"] = IsoDayOfWeek.Friday, ["Saturday"] = IsoDayOfWeek.Saturday,
        ["Sunday"] = IsoDayOfWeek.Sunday, ["Mon"] = IsoDayOfWeek.Monday, ["Tue"] = IsoDayOfWeek.Tuesday, ["Wed"] = IsoDayOfWeek.Wednesday,
        ["Thu"] = IsoDayOfWeek.Thursday, ["Fri"] = IsoDayOfWeek.Friday, ["Sat"] = IsoDayOfWeek.Saturday, ["Sun"] = IsoDayOfWeek.Sunday,
    };

    private static readonly Dictionary<string, int> MinuteUnits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["min"] = 1, ["minute"] = 1, ["minutes"] = 1, ["h"] = 60, ["hour"] = 60, ["hours"] = 60,
    };

    private static readonly Dictionary<string, Func<int, Period>> DayUnits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["day"] = Period.FromDays, ["days"] = Period.FromDays, ["week"] = Period.FromWeeks, ["weeks"] = Period.FromWeeks,
        ["month"] = Period.FromMonths, ["months"] = Period.FromMonths,
    };

    /// <summary>A duration in minutes and hours, within a longer pattern.</summary>
    public static string MinutesPattern { get; } = $"{Pattern.Number}{Pattern.Space}{Pattern.OneOf(MinuteUnits.Keys)}(?:{Pattern.Space}{Pattern.Number}{Pattern.Space}{Pattern.OneOf(MinuteUnits.Keys)})?";

    /// <summary>Weekdays, within a longer pattern.</summary>
    public static string WeekdaysPattern { get; } =
        Pattern.Several($"{Pattern.OneOf(DayNames.Keys)}(?:{Pattern.Space}{Pattern.Words("to")}{Pattern.Space}{Pattern.OneOf(DayNames.Keys)})?");

    /// <summary>Any text that is not empty.</summary>
    public static ScalarShape<string> Text { get; } = new("some text", (Phrase phrase, [MaybeNullWhen(false)] out string value) =>
    {
        value = phrase.TakeAll();
        return value.Length > 0;
    })
    { HoldsParameters = false };

    /// <summary>An id: lower-case letters and digits in groups joined by hyphens, beginning with a letter, at most 60 characters.</summary>
    public static ScalarShape<string> Id { get; } = new("a name of lower-case letters, digits and hyphens such as 'caps5-week12'", ReadId)
    {
        Pattern = Pattern.Whole("[a-z][a-z0-9]*(?:-[a-z0-9]+)*"),
        Meant = text => text.Trim().ToLowerInvariant().Replace(' ', '-').Replace('_', '-') is { Length: > 0 } id && IsId(id) ? id : null,
    };

    /// <summary>A reference to something with an id, in free spelling: whether it exists is somebody else's question.</summary>
    public static ScalarShape<string> Name { get; } = new("a name", (Phrase phrase, [MaybeNullWhen(false)] out string value) => phrase.TryAny(out value));

    /// <summary><c>yes</c> or <c>no</c> (also <c>true</c> and <c>false</c>).</summary>
    public static ScalarShape<bool> YesNo { get; } = OneOf("'yes' or 'no'", ("yes", true), ("no", false), ("true", true), ("false", false));

    /// <summary>A date.</summary>
    public static ScalarShape<LocalDate> Date { get; } = new("a date such as '2026-11-23'", (Phrase phrase, out LocalDate value) => phrase.TryDate(out value))
    {
        Pattern = Pattern.Whole(Pattern.Date),
    };

    /// <summary>A length of time in minutes, at least one and at most a day.</summary>
    public static ScalarShape<int> Minutes { get; } = new("a duration with its unit such as '40 min' or '2 h'", TryMinutes) { Pattern = Pattern.Whole(MinutesPattern) };

    /// <summary>One or more weekdays, listed or as a range: <c>Monday, Thursday</c>, <c>Monday to Friday</c>.</summary>
    public static ScalarShape<ImmutableArray<IsoDayOfWeek>> Weekdays { get; } =
        new("weekdays such as 'Monday, Thursday' or 'Monday to Friday'", TryWeekdays) { Pattern = Pattern.Whole(WeekdaysPattern) };

    /// <summary>A number of days, weeks or calendar months.</summary>
    public static ScalarShape<Period> Days { get; } = new("a number of days, weeks or months such as '12 weeks'", TryDays)
    {
        Pattern = Pattern.Whole(Pattern.Number, Pattern.OneOf(DayUnits.Keys)),
    };

    /// <summary>A whole number between two bounds, both included.</summary>
    public static ScalarShape<int> Number(int from, int to) => new(
        $"a whole number from {from} to {to}", (Phrase phrase, out int value) => phrase.TryNumber(out value) && value >= from && value <= to)
    {
        Pattern = Pattern.Whole(Pattern.Number),
        Range = (from, to),
    };

    /// <summary>One of a few words or short phrases.</summary>
    public static ScalarShape<T> OneOf<T>(string expected, params (string Name, T Value)[] choices)
    {
        var names = choices.ToDictionary(c => c.Name, c => c.Value, StringComparer.OrdinalIgnoreCase);
        return new(expected, (Phrase phrase, [MaybeNullWhen(false)] out T value) => phrase.TryOneOf(names, out value))
        {
            Pattern = Pattern.Whole(Pattern.OneOf(names.Keys)),
            Choices = [.. choices.Select(c => c.Name)],
        };
    }

    /// <summary>Reads <c>40 min</c>, <c>2 h</c> or <c>1 h 30 min</c>.</summary>
    public static bool TryMinutes(Phrase phrase, out int minutes)
    {
        minutes = 0;
        var parts = 0;
        while (parts < 2)
        {
            var mark = phrase.Mark;
            if (!phrase.TryNumber(out var amount))
            {
                break;
            }

            if (!phrase.TryOneOf(MinuteUnits, out var unit) || amount > 24 * 60)
            {
                if (parts > 0)
                {
                    phrase.Return(mark);
                }

                return parts > 0;
            }

            minutes += amount * unit;
            parts++;
        }

        return parts > 0 && minutes is > 0 and <= 24 * 60;
    }

    /// <summary>Reads <c>12 weeks</c>, <c>3 days</c> or <c>6 months</c>; at most ten years.</summary>
    public static bool TryDays(Phrase phrase, [MaybeNullWhen(false)] out Period days)
    {
        days = null;
        if (!phrase.TryNumber(out var amount) || !phrase.TryOneOf(DayUnits, out var unit))
        {
            return false;
        }

        days = unit(amount);
        return IsNear(days);
    }

    /// <summary>Whether a length is at most ten years, the longest that makes sense.</summary>
    public static bool IsNear(Period days) => days.Days <= MostDays && days.Weeks <= MostWeeks && days.Months <= MostMonths;

    /// <summary>Reads weekdays, listed or as a range, each once, in the order of the week.</summary>
    public static bool TryWeekdays(Phrase phrase, out ImmutableArray<IsoDayOfWeek> days)
    {
        var found = new SortedSet<IsoDayOfWeek>();
        days = [];
        do
        {
            if (!phrase.TryOneOf(DayNames, out var first))
            {
                return false;
            }

            var last = first;
            if (phrase.TryWords("to") && !phrase.TryOneOf(DayNames, out last))
            {
                return false;
            }

            for (var day = first; ; day = day == IsoDayOfWeek.Sunday ? IsoDayOfWeek.Monday : day + 1)
            {
                found.Add(day);
                if (day == last)
                {
                    break;
                }
            }
        }
        while (phrase.TryComma() || phrase.TryWords("and"));
        days = [.. found];
        return true;
    }

    /// <summary>Reads a stretch of a day such as <c>08:00 to 12:30</c>, in minutes from midnight; the end is exclusive and later than the start.</summary>
    public static bool TryTimes(Phrase phrase, out (int From, int To) times)
    {
        times = default;
        if (!phrase.TryTime(out var from) || !phrase.TryWords("to") || !phrase.TryTime(out var to))
        {
            return false;
        }

        times = (from, to);
        return from < to;
    }

    private static bool ReadId(Phrase phrase, [MaybeNullWhen(false)] out string value)
    {
        var mark = phrase.Mark;
        if (phrase.TryAny(out value) && IsId(value))
        {
            return true;
        }

        phrase.Return(mark);
        return false;
    }

    private static bool IsId(string text) =>
        text.Length <= 60
        && text[0] is >= 'a' and <= 'z'
        && text[^1] != '-'
        && !text.Contains("--", StringComparison.Ordinal)
        && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
