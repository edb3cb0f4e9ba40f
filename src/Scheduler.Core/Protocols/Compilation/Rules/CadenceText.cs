using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;
using NodaTime;

namespace Scheduler.Core.Protocols.Compilation.Rules;

/// <summary>How a cadence is written.</summary>
internal static class CadenceText
{
    private static readonly Key<SelectorList> Of = Keys.Required("cadence of", Selectors.Group, "The series, by the id of its visit type.");

    private static readonly Key<WeeklyRhythm> PerWeek = Keys.Optional(
        "per week",
        new ScalarShape<WeeklyRhythm>(
            "a number of visits a week such as '3 in each calendar week' or '2 in each course week'",
            (Phrase phrase, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out WeeklyRhythm value) =>
            {
                value = null;
                if (!phrase.TryNumber(out var times) || times is < 1 or > 7 || !phrase.TryWords("in", "each"))
                {
                    return false;
                }

                WeekKind? kind = phrase.TryWords("calendar", "week") ? WeekKind.Calendar : phrase.TryWords("course", "week") ? WeekKind.Course : null;
                value = kind is { } week ? WeeklyRhythm.Each(times, week) : null;
                return value is not null;
            }),
        "So many visits in each of consecutive weeks; a calendar week is Monday to Sunday, a course week seven days from the first visit.");

    private static readonly Key<int> For = Keys.Optional(
        "for",
        new ScalarShape<int>(
            "a number of consecutive weeks such as '2 consecutive weeks'",
            (Phrase phrase, out int value) => phrase.TryNumber(out value) && value > 0 && (phrase.TryWords("consecutive", "weeks") || phrase.TryWords("week"))),
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

    public static MappingShape<RuleText> Shape { get; } = RuleKeys.Rule("a cadence", [Of, PerWeek, For, Every, FreeDays, Within], Bind);

    private static Func<RuleHead, Names, Rule?> Bind(Fields fields, Reading reading) => (head, names) =>
    {
        var (of, perWeek, every, within) = (fields.Get(Of), fields.Find(PerWeek), fields.Find(Every), fields.Find(Within));
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

        if (perWeek is null && every is null && free is null && within is null)
        {
            names.Bag.Add(Messages.CadenceSaysNothing(fields.KeySpan(Of)));
            return null;
        }

        if (every is { } loose && loose.Value.Tolerance >= loose.Value.Days)
        {
            names.Bag.Add(Messages.ToleranceTooLarge(loose.Span, loose.Value.Tolerance, loose.Value.Days));
            return null;
        }

        var (least, most) = free?.Value ?? (null, null);
        if (least > most)
        {
            names.Bag.Add(Messages.RangeReversed(free!.Value.Span, $"{least}", $"{most}"));
        }

        if (perWeek is { } rhythm)
        {
            var times = rhythm.Value.Phases[0].Times;
            if (fields.Find(For) is { } weeks && weeks.Value != (series.Length + times - 1) / times)
            {
                names.Bag.Add(Messages.WeeksDoNotFitCount(weeks.Span, weeks.Value, times, series.Length));
            }

            var needed = 1 + ((Math.Min(times, series.Length) - 1) * ((least ?? 0) + 1));
            if (needed > 7)
            {
                names.Bag.Add(Messages.WeekTooShort(rhythm.Span, times, least ?? 0, needed));
            }
        }

        var step = Math.Max((least ?? 0) + 1, every is { } interval ? interval.Value.Days - interval.Value.Tolerance : 1);
        var shortest = 1 + ((series.Length - 1) * step);
        if (within is { } span && Days(span.Value) < shortest)
        {
            names.Bag.Add(Messages.SpanTooShort(span.Span, Days(span.Value), shortest, series.Length));
        }

        return new Rule.Cadence(head, series, perWeek?.Value, every?.Value, least, most, within?.Value);
    };

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
