namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Takes from each visit the days and crews that its relations to the others leave no room for, until nothing changes. What goes is never
/// part of a solution; what stays may still not be.
/// </summary>
internal sealed class Narrowing
{
    private readonly SearchProblem problem;
    private readonly Decisions decisions;
    private readonly DayRelation[][] relations;
    private readonly int[][] apart;
    private readonly PersonRelation[][] people;
    private readonly PricedWindow[][] windows;
    private readonly bool[,] dependsOn;
    private readonly int[][] dependants;
    private readonly int[] turn;
    private readonly ulong[] waiting;
    private readonly ulong[] reached;
    private readonly StepBudget budget;
    private readonly ulong[] persons;

    /// <summary>Sorts the problem's relations by visit.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="decisions">What is decided.</param>
    /// <param name="budget">Is charged for the work.</param>
    public Narrowing(SearchProblem problem, Decisions decisions, StepBudget budget)
    {
        (this.problem, this.decisions, this.budget) = (problem, decisions, budget);
        var n = problem.Visits.Length;
        relations = ByVisit(problem.Relations, r => (r.First, r.Second));
        apart = Others(problem.Apart, p => (p.Item1, p.Item2));
        people = ByVisit(problem.People, p => p.IsMust ? (p.First, p.Second) : (-1, -1));
        windows = ByVisit(problem.Windows, w => (w.Visit, w.Anchor));
        dependants = Others(problem.HangsOn, h => (h.Item2, h.Item1));
        dependsOn = new bool[n, n];
        foreach (var (visit, needed) in problem.HangsOn)
        {
            dependsOn[visit, needed] = true;
        }

        turn = new int[n];
        for (var i = 0; i < n; i++)
        {
            turn[problem.InOrder[i]] = i;
        }

        waiting = new ulong[DaySet.Words(n)];
        reached = new ulong[DaySet.Words(problem.Days)];
        persons = new ulong[DaySet.Words(1 + problem.Availability.Resources.Count)];
    }

    /// <summary>The windows that a visit has or anchors.</summary>
    public PricedWindow[] WindowsOf(int visit) => windows[visit];

    /// <summary>Whether a visit's day has a price beyond its weekday.</summary>
    public bool IsPriced(int visit) => windows[visit].Length > 0;

    /// <summary>Narrows everything. False when a visit that is needed has no day left.</summary>
    public bool NarrowAll(Domains domains)
    {
        for (var v = 0; v < problem.Visits.Length; v++)
        {
            Wait(v);
        }

        return Settle(domains);
    }

    /// <summary>Narrows what a decision about one visit touches. False when a visit that is needed has no day left.</summary>
    public bool NarrowFrom(Domains domains, int visit)
    {
        Wait(visit);
        return Settle(domains);
    }

    /// <summary>Narrows what changes of some visits touch. False when a visit that is needed has no day left.</summary>
    public bool NarrowFrom(Domains domains, IEnumerable<int> some)
    {
        foreach (var visit in some)
        {
            Wait(visit);
        }

        return Settle(domains);
    }

    /// <summary>What is said of pairs of visits, for each of the two; below 0 stands for none.</summary>
    private T[][] ByVisit<T>(IReadOnlyCollection<T> all, Func<T, (int First, int Second)> visitsOf)
    {
        var counts = new int[problem.Visits.Length];
        foreach (var one in all)
        {
            var (first, second) = visitsOf(one);
            _ = first < 0 ? 0 : counts[first]++;
            _ = second < 0 || second == first ? 0 : counts[second]++;
        }

        var sorted = Array.ConvertAll(counts, count => count == 0 ? [] : new T[count]);
        foreach (var one in all)
        {
            var (first, second) = visitsOf(one);
            Put(first, one);
            Put(second == first ? -1 : second, one);
        }

        return sorted;

        void Put(int visit, T one)
        {
            if (visit >= 0)
            {
                sorted[visit][^counts[visit]--] = one;
            }
        }
    }

    /// <summary>For the first visits of pairs the second ones, ascending.</summary>
    private int[][] Others(HashSet<(int, int)> pairs, Func<(int, int), (int Of, int Other)> which)
    {
        var others = Array.ConvertAll(ByVisit(pairs, p => (which(p).Of, -1)), of => Array.ConvertAll(of, p => which(p).Other));
        Array.ForEach(others, Array.Sort);
        return others;
    }

