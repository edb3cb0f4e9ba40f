using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How several visits a day are written, and what no day has room for.</summary>
internal static class DailyRhythmText
{
    /// <summary>The time that planning counts in, in minutes.</summary>
    public const int Tick = 5;

    /// <summary>Reads <c>10 every 50 min, give or take 5 min</c>.</summary>
    public static ScalarShape<DailyRhythm> Shape { get; } = new("visits a day with their spacing such as '10 every 50 min' or '2 every 6 h, give or take 30 min'", TryRead);

    /// <summary>Reports what keeps a series from having so many visits on a day.</summary>
    public static bool Fits(Located<DailyRhythm> text, VisitType type, DiagnosticBag bag)
    {
        var (rhythm, at) = text;
        var wrong =
            rhythm.Times < 2 ? Messages.PerDayOnce(at, rhythm.Times)
            : rhythm.EveryMinutes % Tick != 0 ? Messages.MinutesOffTick(at, rhythm.EveryMinutes)
            : rhythm.ToleranceMinutes % Tick != 0 ? Messages.MinutesOffTick(at, rhythm.ToleranceMinutes)
            : rhythm.ToleranceMinutes >= rhythm.EveryMinutes ? Messages.ToleranceSwallowsSpacing(at, rhythm.EveryMinutes, rhythm.ToleranceMinutes)
            : rhythm.Times > type.Count ? Messages.SeriesShorterThanDay(at, rhythm.Times, type.Id, type.Count)
            : type.Visits.Chunk(rhythm.Times).Select(day => Crowded(rhythm, day, type, at)).FirstOrDefault(d => d is not null);
        if (wrong is not null)
        {
            bag.Add(wrong);
        }

        return wrong is null;
    }

    private static Diagnostic? Crowded(DailyRhythm rhythm, VisitId[] day, VisitType type, SourceSpan at)
    {
        var gap = rhythm.EveryMinutes + rhythm.ToleranceMinutes;
        var needed = 0;
        foreach (var visit in day[..^1])
        {
            var duration = type.DurationOf(visit.Ordinal);
            if (duration > gap)
            {
                return Messages.VisitsOfDayOverlap(at, visit.ToString(), duration, gap);
            }

            needed += Math.Max(rhythm.EveryMinutes - rhythm.ToleranceMinutes, duration);
        }

        needed += type.DurationOf(day[^1].Ordinal);
        var available = type.Mode == Mode.SelfReport ? Checks.LongestSelfReport : 24 * 60;
        return needed > available ? Messages.DayTooShort(at, day.Length, needed, available) : null;
    }

    private static bool TryRead(Phrase phrase, [MaybeNullWhen(false)] out DailyRhythm value)
    {
        value = null;
        if (!phrase.TryNumber(out var times) || !phrase.TryWords("every") || !Scalars.TryMinutes(phrase, out var every))
        {
            return false;
        }

        phrase.TryComma();
        var tolerance = 0;
        if (phrase.TryWords("give", "or", "take") && !Scalars.TryMinutes(phrase, out tolerance))
        {
            return false;
        }

        value = new(times, every, tolerance);
        return true;
    }
}
