using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>The targets of a window as written: one for all its visits, one for each in their order, or one every so often.</summary>
/// <param name="Listed">At least one; all in days, or all in hours.</param>
/// <param name="Step">How far the target of each visit after those listed is from the one before; null where none follows.</param>
internal sealed record TargetsText(ImmutableArray<TargetText> Listed, Period? Step)
{
    public static ScalarShape<TargetsText> Shape { get; } = new(
        "a number of hours, days, weeks or months such as '12 weeks' or '24 hours', one for each visit such as '3, 6 and 12 months', or 'every 3 months'", TryRead)
    {
        OtherForm = OtherForm,
    };

    /// <summary>Whether all visits have the same.</summary>
    public bool IsOne => Listed.Length == 1 && Step is null;

    /// <summary>The target of a visit by its place, from 0, among those that the window is for.</summary>
    public TargetText Of(int place)
    {
        if (IsOne || place < Listed.Length)
        {
            return Listed[IsOne ? 0 : place];
        }

        // In one go from the anchor: the last of a month would stay clipped if each counted from the one before.
        var (last, steps) = (Listed[^1].Days!, place - Listed.Length + 1);
        return new(
            new PeriodBuilder { Months = last.Months + (steps * Step!.Months), Weeks = last.Weeks + (steps * Step.Weeks), Days = last.Days + (steps * Step.Days) }.Build(), 0);
    }

    /// <summary>Reports what keeps these from being the targets of so many visits.</summary>
    public bool Fit(ImmutableArray<VisitId> visits, SourceSpan at, DiagnosticBag bag)
    {
        var wrong =
            !IsOne && (Step is null ? Listed.Length != visits.Length : Listed.Length > visits.Length) ? Messages.TargetsDoNotMatch(at, Listed.Length, visits.Length)
            : Step is { } step && Unit(step) != Unit(Listed[^1].Days!) ? Messages.TargetsDifferInUnit(at)
            : Step is not null && !Scalars.IsNear(Of(visits.Length - 1).Days!) ? Messages.TargetTooFar(at, visits[^1].ToString())
            : null;
        if (wrong is not null)
        {
            bag.Add(wrong);
        }

        return wrong is null;
    }

    /// <summary>What is no target, but says what another key does: a time before the anchor, a target with its width.</summary>
    private static string? OtherForm(string text)
    {
        var words = text.Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words is [['-', >= '0' and <= '9', ..], ..] || words is [.., "before"])
        {
            return "A target lies after what it counts from. Let the later visit count from the earlier one, or write an 'order' with 'at least' and 'at most'.";
        }

        return words is [var first, "to", var second, var unit] && int.TryParse(first, out var from) && int.TryParse(second, out var to) && from < to
            ? $"A target is one time, and its width stands under 'ideal'. Write 'target: {from} {unit}' and 'ideal: {(LeewayText.NamesHours(unit) ? "on time" : "on the day")} to {to - from} {unit} after'."
            : null;
    }

    private static PeriodUnits Unit(Period period) =>
        period.Months > 0 ? PeriodUnits.Months : period.Weeks > 0 ? PeriodUnits.Weeks : PeriodUnits.Days;

    private static bool TryRead(Phrase phrase, [MaybeNullWhen(false)] out TargetsText value)
    {
        value = null;
        if (phrase.TryWords("every"))
        {
            value = Scalars.TryDays(phrase, out var each) && each != Period.Zero ? new([new(each, 0)], each) : null;
            return value is not null;
        }

        var listed = ImmutableArray.CreateBuilder<TargetText>();
        var withoutUnit = new List<int>();
        do
        {
            if (phrase.TryWords("then", "every"))
            {
                if (listed.Count == 0 || withoutUnit.Count > 0 || listed[^1].Days is null || !Scalars.TryDays(phrase, out var step) || step == Period.Zero)
                {
                    return false;
                }

                value = new(listed.ToImmutable(), step);
                return true;
            }

            // In '3, 6 and 12 months' the numbers wait for the unit of the next that has one.
            var mark = phrase.Mark;
            if (!TargetText.TryRead(phrase, out var one))
            {
                phrase.Return(mark);
                if (!phrase.TryNumber(out var number) || number > 10_000)
                {
                    return false;
                }

                withoutUnit.Add(number);
                continue;
            }

            if (withoutUnit.Count > 0 && one.Days is null)
            {
                return false;
            }

            listed.AddRange(withoutUnit.Select(n => new TargetText(InUnitOf(one.Days!, n), 0)));
            withoutUnit.Clear();
            listed.Add(one);
        }
        while (phrase.TryComma() || phrase.TryWords("and"));

        var isWhole = withoutUnit.Count == 0 && listed.DistinctBy(t => t.Days is null).Count() == 1 && listed.All(t => t.Days is not { } days || Scalars.IsNear(days));
        value = isWhole ? new(listed.ToImmutable(), null) : null;
        return isWhole;
    }

    private static Period InUnitOf(Period period, int number) => Unit(period) switch
    {
        PeriodUnits.Months => Period.FromMonths(number),
        PeriodUnits.Weeks => Period.FromWeeks(number),
        _ => Period.FromDays(number),
    };
}

/// <summary>A window's target as written: days, or minutes.</summary>
/// <param name="Days">Days, weeks or months; null where it is in hours.</param>
/// <param name="Minutes">Minutes, where it is in hours.</param>
internal sealed record TargetText(Period? Days, int Minutes)
{
    /// <summary>Reads <c>12 weeks</c> or <c>24 hours</c>.</summary>
    public static bool TryRead(Phrase phrase, [MaybeNullWhen(false)] out TargetText value)
    {
        var mark = phrase.Mark;
        if (LeewayText.TryHours(phrase, out var minutes))
        {
            value = new(null, minutes);
            return true;
        }

        phrase.Return(mark);
        value = Scalars.TryDays(phrase, out var days) ? new(days, 0) : null;
        return value is not null;
    }
}
