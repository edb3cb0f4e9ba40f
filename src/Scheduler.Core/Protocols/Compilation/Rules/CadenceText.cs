using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How a cadence is written.</summary>
internal static class CadenceText
{
    private static readonly Key<SelectorList> Of = Keys.Required("cadence of", Selectors.Group, "The series, by the id of its visit type.");

    private static readonly Key<DailyRhythm> PerDay = Keys.Optional(
        "per day", DailyRhythmText.Shape, "So many visits on each day of the series, evenly spaced; all other keys then count its days.");

    private static readonly Key<ImmutableArray<Located<PhaseText>>> PerWeek = Keys.Optional(
        "per week",
        WeeklyRhythmText.Shape,
        "So many visits in each of consecutive weeks, or phases one a line; a calendar week is Monday to Sunday, a course week seven days from the first visit. 'fewer where closed' goes round closures.");

    private static readonly Key<int> For = Keys.Optional(
        "for",
        new ScalarShape<int>(
            "a number of consecutive weeks such as '2 consecutive weeks'",
            (Phrase phrase, out int value) => phrase.TryNumber(out value) && value > 0 && (phrase.TryWords("consecutive", "weeks") || phrase.TryWords("consecutive", "week") || phrase.TryWords("weeks") || phrase.TryWords("week"))),
        "How many weeks that takes; checked against the count of the series.");

    private static readonly Key<Interval> Every = Keys.Optional(
        "every",
        new ScalarShape<Interval>("a distance such as '14 days' or '14 days, give or take 2 days'", TryInterval),
        "The distance in days from each visit to the next.");

    private static readonly Key<(int? Least, int? Most)> FreeDays = Keys.Optional(
        "free days between",
        new ScalarShape<(int? Least, int? Most)>("'at least 1', 'at most 3' or 'at least 1 and at most 3'", TryFreeDays),
        "Days without a visit of the series between one and the next.");

    private static readonly Key<Period> Within = Keys.Optional(
        "within", Scalars.Days, "The span of the whole series, the day of the first visit included.");

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a cadence", [Of, PerDay, PerWeek, For, Every, FreeDays, Within], Bind);

    private static Func<RuleHead, Names, Rule?> Bind(Fields fields, Reading reading) => (head, names) =>
    {
        var (of, perDay, perWeek, every, within) = (fields.Get(Of), fields.Find(PerDay), fields.Find(PerWeek), fields.Find(Every), fields.Find(Within));
        var free = fields.Find(FreeDays);
        if (names.Visits(of) is not { } series)
        {
            return null;
        }

        if (of.Value.Items is not [{ From: null }] || series.Length < 2)
        {
            names.Bag.Add(Messages.DifferentSeries(of.Span, of.Value.Written));
            return null;
        }

        if (perDay is null && perWeek is null && every is null && free is null && within is null)
        {
            names.Bag.Add(Messages.CadenceSaysNothing(fields.KeySpan(Of)));
            return null;
        }

        if (every is { } loose && loose.Value.Tolerance >= loose.Value.Days)
        {
            names.Bag.Add(Messages.ToleranceTooLarge(loose.Span, loose.Value.Tolerance, loose.Value.Days));
            return null;
        }

        var type = names.Type(series[0].Type)!;
        if (perDay is { } daily && !DailyRhythmText.Fits(daily, type, names.Bag))
        {
            return null;
        }

        var times = perDay?.Value.Times ?? 1;
        var (days, what) = ((series.Length + times - 1) / times, times == 1 ? "visit" : "day");
        foreach (var key in days == 1 ? new Key[] { PerWeek, Every, FreeDays, Within }.Where(fields.Has) : [])
        {
            names.Bag.Add(Messages.SeriesHasOneDay(fields.KeySpan(key), key.Name, type.Id));
        }

        var (least, most) = free?.Value ?? (null, null);
        if (least > most)
        {
            names.Bag.Add(Messages.RangeReversed(free!.Value.Span, $"{least}", $"{most}"));
        }

        WeeklyRhythm? rhythm = null;
        if (perWeek is { } phases)
        {
            rhythm = WeeklyRhythmText.Bind(phases, days, least ?? 0, what, type.Id, names.Bag);
            if (rhythm is null)
            {
                return null;
            }

            CheckWeeks(fields, phases.Value, days, what, names.Bag);
        }
        else if (fields.Has(For))
        {
            names.Bag.Add(Messages.WeeksOfNoRhythm(fields.KeySpan(For)));
        }

        var step = Math.Max((least ?? 0) + 1, every is { } interval ? interval.Value.Days - interval.Value.Tolerance : 1);
        var shortest = 1 + ((days - 1) * (long)step);
        if (within is { } span && Days(span.Value) < shortest)
        {
            names.Bag.Add(Messages.SpanTooShort(span.Span, Days(span.Value), shortest, days, what));
        }

        return new Rule.Cadence(head, series, rhythm, every?.Value, least, most, within?.Value) { PerDay = perDay?.Value };
    };

    /// <summary>Checks the weeks that the cadence as a whole states against those that its visits take.</summary>
    private static void CheckWeeks(Fields fields, ImmutableArray<Located<PhaseText>> phases, int days, string what, DiagnosticBag bag)
    {
        if (fields.Find(For) is not { } weeks)
        {
            return;
        }

        var first = phases[0].Value;
        var needed = first.EveryWeeks * ((days + first.Times - 1) / first.Times);
        if (phases.Any(p => p.Value.FewerWhereClosed))
        {
            bag.Add(Messages.WeeksDependOnClosures(fields.KeySpan(For)));
        }
        else if (phases.Length > 1 || first.Weeks is not null)
        {
            bag.Add(Messages.WeeksSaidTwice(fields.KeySpan(For)));
        }
        else if (weeks.Value != needed)
        {
            bag.Add(Messages.WeeksDoNotFitCount(weeks.Span, weeks.Value, first.Times, first.EveryWeeks, needed, days, what));
        }
    }

    private static int Days(Period period) => period.Days + (7 * period.Weeks) + (31 * period.Months);

    private static bool TryInterval(Phrase phrase, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Interval value)
    {
        value = null;
        if (!Scalars.TryDays(phrase, out var days) || days.Months > 0)
        {
            return false;
        }

        var tolerance = Period.Zero;
        phrase.TryComma();
        if (phrase.TryWords("give", "or", "take") && (!Scalars.TryDays(phrase, out tolerance) || tolerance.Months > 0))
        {
            return false;
        }

        var (distance, slack) = (Days(days), Days(tolerance!));
        value = new(distance, slack);
        return distance > 0;
    }

    private static bool TryFreeDays(Phrase phrase, out (int? Least, int? Most) value)
    {
        value = default;
        if (phrase.TryWords("at", "least"))
        {
            if (!phrase.TryNumber(out var least))
            {
                return false;
            }

            value.Least = least;
            if (!phrase.TryWords("and"))
            {
                return true;
            }
        }

        if (!phrase.TryWords("at", "most") || !phrase.TryNumber(out var most))
        {
            return false;
        }

        value.Most = most;
        return true;
    }
}
