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
    private readonly bool[] waiting;
    private readonly Queue<int> queue = new();
    private readonly ulong[] reached;

    /// <summary>Sorts the problem's relations by visit.</summary>
    public Narrowing(SearchProblem problem, Decisions decisions)
    {
        (this.problem, this.decisions) = (problem, decisions);
        var n = problem.Visits.Length;
        relations = [.. Enumerable.Range(0, n).Select(v => problem.Relations.Where(r => r.First == v || r.Second == v).ToArray())];
        apart = [.. Enumerable.Range(0, n).Select(v => problem.Apart.Where(p => p.Item1 == v).Select(p => p.Item2).Order().ToArray())];
        people = [.. Enumerable.Range(0, n).Select(v => problem.People.Where(p => p.IsMust && (p.First == v || p.Second == v)).ToArray())];
        windows = [.. Enumerable.Range(0, n).Select(v => problem.Windows.Where(w => w.Visit == v || w.Anchor == v).ToArray())];
        dependsOn = new bool[n, n];
        foreach (var (visit, needed) in problem.HangsOn)
        {
            dependsOn[visit, needed] = true;
        }

        waiting = new bool[n];
        reached = new ulong[DaySet.Words(problem.Days)];
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

    private void Wait(int visit)
    {
        if (!waiting[visit])
        {
            waiting[visit] = true;
            queue.Enqueue(visit);
        }
    }

    private bool Settle(Domains domains)
    {
        var holds = true;
        do
        {
            while (holds && queue.TryDequeue(out var visit))
            {
                waiting[visit] = false;
                holds = Spread(domains, visit);
            }
        }
        while (holds && (holds = NarrowStart(domains) && NarrowQuotas(domains)) && queue.Count > 0);

        while (queue.TryDequeue(out var left))
        {
            waiting[left] = false;
        }

        return holds;
    }

    private bool Spread(Domains domains, int visit)
    {
        var isGone = decisions.Day[visit] == -1 || DaySet.IsEmpty(domains.Days(visit));
        if (isGone && decisions.IsSure(visit))
        {
            return false;
        }

        for (var other = 0; isGone && other < problem.Visits.Length; other++)
        {
            if (dependsOn[other, visit] && !DaySet.IsEmpty(domains.Days(other)))
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

        foreach (var relation in people[visit])
        {
            var isFirst = relation.First == visit;
            var other = isFirst ? relation.Second : relation.First;
            var (need, otherNeed) = isFirst ? (relation.FirstNeed, relation.SecondNeed) : (relation.SecondNeed, relation.FirstNeed);
            if (decisions.Day[other] == -1)
            {
                continue;
            }

            var changed = false;
            var crews = domains.Crews(other);
            for (var c = DaySet.Next(crews, 0); c >= 0; c = DaySet.Next(crews, c + 1))
            {
                if (!HasPartner(domains, visit, need, problem.Visits[other].Class.Crews[c].Resources[otherNeed], relation))
                {
                    DaySet.Remove(crews, c);
                    changed = true;
                }
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

    private bool HasPartner(Domains domains, int visit, int need, int person, PersonRelation relation)
    {
        var crews = domains.Crews(visit);
        for (var c = DaySet.Next(crews, 0); c >= 0; c = DaySet.Next(crews, c + 1))
        {
            if (relation.Holds(problem.Visits[visit].Class.Crews[c].Resources[need], person))
            {
                return true;
            }
        }

        return false;
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