    private void Wait(int visit) => DaySet.Add(waiting, turn[visit]);

    /// <summary>Spreads what changed, in the order of days and back again: along a chain of visits each is then looked at twice, not once for each other.</summary>
    private bool Settle(Domains domains)
    {
        var holds = true;
        do
        {
            while (holds && !DaySet.IsEmpty(waiting))
            {
                for (var next = DaySet.Next(waiting, 0); holds && next >= 0; next = DaySet.Next(waiting, next + 1))
                {
                    holds = SpreadNext(domains, next);
                }

                for (var next = DaySet.Last(waiting); holds && next >= 0; next = DaySet.Before(waiting, next))
                {
                    holds = SpreadNext(domains, next);
                }
            }
        }
        while (holds && (holds = NarrowStart(domains) && NarrowQuotas(domains)) && !DaySet.IsEmpty(waiting));

        waiting.AsSpan().Clear();
        return holds;
    }

    private bool SpreadNext(Domains domains, int next)
    {
        DaySet.Remove(waiting, next);
        return Spread(domains, problem.InOrder[next]);
    }

    private bool Spread(Domains domains, int visit)
    {
        var isGone = decisions.Day[visit] == -1 || DaySet.IsEmpty(domains.Days(visit));
        if (isGone && decisions.IsSure(visit))
        {
            return false;
        }

        foreach (var other in isGone ? dependants[visit] : [])
        {
            if (!DaySet.IsEmpty(domains.Days(other)))
            {
                domains.Days(other).Clear();
                if (decisions.IsSure(other))
                {
                    return false;
                }

                Wait(other);
            }
        }

        if (isGone)
        {
            return true;
        }

        return SpreadDays(domains, visit) && SpreadApart(domains, visit) && SpreadPeople(domains, visit);
    }

    private bool SpreadDays(Domains domains, int visit)
    {
        foreach (var relation in relations[visit])
        {
            var other = relation.First == visit ? relation.Second : relation.First;
            if (decisions.Day[other] == -1 || !(decisions.IsSure(visit) || dependsOn[other, visit]))
            {
                continue;
            }

            budget.Charge(1 + reached.Length);
            reached.AsSpan().Clear();
            if (relation.First == visit)
            {
                relation.Days.Reach(domains.Days(visit), reached);
            }
            else
            {
                relation.Days.ReachBack(domains.Days(visit), reached);
            }

            if (DaySet.Intersect(domains.Days(other), reached) && !Changed(domains, other))
            {
                return false;
            }
        }

        return true;
    }

