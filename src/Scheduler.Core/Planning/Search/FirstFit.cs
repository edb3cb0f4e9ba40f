namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Puts one visit after the other, in the order of their days, on the first day that is left to it and that bears it beside those before. That it finds no place says
/// nothing; where it finds one for each, there is a calendar.
/// </summary>
internal sealed class FirstFit(SearchProblem problem, DayOptions[] options, Decisions decisions, Narrowing narrowing, SharedDay sharedDays, StepBudget budget)
{
    /// <summary>So many places may turn out not to go with what is left to the others.</summary>
    private const int MostFailures = 16;

    private int failures;

    /// <summary>Whether all visits fit so. They are decided then; when not, some may be.</summary>
    /// <param name="root">The days that are left, narrowed.</param>
    public bool Holds(Domains root)
    {
        // Of visits that may be missing it is not known whether they should be.
        if (Array.Exists(problem.Visits, v => v.IsOptional))
        {
            return false;
        }

        var (level, next) = (root.Clone(), root.Clone());
        foreach (var visit in problem.InOrder.OrderBy(v => problem.Visits[v].Fixed is null))
        {
            if (!Places(visit, level, next))
            {
                return false;
            }

            (level, next) = (next, level);
        }

        return true;
    }

    /// <summary>Places a visit, and says in <paramref name="next"/> what that leaves. A day of its own bears it more likely, and is sooner planned.</summary>
    private bool Places(int visit, Domains level, Domains next) => Places(visit, level, next, alone: true) || Places(visit, level, next, alone: false);

    private bool Places(int visit, Domains level, Domains next, bool alone)
    {
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0 && failures <= MostFailures; d = DaySet.Next(level.Days(visit), d + 1))
        {
            if (alone != Array.IndexOf(decisions.Day, d) < 0)
            {
                continue;
            }

            for (var c = DaySet.Next(level.Crews(visit), 0); c >= 0 && failures <= MostFailures; c = DaySet.Next(level.Crews(visit), c + 1))
            {
                if ((problem.Visits[visit].Fixed is null && !options[visit].Exists(c, d)) || !budget.Spend())
                {
                    continue;
                }

                decisions.Place(visit, d, c);
                if (Narrows(visit, d, c, level, next) && IsPlanned(visit))
                {
                    return true;
                }

                decisions.Undo(decisions.Placed.Count - 1);
                failures++;
            }
        }

        return false;
    }

    private bool Narrows(int visit, int day, int crew, Domains level, Domains next)
    {
        next.CopyFrom(level);
        next.Days(visit).Clear();
        next.Crews(visit).Clear();
        DaySet.Add(next.Days(visit), day);
        DaySet.Add(next.Crews(visit), crew);
        return narrowing.NarrowFrom(next, visit);
    }

    private bool IsPlanned(int visit)
    {
        var members = decisions.Together(visit, without: null);
        return (members.Length == 1 && problem.Visits[visit].Fixed is null) || sharedDays.Plan(members) is not null;
    }
}
