using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Core.Diagnostics;
using Scheduler.Core.Text.Shapes;

namespace Scheduler.Core.Clinics.Compilation;

/// <summary>The key of weekly hours: <c>Monday to Friday</c>, <c>Friday in week A</c>, <c>every day</c>.</summary>
internal sealed record WeekdayKey(ImmutableArray<IsoDayOfWeek> Days, WeekTurn Turn);

/// <summary>Hours by weekday, every week or by turn.</summary>
internal static class WeeklyFormat
{
    /// <summary>A Monday for hours that do not alternate: which one makes no difference.</summary>
    private static readonly LocalDate AnyMonday = WeeklyHours.Always.WeekABegins;

    private static readonly Dictionary<string, WeekTurn> Turns = new(StringComparer.OrdinalIgnoreCase) { ["A"] = WeekTurn.A, ["B"] = WeekTurn.B };

    private static readonly ScalarShape<WeekdayKey> Weekday = new("weekdays such as 'Monday to Thursday', 'Friday in week A' or 'every day'", TryWeekday);

    /// <summary>Weekly hours of a clinic or a resource.</summary>
    public static MapShape<WeekdayKey, ImmutableArray<Located<Stretch>>> Working { get; } = new("hours by weekday", Weekday, StretchesShape.Working);

    /// <summary>Weekly hours of a patient.</summary>
    public static MapShape<WeekdayKey, ImmutableArray<Located<Stretch>>> Free { get; } = new("hours by weekday", Weekday, StretchesShape.Free);

    /// <summary>The key that says which weeks are A.</summary>
    public static Key<LocalDate> WeekABegins { get; } = Keys.Optional(
        "week A begins", Scalars.Date, "The Monday of some week A; weeks A and B alternate from there in both directions.");

    /// <summary>The hours, checked: each weekday once, either every week or by turn, and turns with a week A to count from.</summary>
    /// <param name="entries">What was read.</param>
    /// <param name="begins">What the same mapping says about week A.</param>
    /// <param name="inherited">What a mapping around it says, which holds where this one is silent.</param>
    /// <param name="bag">Receives the mistakes.</param>
    public static WeeklyHours ToWeeklyHours(
        NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>> entries, Located<LocalDate>? begins, LocalDate? inherited, DiagnosticBag bag)
    {
        var seen = new Dictionary<(IsoDayOfWeek Day, WeekTurn Turn), SourceSpan>();
        var days = ImmutableArray.CreateBuilder<WeekdayHours>();
        foreach (var entry in entries.Entries)
        {
            var (weekdays, turn) = entry.Key.Value;
            var hours = StretchChecks.ToHours(entry.Value.Value, bag);
            foreach (var day in weekdays)
            {
                if (seen.TryGetValue((day, turn), out var first))
                {
                    bag.Add(Messages.WeekdayTwice(entry.Key.Span, day, turn == WeekTurn.Every ? null : turn.ToString(), first));
                }
                else if (FindOtherRhythm(seen, day, turn) is { } other)
                {
                    bag.Add(Messages.WeekdayInTwoRhythms(entry.Key.Span, day, other));
                }
                else
                {
                    seen.Add((day, turn), entry.Key.Span);
                    days.Add(new(day, turn, hours));
                }
            }
        }

        CheckTurns(entries, begins, inherited, bag);
        var monday = begins?.Value ?? inherited ?? AnyMonday;
        return new(days.ToImmutable(), monday);
    }

    /// <summary>Reports a week A that does not begin on a Monday.</summary>
    public static void CheckMonday(Located<LocalDate>? begins, DiagnosticBag bag)
    {
        if (begins is { } located && located.Value.DayOfWeek != IsoDayOfWeek.Monday)
        {
            bag.Add(Messages.WeekANotMonday(located.Span, located.Value, located.Value.Previous(IsoDayOfWeek.Monday)));
        }
    }

    private static void CheckTurns(
        NamedEntries<WeekdayKey, ImmutableArray<Located<Stretch>>> entries, Located<LocalDate>? begins, LocalDate? inherited, DiagnosticBag bag)
    {
        CheckMonday(begins, bag);
        var byTurn = entries.Entries.Where(e => e.Key.Value.Turn != WeekTurn.Every).Select(e => (SourceSpan?)e.Key.Span).FirstOrDefault();
        if (byTurn is { } span && begins is null && inherited is null)
        {
            bag.Add(Messages.WeekAUnknown(span));
        }
        else if (byTurn is null && begins is { } unused)
        {
            bag.Add(Messages.WeekANotUsed(unused.Span));
        }
    }

    private static SourceSpan? FindOtherRhythm(Dictionary<(IsoDayOfWeek Day, WeekTurn Turn), SourceSpan> seen, IsoDayOfWeek day, WeekTurn turn)
    {
        foreach (var rhythm in turn == WeekTurn.Every ? [WeekTurn.A, WeekTurn.B] : new[] { WeekTurn.Every })
        {
            if (seen.TryGetValue((day, rhythm), out var span))
            {
                return span;
            }
        }

        return null;
    }

    private static bool TryWeekday(Phrase phrase, [MaybeNullWhen(false)] out WeekdayKey key)
    {
        key = null;
        var days = ImmutableArray.CreateRange(Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d));
        if (!phrase.TryWords("every", "day") && !Scalars.TryWeekdays(phrase, out days))
        {
            return false;
        }

        var turn = WeekTurn.Every;
        if (phrase.TryWords("in", "week") && !phrase.TryOneOf(Turns, out turn))
        {
            return false;
        }

        key = new(days, turn);
        return true;
    }
}