    private bool SpreadApart(Domains domains, int visit)
    {
        var only = DaySet.Next(domains.Days(visit), 0);
        if (apart[visit].Length == 0 || !decisions.IsSure(visit) || DaySet.Next(domains.Days(visit), only + 1) >= 0)
        {
            return true;
        }

        foreach (var other in apart[visit])
        {
            if (decisions.Day[other] != -1 && DaySet.Contains(domains.Days(other), only))
            {
                DaySet.Remove(domains.Days(other), only);
                if (!Changed(domains, other))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool SpreadPeople(Domains domains, int visit)
    {
        if (!decisions.IsSure(visit))
        {
            return true;
        }

        var found = -1;
        foreach (var relation in people[visit])
        {
            var isFirst = relation.First == visit;
            var other = isFirst ? relation.Second : relation.First;
            var (need, otherNeed) = isFirst ? (relation.FirstNeed, relation.SecondNeed) : (relation.SecondNeed, relation.FirstNeed);
            if (decisions.Day[other] == -1)
            {
                continue;
            }

            bool changed;
            if (relation.Same && need == otherNeed && problem.Visits[visit].Class.Crews == problem.Visits[other].Class.Crews && problem.Visits[visit].Class.IsCrewOnePerson)
            {
                budget.Charge(1);
                changed = DaySet.Intersect(domains.Crews(other), domains.Crews(visit));
            }
            else
            {
                if (need != found)
                {
                    FindPersons(domains, visit, need);
                    found = need;
                }

                changed = KeepCrews(domains, other, otherNeed, relation.Same);
            }

            if (changed && !(KeepDaysOfCrews(domains, other) && Changed(domains, other)))
            {
                if (decisions.IsSure(other))
                {
                    return false;
                }

                domains.Days(other).Clear();
                Wait(other);
            }
        }

        return true;
    }

    /// <summary>Leaves a visit the crews that have one of the found persons for a need, or somebody else than the only one. Answers whether any went.</summary>
    private bool KeepCrews(Domains domains, int visit, int need, bool isSame)
    {
        var (changed, several) = (false, DaySet.Size(persons) > 1);
        var crews = domains.Crews(visit);
        for (var c = DaySet.Next(crews, 0); c >= 0; c = DaySet.Next(crews, c + 1))
        {
            var person = 1 + problem.Visits[visit].Class.Crews[c].Resources[need];
            if (!(isSame ? DaySet.Contains(persons, person) : several || !DaySet.Contains(persons, person)))
            {
                DaySet.Remove(crews, c);
                changed = true;
            }
        }

        return changed;
    }

    /// <summary>Whom the crews that are left to a visit have for a need, counted from 1: a fixed visit may have somebody who is no longer there.</summary>
    private void FindPersons(Domains domains, int visit, int need)
    {
        persons.AsSpan().Clear();
        var crews = domains.Crews(visit);
        var of = problem.Visits[visit].Class.Crews;
        budget.Charge(1 + (of.Length / 16));
        for (var c = DaySet.Next(crews, 0); c >= 0; c = DaySet.Next(crews, c + 1))
        {
            DaySet.Add(persons, 1 + of[c].Resources[need]);
        }
    }

    private bool KeepDaysOfCrews(Domains domains, int visit)
    {
        if (DaySet.IsEmpty(domains.Crews(visit)))
        {
            return false;
        }

        if (domains.DaysByCrew[visit] is { } known)
        {
            reached.AsSpan().Clear();
            var crews = domains.Crews(visit);
            for (var c = DaySet.Next(crews, 0); c >= 0; c = DaySet.Next(crews, c + 1))
            {
                for (var i = 0; i < reached.Length; i++)
                {
                    reached[i] |= known[c][i];
                }
            }

            DaySet.Intersect(domains.Days(visit), reached);
        }

        return true;
    }

    /// <summary>Notes that a visit lost days or crews. False when it is needed and has none left.</summary>
    private bool Changed(Domains domains, int visit)
    {
        Wait(visit);
        return !DaySet.IsEmpty(domains.Days(visit)) || !decisions.IsSure(visit);
    }

    /// <summary>Some visit lies inside the start range: when only one still can, it must.</summary>
    private bool NarrowStart(Domains domains)
    {
        if (problem.LastStart is not { } last)
        {
            return true;
        }

        var only = -1;
        for (var v = 0; v < problem.Visits.Length; v++)
        {
            if (problem.Visits[v].MayOpen && DaySet.Next(domains.Days(v), 0) is >= 0 and var earliest && earliest <= last)
            {
                if (only >= 0)
                {
                    return true;
                }

                only = v;
            }
        }

        if (only < 0)
        {
            return !Array.Exists(problem.Visits, v => v.MayOpen);
        }

        reached.AsSpan().Clear();
        DaySet.AddRange(reached, 0, last);
        return !DaySet.Intersect(domains.Days(only), reached) || Changed(domains, only);
    }

    /// <summary>A stretch of days that has its full number of visits bears no more.</summary>
    private bool NarrowQuotas(Domains domains)
    {
        foreach (var quota in problem.Quotas)
        {
            reached.AsSpan().Clear();
            DaySet.AddRange(reached, quota.First, quota.Last);
            var (inside, anyOpen) = (0, false);
            foreach (var visit in quota.Visits)
            {
                if (decisions.IsSure(visit) && DaySet.IsInside(domains.Days(visit), reached))
                {
                    inside++;
                    anyOpen |= problem.Visits[visit].Fixed is null;
                }
            }

            if (inside < quota.AtMost)
            {
                continue;
            }

            if (inside > quota.AtMost && anyOpen)
            {
                return false;
            }

            foreach (var visit in quota.Visits)
            {
                var isInside = decisions.IsSure(visit) && DaySet.IsInside(domains.Days(visit), reached);
                if (!isInside && decisions.Day[visit] != -1 && DaySet.Subtract(domains.Days(visit), reached) && !Changed(domains, visit))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
