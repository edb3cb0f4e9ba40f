using System.Collections.Immutable;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>A date, or a range of dates with both ends included.</summary>
internal readonly record struct DateRange(LocalDate From, LocalDate To);

/// <summary>Hours by date: the exceptions of a resource, the dates of a patient.</summary>
internal static class DatedFormat
{
    private static readonly ScalarShape<DateRange> Range = new("a date such as '2026-12-28', or dates such as '2026-12-28 to 2027-01-02'", TryRange);

    /// <summary>Dates on which a resource has other hours.</summary>
    public static MapShape<DateRange, ImmutableArray<Located<Stretch>>> Working { get; } = new("hours by date", Range, StretchesShape.Working);

    /// <summary>Dates on which a patient has other hours.</summary>
    public static MapShape<DateRange, ImmutableArray<Located<Stretch>>> Free { get; } = new("hours by date", Range, StretchesShape.Free);

    /// <summary>Reads <c>2026-12-28</c> or <c>2026-12-28 to 2027-01-02</c>; whether the range runs forward is not its question.</summary>
    public static bool TryRange(Phrase phrase, out DateRange range)
    {
        range = default;
        if (!phrase.TryDate(out var from))
        {
            return false;
        }

        var to = from;
        if (phrase.TryWords("to") && !phrase.TryDate(out to))
        {
            return false;
        }

        range = new(from, to);
        return true;
    }

    /// <summary>The entries, in the order of the text. A range that runs backwards is reported.</summary>
    public static ImmutableArray<DatedHours> ToDatedHours(NamedEntries<DateRange, ImmutableArray<Located<Stretch>>> entries, DiagnosticBag bag)
    {
        var dated = ImmutableArray.CreateBuilder<DatedHours>();
        foreach (var entry in entries.Entries)
        {
            var (from, to) = entry.Key.Value;
            if (from > to)
            {
                bag.Add(Messages.DatesReversed(entry.Key.Span, from, to));
            }

            dated.Add(new(from, to, StretchChecks.ToHours(entry.Value.Value, bag)));
        }

        return dated.ToImmutable();
    }
}
