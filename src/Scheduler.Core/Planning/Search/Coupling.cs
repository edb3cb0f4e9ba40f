namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Parts the visits that are still open into groups that cannot move each other: no relation ties them, they cannot meet on a day, nor count together for a
/// limit. The best places of all are then the best places of each group.
/// </summary>
internal sealed class Coupling
{
    private readonly SearchProblem problem;
    private readonly VisitModel[] visits;
    private readonly Decisions decisions;
    private readonly Acceptance acceptance;
    private readonly bool[,] linked;

    /// <summary>Finds what ties visits by more than the chance of sharing a day.</summary>
    public Coupling(SearchProblem problem, Decisions decisions, Acceptance acceptance)
    {
        (this.problem, this.decisions, this.acceptance) = (problem, decisions, acceptance);
        visits = problem.Visits;
        linked = Links();
    }

    /// <summary>The groups of open visits, each ascending.</summary>
    /// <param name="level">The days that are left.</param>
    /// <param name="open">The open visits, ascending.</param>
    /// <param name="span">The days of treatment so far.</param>
    public List<int[]> Split(Domains level, int[] open, TreatmentSpan span)
    {
        var group = new int[open.Length];
        for (var i = 0; i < open.Length; i++)
        {
            group[i] = i;
        }

        var count = open.Length;
        for (var i = 1; i < open.Length && count > 1; i++)
        {
            // What a visit touches is most often the one before it.
            for (var j = i - 1; j >= 0; j--)
            {
                if (group[i] != group[j] && Touch(level, open[i], open[j]))
                {
                    Join(group, i, j);
                    count--;
                }
            }
        }

        if (count > 1)
        {
            JoinAll(group, open, v => visits[v].MayOpen, !StartsInTime());
            JoinAll(group, open, v => visits[v].IsTreatment && !span.Holds(level.Days(v)), MayComeFirst(level, open, span));
            JoinAll(group, open, acceptance.Counts, acceptance.IsPending());
            JoinByHours(level, group, open);
        }

        return [.. Enumerable.Range(0, open.Length).GroupBy(i => group[i], i => open[i]).Select(g => g.ToArray())];
    }

    /// <summary>Whether some visit that may be the first of the course lies in time, or none must.</summary>
    public bool StartsInTime()
    {
        var mustOne = false;
        for (var v = 0; problem.LastStart is { } last && v < visits.Length; v++)
        {
            mustOne |= visits[v].MayOpen;
            if (visits[v].MayOpen && decisions.Day[v] >= 0 && decisions.Day[v] <= last)
            {
                return true;
            }
        }

        return !mustOne;
    }

    private static void Join(int[] group, int i, int j)
    {
        var (from, to) = (Math.Max(group[i], group[j]), Math.Min(group[i], group[j]));
        for (var k = 0; k < group.Length; k++)
        {
            group[k] = group[k] == from ? to : group[k];
        }
    }

    private static void JoinAll(int[] group, int[] open, Predicate<int> which, bool isAsked)
    {
        var first = -1;
        for (var i = 0; i < open.Length && isAsked; i++)
        {
            if (which(open[i]))
            {
                first = first < 0 ? i : first;
                Join(group, i, first);
            }
        }
    }

    /// <summary>Whether an open treatment visit can still be the first.</summary>
    private bool MayComeFirst(Domains level, int[] open, TreatmentSpan span) =>
        Array.Exists(open, v => visits[v].IsTreatment && DaySet.Next(level.Days(v), 0) is >= 0 and var earliest && earliest < span.First);

    private bool Touch(Domains level, int a, int b)
    {
        if (linked[a, b] || ShareChain(a, b))
        {
            return true;
        }

        if (problem.Exclusive.Contains((a, b)))
        {
            return DaySet.Overlap(level.Days(a), level.Days(b)) && ShareMover(level, a, b);
        }

        return (!problem.NeverShare[a, b] || problem.Apart.Contains((a, b))) && DaySet.Overlap(level.Days(a), level.Days(b));
    }

    /// <summary>
    /// Whether two visits that exclude each other can both meet decided visits that may still move within their day: one and the same, or two of which one moves
    /// the other.
    /// </summary>
    private bool ShareMover(Domains level, int a, int b) =>
        decisions.Placed.Exists(w => MayMove(level, a, w) && Array.Exists(decisions.Together(w, without: null), m => MayMove(level, b, m.Visit)));

    /// <summary>Whether an open visit can meet a decided one and move it.</summary>
    private bool MayMove(Domains level, int open, int decided) =>
        visits[decided].Fixed is null && !problem.Exclusive.Contains((open, decided)) && DaySet.Contains(level.Days(open), decisions.Day[decided]);

    /// <summary>Whether a change of person from one to the other may still count, or depends on both.</summary>
    private bool ShareChain(int a, int b)
    {
        foreach (var chain in problem.Chains)
        {
            var (first, second) = (Array.FindIndex(chain.Links, l => l.Visit == a), Array.FindIndex(chain.Links, l => l.Visit == b));
            if (first < 0 || second < 0)
            {
                continue;
            }

            (first, second) = (Math.Min(first, second), Math.Max(first, second));
            var parted = false;
            for (var i = first + 1; i < second && !parted; i++)
            {
                parted = decisions.Day[chain.Links[i].Visit] >= 0 && !Array.Exists(chain.Links, l => problem.Exclusive.Contains((chain.Links[i].Visit, l.Visit)));
            }

            if (!parted)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Joins open visits that can lie on days that hours tie together, so that the place of one may move what the other meets.</summary>
    private void JoinByHours(Domains level, int[] group, int[] open)
    {
        if (problem.HourSpans.Count == 0)
        {
            return;
        }

        var seen = new HashSet<int>();
        foreach (var v in decisions.Placed)
        {
            if (decisions.HourPartners[v].Length == 0 || seen.Contains(v))
            {
                continue;
            }

            var members = decisions.Together(v, without: null);
            seen.UnionWith(members.Select(m => m.Visit));
            JoinAll(
                group,
                open,
                u => Array.Exists(members, m => DaySet.Contains(level.Days(u), m.Day) || Array.IndexOf(decisions.HourPartners[u], m.Visit) >= 0),
                isAsked: true);
        }
    }

    private bool[,] Links()
    {
        var links = new bool[visits.Length, visits.Length];
        foreach (var relation in problem.Relations)
        {
            Link(relation.First, relation.Second);
        }

        foreach (var window in problem.Windows.Where(w => w.Anchor >= 0))
        {
            Link(window.Anchor, window.Visit);
        }

        for (var v = 0; v < visits.Length; v++)
        {
            // Visits with a partner in common move each other by moving it.
            foreach (var partner in decisions.HourPartners[v])
            {
                Link(v, partner);
                foreach (var other in decisions.HourPartners[v])
                {
                    Link(partner, other);
                }
            }
        }

        foreach (var (visit, needed) in problem.HangsOn)
        {
            Link(visit, needed);
        }

        foreach (var quota in problem.Quotas)
        {
            foreach (var a in quota.Visits)
            {
                foreach (var b in quota.Visits)
                {
                    Link(a, b);
                }
            }
        }

        foreach (var relation in problem.People)
        {
            Link(relation.First, relation.Second);
        }

        return links;

        void Link(int a, int b) => (links[a, b], links[b, a]) = (true, true);
    }
}
