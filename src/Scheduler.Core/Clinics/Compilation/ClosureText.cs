using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A closure as written: dates, or a day of every year, with the part of the day that is closed.</summary>
internal sealed record ClosureText(LocalDate? From, LocalDate? To, (int Month, int Day)? Yearly, Hours Hours)
{
    /// <summary>The shape of a closure.</summary>
    public static ScalarShape<ClosureText> Shape { get; } = new(
        "a date, dates or 'every 12-25', with 'from 12:00' where only part of the day is closed",
        (Phrase phrase, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out ClosureText value) =>
        {
            value = null;
            LocalDate? from = null, to = null;
            (int, int)? yearly = null;
            if (phrase.TryWords("every"))
            {
                if (!phrase.TryAny(out var word) || word.Split('-') is not [{ Length: 2 } m, { Length: 2 } d]
                    || !int.TryParse(m, out var month) || !int.TryParse(d, out var day))
                {
                    return false;
                }

                yearly = (month, day);
            }
            else if (phrase.TryDate(out var first))
            {
                (from, to) = (first, first);
                if (phrase.TryWords("to"))
                {
                    if (!phrase.TryDate(out var last))
                    {
                        return false;
                    }

                    to = last;
                }
            }
            else
            {
                return false;
            }

            var (start, end) = (0, Hours.MinutesPerDay);
            if (phrase.TryWords("from") && !phrase.TryTime(out start))
            {
                return false;
            }

            if ((phrase.TryWords("to") || phrase.TryWords("until")) && !phrase.TryTime(out end))
            {
                return false;
            }

            value = new(from, to, yearly, new(start, end));
            return start < end;
        });

    /// <summary>The closure; null where its dates make no sense, which is reported.</summary>
    public Closure? Bind(string name, SourceSpan at, DiagnosticBag bag)
    {
        if (Yearly is var (month, day))
        {
            if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(2024, month))
            {
                bag.Add(Messages.NoSuchYearlyDate(at, $"{month:00}-{day:00}"));
                return null;
            }

            if ((month, day) == (2, 29))
            {
                bag.Add(Messages.LeapDayClosure(at));
            }

            var date = new LocalDate(2024, month, day);
            return new(name, date, date, Hours, Yearly: true);
        }

        if (To < From)
        {
            bag.Add(Messages.DatesReversed(at));
            return null;
        }

        return new(name, From!.Value, To!.Value, Hours, Yearly: false);
    }
}
