namespace Scheduler.Core.Planning.Search;

/// <summary>On which days a course can begin as far as narrowing tells: what is known of the course is found once, and each day tried against it.</summary>
internal static class StartDays
{
    /// <summary>Whether a calendar may begin on a day, for each day of the start range; where it says no, none does.</summary>
    /// <param name="problem">The course, which may start on any of the days.</param>
    /// <param name="steps">Steps to take at most; when they are used up, what was not looked at counts as possible.</param>
    public static bool[] Possible(SearchProblem problem, long steps)
    {
        var visits = problem.Visits;
        var may = new bool[(problem.LastStart ?? problem.From) - problem.From + 1];
        var root = new SearchRoot(problem, steps);
        if (!(root.Narrow() && root.KeepPossible()))
        {
            return may;
        }

        var level = root.Days.Clone();
        var fromThen = new ulong[level.Words];
        for (var i = 0; i < may.Length; i++)
        {
            var day = problem.From + i;
            level.CopyFrom(root.Days);
            fromThen.AsSpan().Clear();
            DaySet.AddRange(fromThen, day, problem.Days - 1);
            for (var v = 0; v < visits.Length; v++)
            {
                DaySet.Intersect(level.Days(v), fromThen);
            }

            may[i] = root.Budget.IsUsedUp || (CanOpenOn(problem, level, day) && root.Narrowing.NarrowAll(level) && CanOpenOn(problem, level, day));
        }

        return may;
    }

    /// <summary>Some visit opens the course on the day; where only one can, it does.</summary>
    private static bool CanOpenOn(SearchProblem problem, Domains level, int day)
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
