using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>How hours are written: by weekday, by week A and B, and by date.</summary>
internal static class HoursText
{
    /// <summary>Stretches of a day, or a day off.</summary>
    public static ScalarShape<ImmutableArray<Hours>> OfDay { get; } = new(
        "hours such as '08:00 to 12:30, 13:00 to 17:00', or 'off'",
        (Phrase phrase, out ImmutableArray<Hours> value) =>
        {
            value = [];
            return phrase.TryWords("off") || phrase.TryWords("away") || TryHours(phrase, out value);
        });

    /// <summary>Weekdays, in every week or in one of two alternating ones.</summary>
    public static ScalarShape<(ImmutableArray<IsoDayOfWeek> Days, WeekTurn Turn)> Weekdays { get; } = new(
        "weekdays such as 'Monday to Friday' or 'Friday in week A'",
        (Phrase phrase, out (ImmutableArray<IsoDayOfWeek> Days, WeekTurn Turn) value) =>
        {
            value = default;
            if (!Scalars.TryWeekdays(phrase, out var days))
            {
                return false;
            }

            var turn = phrase.TryWords("in", "week", "A") ? WeekTurn.A : phrase.TryWords("in", "week", "B") ? WeekTurn.B : WeekTurn.Every;
            value = (days, turn);
            return true;
        });

    /// <summary>A date or a range of dates, both ends included.</summary>
    public static ScalarShape<(LocalDate From, LocalDate To)> Dates { get; } = new(
        "a date or dates such as '2026-12-24' or '2026-12-24 to 2027-01-02'",
        (Phrase phrase, out (LocalDate From, LocalDate To) value) =>
        {
            value = default;
            if (!phrase.TryDate(out var from))
            {
                return false;
            }

            var to = from;
            var fits = !phrase.TryWords("to") || phrase.TryDate(out to);
            value = (from, to);
            return fits;
        });

    /// <summary>Weekly hours as entries, made into hours by <see cref="Weekly"/>.</summary>
    public static MapShape<(ImmutableArray<IsoDayOfWeek> Days, WeekTurn Turn), ImmutableArray<Hours>> WeeklyShape { get; } =
        new("hours by weekday", Weekdays, OfDay);

    /// <summary>Dated hours as entries, made into hours by <see cref="Dated"/>.</summary>
    public static MapShape<(LocalDate From, LocalDate To), ImmutableArray<Hours>> DatedShape { get; } = new("hours by date", Dates, OfDay);

    /// <summary>The Monday of some week A.</summary>
    public static Key<LocalDate> WeekABegins { get; } = Keys.Optional("week A begins", Scalars.Date, "The Monday of some week A, where hours alternate.");

    /// <summary>Weekly hours; mistakes are reported.</summary>
    public static WeeklyHours Weekly(
        NamedEntries<(ImmutableArray<IsoDayOfWeek> Days, WeekTurn Turn), ImmutableArray<Hours>> entries, Located<LocalDate>? weekABegins, DiagnosticBag bag)
    {
        var days = ImmutableArray.CreateBuilder<WeekdayHours>();
        foreach (var (key, hours) in entries.Entries)
        {
            Check(hours, bag);
            foreach (var day in key.Value.Days)
            {
                if (days.Any(d => d.Day == day && (d.Turn == key.Value.Turn || d.Turn == WeekTurn.Every || key.Value.Turn == WeekTurn.Every)))
                {
                    bag.Add(Messages.WeekdayTwice(key.Span, day.ToString()));
                }

                days.Add(new(day, key.Value.Turn, hours.Value));
            }

            if (key.Value.Turn != WeekTurn.Every && weekABegins is null)
            {
                bag.Add(Messages.WeekAUnknown(key.Span));
            }
        }

        if (weekABegins is { } monday && monday.Value.DayOfWeek != IsoDayOfWeek.Monday)
        {
            bag.Add(Messages.WeekANotMonday(monday.Span, monday.Value.DayOfWeek.ToString()));
        }

        return new(days.ToImmutable(), weekABegins?.Value ?? new LocalDate(2024, 1, 1));
    }

    /// <summary>Dated hours; mistakes are reported.</summary>
    public static ImmutableArray<DatedHours> Dated(NamedEntries<(LocalDate From, LocalDate To), ImmutableArray<Hours>>? entries, DiagnosticBag bag)
    {
        var dated = ImmutableArray.CreateBuilder<DatedHours>();
        foreach (var (key, hours) in entries?.Entries ?? [])
        {
            Check(hours, bag);
            if (key.Value.To < key.Value.From)
            {
                bag.Add(Messages.DatesReversed(key.Span));
            }

            dated.Add(new(key.Value.From, key.Value.To, hours.Value));
        }

        return dated.ToImmutable();
    }

    private static void Check(Located<ImmutableArray<Hours>> hours, DiagnosticBag bag)
    {
        var sorted = hours.Value.OrderBy(h => h.From).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].From <= sorted[i - 1].To)
            {
                bag.Add(Messages.HoursOverlap(hours.Span, sorted[i - 1].ToString(), sorted[i].ToString()));
            }
        }
    }

    private static bool TryHours(Phrase phrase, out ImmutableArray<Hours> value)
    {
        var hours = ImmutableArray.CreateBuilder<Hours>();
        value = [];
        do
        {
            if (!Scalars.TryTimes(phrase, out var times))
            {
                return false;
            }

            hours.Add(new(times.From, times.To));
        }
        while (phrase.TryComma() || phrase.TryWords("and"));
        value = [.. hours.OrderBy(h => h.From)];
        return true;
    }
}
