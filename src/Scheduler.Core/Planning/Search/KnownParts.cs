using System.Runtime.InteropServices;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Remembers the best places of groups of open visits. What is best depends on the days and crews that are left to them, and on those decided visits that
/// still touch them; whatever else was decided before, the answer is the same.
/// </summary>
internal sealed class KnownParts
{
    /// <summary>Words that keys may take together (48 MB); what comes later is worked out again.</summary>
    private const long MostWords = 6_000_000;

    /// <summary>For a group that leaves the days of treatment as they are: no span begins on day 1 and ends on day 0.</summary>
    private const ulong NoSpan = 1UL << 32;

    private readonly SearchProblem problem;
    private readonly VisitModel[] visits;
    private readonly Decisions decisions;
    private readonly Coupling coupling;
    private readonly Acceptance acceptance;
    private readonly Dictionary<string, (Part? Best, PackedCost Limit)> known = new(StringComparer.Ordinal);
    private readonly List<ulong> key = [];
    private readonly bool[,] pricedTogether;
    private readonly bool[] matters;
    private long words;

    /// <summary>Begins empty.</summary>
    public KnownParts(SearchProblem problem, Decisions decisions, Coupling coupling, Acceptance acceptance)
    {
        (this.problem, this.decisions, this.coupling, this.acceptance) = (problem, decisions, coupling, acceptance);
        visits = problem.Visits;
        matters = new bool[visits.Length];
        pricedTogether = new bool[visits.Length, visits.Length];
        foreach (var window in problem.Windows.Where(w => w.Anchor >= 0))
        {
            (pricedTogether[window.Anchor, window.Visit], pricedTogether[window.Visit, window.Anchor]) = (true, true);
        }

        foreach (var relation in problem.People.Where(p => !p.IsMust))
        {
            (pricedTogether[relation.First, relation.Second], pricedTogether[relation.Second, relation.First]) = (true, true);
        }
    }

    /// <summary>What tells one state of a group from another.</summary>
    public string KeyOf(Domains level, int[] group, TreatmentSpan span)
    {
        key.Clear();
        key.Add((ulong)group.Length);
        var (opens, stretches) = (false, false);
        foreach (var v in group)
        {
            AddBits(((ulong)v << 32) | (decisions.MayLeaveOut(v) ? 1UL << 60 : 0), level.Days(v));
            if (visits[v].Class.Crews.Length > 1)
            {
                AddBits((ulong)v << 32, level.Crews(v));
            }

            opens |= visits[v].MayOpen;
            stretches |= visits[v].IsTreatment && !span.Holds(level.Days(v));
        }

        key.Add((stretches ? ((ulong)(uint)span.First << 32) | (uint)span.Last : NoSpan) ^ (opens && coupling.StartsInTime() ? 1UL << 63 : 0));
        AddDecided(level, group);
        AddHanging(group);
        AddQuotas(group);
        if (Array.Exists(group, acceptance.Counts))
        {
            acceptance.AddTo(key);
        }

        return new string(MemoryMarshal.Cast<ulong, char>(CollectionsMarshal.AsSpan(key)));
    }

    /// <summary>What is known of a state: whether anything, and the best part that costs no more than a limit.</summary>
    public bool TryGet(string state, PackedCost limit, out Part? best)
    {
        if (known.TryGetValue(state, out var found) && (found.Best is not null || !(limit > found.Limit)))
        {
            best = found.Best is { } part && !(part.Price > limit) ? part : null;
            return true;
        }

        best = null;
        return false;
    }

    /// <summary>Keeps the best part of a state; null says that none costs as little as the limit.</summary>
    public void Keep(string state, Part? best, PackedCost limit)
    {
        if (words < MostWords)
        {
            words += state.Length / 4;
            known[state] = (best, limit);
        }
    }

    private void AddBits(ulong head, ReadOnlySpan<ulong> bits)
    {
        var (first, last) = (bits.IndexOfAnyExcept(0UL), bits.LastIndexOfAnyExcept(0UL));
        key.Add(head | ((ulong)(uint)(first + 1) << 16) | (uint)(last + 1));
        for (var i = Math.Max(first, 0); i <= last; i++)
        {
            key.Add(bits[i]);
        }
    }

    private void AddDecided(Domains level, int[] group)
    {
        Array.Clear(matters);
        foreach (var w in decisions.Placed)
        {
            if (matters[w] || visits[w].Fixed is not null)
            {
                continue;
            }

            foreach (var u in group)
            {
                var meets = !problem.Exclusive.Contains((u, w)) && DaySet.Contains(level.Days(u), decisions.Day[w]);
                if (meets || decisions.HourPartners[u].Contains(w))
                {
                    // The whole of what is planned together counts.
                    foreach (var member in decisions.Together(w, without: null))
                    {
                        matters[member.Visit] = true;
                    }

                    break;
                }

                matters[w] |= pricedTogether[u, w];
            }
        }

        foreach (var chain in problem.Chains)
        {
            AddChain(chain, group);
        }

        for (var w = 0; w < visits.Length; w++)
        {
            if (matters[w] && visits[w].Fixed is null)
            {
                key.Add((1UL << 62) | ((ulong)w << 40) | ((ulong)decisions.Day[w] << 20) | (uint)decisions.Crew[w]);
            }
        }
    }

    /// <summary>Marks the decided visits of a chain next to open ones; all of them where some exclude each other.</summary>
    private void AddChain(PersonChain chain, int[] group)
    {
        if (!Array.Exists(chain.Links, l => Array.BinarySearch(group, l.Visit) >= 0))
        {
            return;
        }

        var all = problem.Exclusive.Count > 0;
        for (var i = 0; i < chain.Links.Length; i++)
        {
            var visit = chain.Links[i].Visit;
            matters[visit] |= decisions.Day[visit] >= 0 && (all || IsNextToOpen(chain, i, 1) || IsNextToOpen(chain, i, -1));
        }
    }

    private bool IsNextToOpen(PersonChain chain, int link, int step)
    {
        for (var i = link + step; i >= 0 && i < chain.Links.Length; i += step)
        {
            if (decisions.Day[chain.Links[i].Visit] != Decisions.LeftOut)
            {
                return decisions.Day[chain.Links[i].Visit] == Decisions.Open;
            }
        }

        return false;
    }

    private void AddHanging(int[] group)
    {
        foreach (var (visit, needed) in problem.HangsOn)
        {
            var (isVisit, isNeeded) = (Array.BinarySearch(group, visit) >= 0, Array.BinarySearch(group, needed) >= 0);
            if (isVisit != isNeeded)
            {
                var day = decisions.Day[isVisit ? needed : visit];
                key.Add((2UL << 62) | ((ulong)visit << 24) | ((ulong)needed << 4) | (day >= 0 ? 2UL : day == Decisions.LeftOut ? 1UL : 0));
            }
        }
    }

    private void AddQuotas(int[] group)
    {
        foreach (var quota in problem.Quotas)
        {
            if (Array.Exists(quota.Visits, v => Array.BinarySearch(group, v) >= 0))
            {
                key.Add((3UL << 62) | (uint)quota.Visits.Count(v => decisions.Day[v] >= quota.First && decisions.Day[v] <= quota.Last));
            }
        }
    }
}
