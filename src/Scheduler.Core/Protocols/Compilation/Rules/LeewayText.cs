using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>Time around a window's target as written.</summary>
/// <param name="Leeway">In days or in minutes.</param>
/// <param name="InHours">Whether it is in minutes; null where it names no length and is both.</param>
/// <param name="Turned">The same with its ends swapped, for an author who wrote it backwards.</param>
internal sealed record LeewayText(Leeway Leeway, bool? InHours, string Turned)
{
    /// <summary>The longest window in hours: four weeks.</summary>
    public const int MostHours = 28 * 24;

    private const int MostHoursRead = 10_000;

    public static ScalarShape<LeewayText> Shape { get; } = new(
        "days or hours around the target such as '3 days before to 3 days after' or '4 hours before to 4 hours after'", TryRead);

    /// <summary>Reads <c>24 hours</c>, <c>90 min</c> or <c>1 h 30 min</c>, in minutes.</summary>
    public static bool TryHours(Phrase phrase, out int minutes)
    {
        var mark = phrase.Mark;
        if (phrase.TryNumber(out var hours) && (hours == 0 || hours > 24) && hours <= MostHoursRead
            && (phrase.TryWords("hours") || phrase.TryWords("hour") || phrase.TryWords("h")))
        {
            minutes = 60 * hours;
            return true;
        }

        phrase.Return(mark);
        return Scalars.TryMinutes(phrase, out minutes);
    }

    /// <summary>Whether a word is a unit of hours or minutes.</summary>
    public static bool NamesHours(string unit) => Scalars.Minutes.TryParse($"1 {unit}", out _);

    private static bool TryRead(Phrase phrase, [MaybeNullWhen(false)] out LeewayText value)
    {
        value = null;
        if (!TryOffset(phrase, out var from, out var inHours))
        {
            return false;
        }

        var (to, same, first, second) = (from, inHours, phrase.Text[..phrase.Rest.Offset].Trim(), "");
        if (phrase.TryWords("to"))
        {
            var (mark, offset) = (phrase.Mark, phrase.Rest.Offset);
            if (!TryOffset(phrase, out to, out same))
            {
                return false;
            }

            if (inHours is { } unit && same is { } other && unit != other)
            {
                phrase.Return(mark);
                return false;
            }

            second = phrase.Text[offset..].Trim();
        }

        value = new(new(from, to), inHours ?? same, $"{second} to {first}");
        return true;
    }

    private static bool TryOffset(Phrase phrase, out int offset, out bool? inHours)
    {
        (offset, inHours) = (0, null);
        if (phrase.TryWords("on", "time"))
        {
            return true;
        }

        if (phrase.TryWords("on", "the", "day") || phrase.TryWords("the", "day", "itself"))
        {
            inHours = false;
            return true;
        }

        var mark = phrase.Mark;
        if (TryHours(phrase, out offset))
        {
            inHours = true;
        }
        else
        {
            phrase.Return(mark);
            if (!Scalars.TryDays(phrase, out var period) || period.Months > 0)
            {
                return false;
            }

            (offset, inHours) = (period.Days + (7 * period.Weeks), false);
        }

        if (phrase.TryWords("before"))
        {
            offset = -offset;
            return true;
        }

        return phrase.TryWords("after");
    }
}
