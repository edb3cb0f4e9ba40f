namespace Scheduler.Core.Planning.Search;

/// <summary>
/// What a patient notices of a calendar: the day on which treatment starts, the weekdays on which visits of each treatment lie, and the
/// people to whom rules tie the treatment. Proposals differ in at least one of them. In a course without treatment visits, all visits count.
/// </summary>
internal sealed class Impression
{
    private readonly SearchProblem problem;
    private readonly int[] days;
    private readonly string?[] people;
    private readonly Dictionary<string, int[]> weekdays = new(StringComparer.Ordinal);
    private readonly int firstDay = int.MaxValue;

    private Impression(SearchProblem problem, int[] days, Func<int, int[]> resourcesOf)
    {
        (this.problem, this.days, people) = (problem, days, new string?[days.Length]);
        for (var v = 0; v < days.Length; v++)
        {
            if (days[v] >= 0 && IsNoticed(problem, v))
            {
                firstDay = Math.Min(firstDay, days[v]);
                CountsOf(problem.Visits[v].Id.Type)[WeekdayOf(days[v])]++;
                people[v] = string.Join(' ', resourcesOf(v).Where((_, n) => problem.Visits[v].Class.Tied[n]));
            }
        }
    }

    /// <summary>The impression that a solution makes.</summary>
    public static Impression Of(SearchProblem problem, Solution solution) => new(problem, solution.Days, v => solution.Options[v]!.Resources);

    /// <summary>The impression that the visits decided so far make.</summary>
    public static Impression Of(SearchProblem problem, Decisions decisions) =>
        new(problem, [.. decisions.Day], v => problem.Visits[v].Class.Crews[decisions.Crew[v]].Resources);

    /// <summary>Whether a visit counts.</summary>
    public static bool IsNoticed(SearchProblem problem, int visit) =>
        problem.Visits[visit].IsTreatment || !Array.Exists(problem.Visits, v => v.IsTreatment);

    /// <summary>Whether a patient would take both for the same.</summary>
    public bool IsLike(Impression other) =>
        firstDay == other.firstDay
        && people.AsSpan().SequenceEqual(other.people)
        && weekdays.Count == other.weekdays.Count
        && weekdays.All(series => other.weekdays.TryGetValue(series.Key, out var counts) && series.Value.AsSpan().SequenceEqual(counts));

    /// <summary>Whether a calendar that begins with the visits of this one, and goes on whatever way, makes another impression than a whole one.</summary>
    public bool CannotBecome(Impression whole) =>
        firstDay < whole.firstDay
        || weekdays.Any(series => !whole.weekdays.TryGetValue(series.Key, out var counts) || series.Value.Where((n, day) => n > counts[day]).Any())
        || Enumerable.Range(0, days.Length).Any(v => people[v] is { } mine && whole.people[v] is { } theirs && !string.Equals(mine, theirs, StringComparison.Ordinal));

    /// <summary>Adds what of this impression tells how it may go on: the first day and the weekdays.</summary>
    public void AddTo(List<ulong> key)
    {
        key.Add((ulong)(uint)firstDay);
        foreach (var series in weekdays.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            key.Add(series.Value.Aggregate(0UL, (word, n) => (word << 8) | (uint)n));
        }
    }

    private int[] CountsOf(string series)
    {
        if (!weekdays.TryGetValue(series, out var counts))
        {
            weekdays[series] = counts = new int[7];
        }

        return counts;
    }

    private int WeekdayOf(int day) => (int)problem.Origin.PlusDays(day).DayOfWeek - 1;
}
