namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Puts one visit after the other, in the order of their days, on the first day that is left to it and that bears it beside those before. That it finds no place says
/// nothing; where it finds one for each, there is a calendar.
/// </summary>
/// <param name="root">Where the search begins.</param>
internal sealed class FirstFit(SearchRoot root)
{
    /// <summary>So many places may turn out not to go with what is left to the others.</summary>
    private const int MostFailures = 16;

    /// <summary>So many visits that go together are planned; more are a puzzle that takes many steps.</summary>
    private const int MostTogether = 4;

    /// <summary>So often to begin at most: the first visit is put on a later day each time, the next, two days behind that, four, and so on.</summary>
    public const int MostStarts = 6;

    /// <summary>Pieces of work that a place takes that is tried, what narrowing and planning take apart.</summary>
    private const int WorkOfAPlace = 64;

    private readonly SearchProblem problem = root.Problem;
    private readonly DayOptions[] options = root.Options;
    private readonly Decisions decisions = root.Decisions;
    private readonly Narrowing narrowing = root.Narrowing;
    private readonly SharedDay sharedDays = root.SharedDays;
    private readonly StepBudget budget = root.Budget;
    private readonly int[] order = [.. root.Problem.InOrder.OrderBy(v => root.Problem.Visits[v].Fixed is null)];

    /// <summary>Of visits that may be missing it is not known whether they should be; long days are puzzles.</summary>
    private bool isHopeless = root.Problem.Visits.Length == 0 || Array.Exists(root.Problem.Visits, v => v.IsOptional);

    private int failures;

    /// <summary>The last visit that found no place; below 0 where each found one.</summary>
    public int Stuck { get; private set; } = -1;

    /// <summary>Whether all visits fit so.</summary>
    /// <param name="starts">How often to begin.</param>
    public bool Holds(int starts)
    {
        var first = Array.Find(order, v => problem.Visits[v].Fixed is null);
        var level = root.Days.Clone();
        for (var start = 0; start < starts && !isHopeless; start++)
        {
            var holds = HoldsFrom(level);
            var begun = decisions.Day[first];
            decisions.Undo(0);
            if (holds || begun < 0)
            {
                return holds;
            }

            var earlier = new ulong[level.Words];
            DaySet.AddRange(earlier, 0, Math.Min(begun + (1 << start), problem.Days) - 1);
            if (problem.Visits[first].Fixed is not null || (DaySet.Subtract(level.Days(first), earlier) && DaySet.IsEmpty(level.Days(first))))
            {
                return false;
            }
        }

        return false;
    }

    private bool HoldsFrom(Domains days)
    {
        failures = 0;
        var (level, next) = (days.Clone(), days.Clone());
        foreach (var visit in order)
        {
            if (!Places(visit, level, next))
            {
                Stuck = visit;
                return false;
            }

            (level, next) = (next, level);
        }

        return problem.LastStart is not { } last || Array.Exists(order, v => problem.Visits[v].MayOpen && decisions.Day[v] <= last) || !Array.Exists(problem.Visits, v => v.MayOpen);
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
                if (!level.Possible(visit, c, d) || (problem.Visits[visit].Fixed is null && !options[visit].Exists(c, d)) || budget.IsShort)
                {
                    continue;
                }

                budget.Charge(WorkOfAPlace);

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
        if (members.Length > MostTogether)
        {
            (isHopeless, failures) = (true, MostFailures);
            return false;
        }

        return (members.Length == 1 && problem.Visits[visit].Fixed is null) || sharedDays.Plan(members) is not null;
    }
}
