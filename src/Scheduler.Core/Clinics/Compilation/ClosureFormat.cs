using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>
/// When a clinic is closed: <c>2026-11-26</c>, <c>2026-12-24 from 12:00</c>, <c>2027-08-02 to 2027-08-13</c>, <c>every 12-25</c>.
/// The closure that is made has no name yet.
/// </summary>
internal sealed class ClosureShape : Shape<Closure>
{
    /// <summary>A leap year, so that 29 February is a date of it.</summary>
    private const int SomeLeapYear = 2024;

    private static readonly ScalarShape<Words> Phrasing = new(
        "a date such as '2026-11-26', '2026-12-24 from 12:00', '2027-08-02 to 2027-08-13' or 'every 12-25'", TryWords);

    /// <inheritdoc />
    public override string Expected => Phrasing.Expected;

    /// <inheritdoc />
    public override Outline Outline => Phrasing.Outline;

    /// <inheritdoc />
    public override bool TryRead(SyntaxNode node, Reading reading, [MaybeNullWhen(false)] out Closure value)
    {
        value = null;
        if (!Phrasing.TryRead(node, reading, out var words))
        {
            return false;
        }

        if (words.From >= words.To)
        {
            reading.Bag.Add(Messages.HoursReversed(node.Span, words.From, words.To));
            return false;
        }

        var hours = new Hours(words.From, words.To);
        if (!words.Yearly)
        {
            if (words.Dates.From > words.Dates.To)
            {
                reading.Bag.Add(Messages.DatesReversed(node.Span, words.Dates.From, words.Dates.To));
                return false;
            }

            value = new("", words.Dates.From, words.Dates.To, hours, Yearly: false);
            return true;
        }

        if (words.Month is < 1 or > 12 || words.Day < 1 || words.Day > CalendarSystem.Iso.GetDaysInMonth(SomeLeapYear, words.Month))
        {
            reading.Bag.Add(Messages.NoSuchYearlyDate(node.Span, words.Month, words.Day));
            return false;
        }

        if (words is { Month: 2, Day: 29 })
        {
            reading.Bag.Add(Messages.YearlyLeapDay(node.Span));
        }

        var date = new LocalDate(SomeLeapYear, words.Month, words.Day);
        value = new("", date, date, hours, Yearly: true);
        return true;
    }

    private static bool TryWords(Phrase phrase, out Words words)
    {
        words = new(default, Yearly: false, 0, 0, 0, Hours.MinutesPerDay);
        if (phrase.TryWords("every"))
        {
            var mark = phrase.Mark;
            if (!phrase.TryAny(out var monthDay) || !TryMonthDay(monthDay, out var month, out var day))
            {
                phrase.Return(mark);
                return false;
            }

            words = words with { Yearly = true, Month = month, Day = day };
        }
        else if (DatedFormat.TryRange(phrase, out var dates))
        {
            words = words with { Dates = dates };
        }
        else
        {
            return false;
        }

        return TryTimes(phrase, ref words);
    }

    /// <summary>Reads what may follow the day: <c>from 13:00</c>, <c>from 13:00 to 15:00</c> or <c>until 12:00</c>.</summary>
    private static bool TryTimes(Phrase phrase, ref Words words)
    {
        var (from, to) = (0, Hours.MinutesPerDay);
        if (phrase.TryWords("until"))
        {
            if (!phrase.TryTime(out to))
            {
                return false;
            }
        }
        else if (phrase.TryWords("from"))
        {
            if (!phrase.TryTime(out from) || (phrase.TryWords("to") && !phrase.TryTime(out to)))
            {
                return false;
            }
        }

        words = words with { From = from, To = to };
        return true;
    }

    private static bool TryMonthDay(string word, out int month, out int day)
    {
        month = day = 0;
        return word.Split('-') is [{ Length: 2 } first, { Length: 2 } second]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out month)
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out day);
    }

    private readonly record struct Words(DateRange Dates, bool Yearly, int Month, int Day, int From, int To);
}
