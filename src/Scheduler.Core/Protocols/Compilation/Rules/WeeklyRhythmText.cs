using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>One phase of a weekly rhythm as written.</summary>
internal sealed record PhaseText(int Times, int EveryWeeks, int? Weeks, WeekKind Week, bool FewerWhereClosed);

/// <summary>How so many visits a week are written, in one phase or several, and which phases cannot be.</summary>
internal static class WeeklyRhythmText
{

    /// <summary>Reads <c>3 in each calendar week</c>, <c>1 in every 2 course weeks for 8 weeks</c> or <c>5 in each calendar week, fewer where closed</c>, or a list of such.</summary>
    public static ListShape<PhaseText> Shape { get; } = new(new ScalarShape<PhaseText>(
        "a number of visits a week such as '3 in each calendar week', '1 in every 2 course weeks for 8 weeks' or '5 in each course week, fewer where closed'", TryRead));

    /// <summary>The rhythm; null, and reported, where its phases cannot be.</summary>
    /// <param name="phases">The phases as written.</param>
    /// <param name="count">How many days the series has.</param>
    /// <param name="freeDays">Free days between one day of the series and the next, at least.</param>
    /// <param name="what">What is counted: <c>visit</c> or <c>day</c>.</param>
    /// <param name="type">The visit type.</param>
    /// <param name="bag">Receives the mistakes.</param>
    public static WeeklyRhythm? Bind(
        Located<ImmutableArray<Located<PhaseText>>> phases, int count, int freeDays, string what, string type, DiagnosticBag bag)
    {
        var wrong = phases.Value.SelectMany((p, i) => Mistakes(phases.Value, i, count, freeDays, what)).ToList();
        bag.AddRange(wrong);
        if (wrong.Count > 0)
        {
            return null;
        }

        var rhythm = new WeeklyRhythm(phases.Value[0].Value.Week, [.. phases.Value.Select(p => new WeeklyPhase(p.Value.Times, p.Value.EveryWeeks, p.Value.Weeks) { FewerWhereClosed = p.Value.FewerWhereClosed })]);
        if (rhythm.Room < count)
        {
            bag.Add(Messages.PhasesTooShort(phases.Span, rhythm.Room.Value, count, what, type));
            return null;
        }

        CheckCount(phases.Value, count, what, type, bag);
        return rhythm;
    }

    private static IEnumerable<Diagnostic> Mistakes(ImmutableArray<Located<PhaseText>> phases, int index, int count, int freeDays, string what)
    {
        var (phase, at) = phases[index];
        if (phase.Week != phases[0].Value.Week)
        {
            yield return Messages.PhaseOfOtherWeeks(at, phases[0].Span);
        }

        if (phase.Weeks is null && index < phases.Length - 1)
        {
            yield return Messages.PhaseWithoutEnd(at);
        }

        if (phase.Weeks is { } weeks && weeks % phase.EveryWeeks != 0)
        {
            yield return Messages.PhaseNotOfWholeBlocks(at, weeks, phase.EveryWeeks);
        }

        var needed = 1 + ((Math.Min(phase.Times, count) - 1) * (freeDays + 1));
        if (phase.Times > 7 * phase.EveryWeeks)
        {
            yield return Messages.MoreThanOneADay(at, phase.Times, phase.EveryWeeks);
        }
        else if (needed > 7 * phase.EveryWeeks)
        {
            yield return Messages.WeekTooShort(at, phase.Times, freeDays, needed, phase.EveryWeeks, what);
        }
    }

    /// <summary>Reports phases that come after the last visit, and a last phase that is longer than its visits.</summary>
    private static void CheckCount(ImmutableArray<Located<PhaseText>> phases, int count, string what, string type, DiagnosticBag bag)
    {
        var left = count;
        foreach (var (phase, at) in phases)
        {
            if (left <= 0)
            {
                bag.Add(Messages.PhaseNeverBegins(at, count, what, type));
                return;
            }

            var needed = phase.EveryWeeks * ((left + phase.Times - 1) / phase.Times);
            if (phase.Weeks > needed)
            {
                bag.Add(Messages.PhaseTooLong(at, phase.Weeks.Value, needed, left, what));
            }

            left -= phase.Weeks is { } weeks ? phase.Times * (weeks / phase.EveryWeeks) : left;
        }
    }

    private static bool TryRead(Phrase phrase, [MaybeNullWhen(false)] out PhaseText value)
    {
        value = null;
        var mark = phrase.Mark;
        if (!phrase.TryNumber(out var times) || times == 0)
        {
            phrase.Return(mark);
            return false;
        }

        var every = 1;
        if (phrase.TryWords("in", "every"))
        {
            mark = phrase.Mark;
            if (phrase.TryNumber(out every) ? every is 0 or > Scalars.MostWeeks : (every = 1) == 0)
            {
                phrase.Return(mark);
                return false;
            }
        }
        else if (!phrase.TryWords("in", "each"))
        {
            return false;
        }

        WeekKind? kind = phrase.TryWords("calendar") ? WeekKind.Calendar : phrase.TryWords("course") ? WeekKind.Course : null;
        if (kind is not { } week || !TryWeek(phrase))
        {
            return false;
        }

        int? weeks = null;
        if (phrase.TryWords("for"))
        {
            mark = phrase.Mark;
            if (!phrase.TryNumber(out var length) || length is 0 or > Scalars.MostWeeks)
            {
                phrase.Return(mark);
                return false;
            }

            phrase.TryWords("consecutive");
            if (!TryWeek(phrase))
            {
                return false;
            }

            weeks = length;
        }

        var more = phrase.TryComma();
        var fewer = phrase.TryWords("fewer", "where", "closed");
        if (more && !fewer)
        {
            return false;
        }

        value = new(times, every, weeks, week, fewer);
        return true;
    }

    private static bool TryWeek(Phrase phrase) => phrase.TryWords("weeks") || phrase.TryWords("week");
}
