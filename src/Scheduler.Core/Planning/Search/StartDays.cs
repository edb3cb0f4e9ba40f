namespace Scheduler.Core.Planning.Search;

/// <summary>A new course on each of the days on which it may start: what is known of it from all of them is found once, and each day tried against that.</summary>
internal sealed class StartDays
{
    private readonly SearchProblem problem;
    private readonly SearchRoot root;
    private readonly bool isPossible;
    private readonly Domains level;
    private readonly ulong[] within;

    /// <summary>Narrows the days of the course.</summary>
    /// <param name="problem">The course, which may start on any of the days.</param>
    /// <param name="steps">Steps to take at most; when they are used up, what was not looked at counts as possible.</param>
    /// <param name="optionsOf">Gives the options of a class.</param>
    public StartDays(SearchProblem problem, long steps, OptionsOf optionsOf)
    {
        (this.problem, root) = (problem, new(problem, steps, optionsOf));
        isPossible = root.Narrow() && root.KeepPossible();
        (level, within) = (root.Days.Clone(), new ulong[root.Days.Words]);
    }

    /// <summary>The course that starts on one day, with the days that this leaves; null where narrowing tells that there is none.</summary>
    /// <param name="day">The day.</param>
    /// <param name="last">The last day of each visit, as far as it is known.</param>
    public SearchProblem? On(int day, int[]? last = null)
    {
        if (!isPossible)
        {
            return null;
        }

        level.CopyFrom(root.Days);
        for (var v = 0; v < problem.Visits.Length; v++)
        {
            within.AsSpan().Clear();
            DaySet.AddRange(within, day, Math.Min(problem.Days - 1, last?[v] ?? problem.Days));
            DaySet.Intersect(level.Days(v), within);
        }

        if (!root.Budget.IsUsedUp && !(CanOpenOn(day) && root.Narrowing.NarrowAll(level) && CanOpenOn(day)))
        {
            return null;
        }

        return problem with
        {
            From = day,
            LastStart = day,
            Visits = [.. problem.Visits.Select((visit, v) => visit.On([.. level.Days(v)]))],
        };
    }

    /// <summary>Some visit opens the course on the day; where only one can, it does.</summary>
    private bool CanOpenOn(int day)
    {
        var only = -1;
        for (var v = 0; v < problem.Visits.Length; v++)
        {
            if (problem.Visits[v].MayOpen && DaySet.Contains(level.Days(v), day))
            {
                if (only >= 0)
                {
                    return true;
                }

                only = v;
            }
        }

        if (only >= 0)
        {
            level.Days(only).Clear();
            DaySet.Add(level.Days(only), day);
        }

        return only >= 0;
    }
}
