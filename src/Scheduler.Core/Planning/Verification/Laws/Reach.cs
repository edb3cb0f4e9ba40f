using NodaTime;

namespace Scheduler.Core.Planning.Verification.Laws;

/// <summary>
/// Whether a calendar shows by itself that no visit lies later than the rules can make it. Where all visits are placed and keep every bound on days, the span between two
/// that bounds tie is at least as long as the days that lie between them: it need not be worked out for all pairs, which takes long for hundreds of visits.
/// </summary>
internal static class Reach
{
    /// <summary>Whether all visits are surely within the horizon; where this says no, the spans decide (<see cref="Spans"/>).</summary>
    public static bool IsKept(Evidence evidence)
    {
        var request = evidence.Request;
        if (evidence.Visits.Length != evidence.Calendar.Visits.Length
            || First(evidence) is not var (first, firstDate)
            || firstDate > request.LastStart
            || DaysOf(evidence) is not { } days)
        {
            return false;
        }

        var bounds = Spans.Bounds(evidence, weeks => weeks.DaysAsPlaced(evidence));
        foreach (var (from, to, most) in bounds)
        {
            if (days[to] - days[from] > most)
            {
                return false;
            }
        }

        // From the earliest visit, on the last day to start or before, the span to a visit that is not tied to it is as long as the law says.
        var tied = TiedTo(first, bounds, evidence.Count);
        for (var i = 0; i < days.Length; i++)
        {
            if (!tied[i] && evidence.At(i) is { IsFixed: false } && days[i] - days[first] > Spans.UntiedDays)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The earliest certain visit, by its place among all of the protocol's.</summary>
    private static (int Place, LocalDate Date)? First(Evidence evidence)
    {
        (int Place, LocalDate Date)? first = null;
        for (var i = 0; i < evidence.Count; i++)
        {
            if (evidence.At(i) is { Type.IsConditional: false } visit && (first is null || visit.Date < first.Value.Date))
            {
                first = (i, visit.Date);
            }
        }

        return first;
    }

    /// <summary>On which day after the request's first each visit lies; null where one is missing that the course does not go without.</summary>
    private static int[]? DaysOf(Evidence evidence)
    {
        var days = new int[evidence.Count];
        for (var i = 0; i < days.Length; i++)
        {
            if (evidence.At(i) is { } visit)
            {
                days[i] = Period.DaysBetween(evidence.Request.From, visit.Date);
            }
            else if (!evidence.IsLeftOut(evidence.Protocol.Visits[i]))
            {
                return null;
            }
        }

        return days;
    }

    /// <summary>Which visits bounds tie to one, on any way.</summary>
    private static bool[] TiedTo(int first, List<(int From, int To, int Days)> bounds, int count)
    {
        // The bounds of each visit lie side by side, those of a visit before those of the next.
        var (begin, onwards) = (new int[count + 1], new int[bounds.Count]);
        foreach (var bound in bounds)
        {
            begin[bound.From]++;
        }

        for (var i = 1; i <= count; i++)
        {
            begin[i] += begin[i - 1];
        }

        foreach (var bound in bounds)
        {
            onwards[--begin[bound.From]] = bound.To;
        }

        var tied = new bool[count];
        var open = new Stack<int>([first]);
        tied[first] = true;
        while (open.TryPop(out var visit))
        {
            for (var i = begin[visit]; i < begin[visit + 1]; i++)
            {
                if (!tied[onwards[i]])
                {
                    tied[onwards[i]] = true;
                    open.Push(onwards[i]);
                }
            }
        }

        return tied;
    }
}
