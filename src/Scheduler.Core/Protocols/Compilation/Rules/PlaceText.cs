using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>A place on the day of a partner as written.</summary>
/// <param name="Place">The place.</param>
/// <param name="From">The first of two bounds as written.</param>
/// <param name="To">The second.</param>
internal sealed record PlaceText(DayPlace Place, string From, string To)
{
    public static ScalarShape<PlaceText> Shape { get; } = new(
        "a place such as 'before it', 'after it', '40 min after its start', '30 to 60 min before its start', 'at its end' or '0 to 15 min after its end'", TryRead);

    /// <summary>The place; null, and reported, where its minutes run backwards or are no whole steps of time.</summary>
    public DayPlace? Bind(SourceSpan at, DiagnosticBag bag)
    {
        if (Place is not DayPlace.Starts starts)
        {
            return Place;
        }

        if (starts.Earliest > starts.Latest)
        {
            bag.Add(Messages.PlaceReversed(at, From, To));
            return null;
        }

        foreach (var minutes in new[] { starts.Earliest, starts.Latest })
        {
            if (minutes % DailyRhythmText.Tick != 0)
            {
                bag.Add(Messages.MinutesOffTick(at, Math.Abs(minutes)));
                return null;
            }
        }

        return Place;
    }

    private static bool TryRead(Phrase phrase, [MaybeNullWhen(false)] out PlaceText value)
    {
        value = null;
        if (phrase.TryWords("any", "time") || phrase.TryWords("any", "time", "that", "day"))
        {
            value = new(new DayPlace.Anytime(), "", "");
        }
        else if (phrase.TryWords("before", "it"))
        {
            value = new(new DayPlace.Before(), "", "");
        }
        else if (phrase.TryWords("after", "it"))
        {
            value = new(new DayPlace.After(), "", "");
        }
        else if (phrase.TryWords("at", "its"))
        {
            value = TryMoment(phrase, out var fromEnd) ? new(new DayPlace.Starts(fromEnd, 0, 0), "", "") : null;
        }
        else
        {
            value = TryMinutes(phrase);
        }

        return value is not null;
    }

    /// <summary>
    /// Reads <c>40 min after its start</c>, <c>30 to 60 min before its start</c>, <c>10 min before to 20 min after its end</c>. Of two numbers
    /// before the moment the larger is the earlier, as people say <c>30 to 60 min before</c>; the other way round it is the same place.
    /// </summary>
    private static PlaceText? TryMinutes(Phrase phrase)
    {
        var mark = phrase.Mark;
        var plain = phrase.TryNumber(out var first) && first <= 24 * 60 && phrase.TryWords("to");
        if (!plain)
        {
            phrase.Return(mark);
            if (!TryLength(phrase, out first))
            {
                return null;
            }
        }

        int? direction = plain ? null : TryDirection(phrase);
        int second;
        if (plain || phrase.TryWords("to"))
        {
            if (!TryLength(phrase, out second))
            {
                return null;
            }

            if (TryDirection(phrase) is not { } last)
            {
                return null;
            }

            if (direction is null && last < 0)
            {
                (first, second) = (Math.Max(first, second), Math.Min(first, second));
            }

            (first, second) = (first * (direction ?? last), second * last);
        }
        else if (direction is { } only)
        {
            first = second = first * only;
        }
        else
        {
            return null;
        }

        return phrase.TryWords("its") && TryMoment(phrase, out var fromEnd)
            ? new(new DayPlace.Starts(fromEnd, first, second), Written(first), Written(second))
            : null;
    }

    private static bool TryLength(Phrase phrase, out int minutes)
    {
        var mark = phrase.Mark;
        if (phrase.TryNumber(out minutes) && minutes == 0 && phrase.TryWords("min"))
        {
            return true;
        }

        phrase.Return(mark);
        return Scalars.TryMinutes(phrase, out minutes);
    }

    private static int? TryDirection(Phrase phrase) => phrase.TryWords("before") ? -1 : phrase.TryWords("after") ? 1 : null;

    private static bool TryMoment(Phrase phrase, out bool fromEnd)
    {
        fromEnd = phrase.TryWords("end");
        return fromEnd || phrase.TryWords("start");
    }

    private static string Written(int minutes) => $"{Math.Abs(minutes)} min {(minutes < 0 ? "before" : "after")}";
}
