using System.Diagnostics;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// The visits that are left when all that touch each other are decided: no relation ties them, they cannot meet on a day, nor count together for a limit.
/// Each takes its own best place.
/// </summary>
internal sealed class LooseVisits
{
    /// <summary>Days on which a visit is alone that are looked at for one step.</summary>
    private const int DaysOfAStep = 16;

    private readonly SearchProblem problem;
    private readonly VisitModel[] visits;
    private readonly Decisions decisions;
    private readonly DayOptions[] options;
    private readonly SharedDay sharedDays;
    private readonly Prices prices;
    private readonly StepBudget budget;
    private readonly bool[,] linked;
    private readonly bool[] inChain;
    private readonly Dictionary<string, Placing?> alone = new(StringComparer.Ordinal);

    /// <summary>Finds what ties visits.</summary>
    public LooseVisits(SearchProblem problem, Decisions decisions, DayOptions[] options, SharedDay sharedDays, Prices prices, StepBudget budget)
    {
        (this.problem, this.decisions, this.options, this.sharedDays, this.prices, this.budget) = (problem, decisions, options, sharedDays, prices, budget);
        visits = problem.Visits;
        linked = Links();
        inChain = [.. Enumerable.Range(0, visits.Length).Select(v => problem.Chains.Exists(c => Array.Exists(c.Links, l => l.Visit == v)))];
    }

    /// <summary>Whether the open visits are loose.</summary>
    public bool AreLoose(Domains level) => !OpenVisitsTouch(level);

    /// <summary>Places the open visits, each at its best; false when one has no place, or the budget ended.</summary>
    public bool TryPlace(Domains level)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (decisions.Day[v] == Decisions.Open && (!PlaceAtBest(level, v) || budget.IsUsedUp))
            {
                return false;
            }
        }

        return true;
    }

    private bool OpenVisitsTouch(Domains level)
    {
        for (var a = 0; a < visits.Length; a++)
        {
            for (var b = a + 1; decisions.Day[a] == Decisions.Open && b < visits.Length; b++)
            {
                if (decisions.Day[b] == Decisions.Open
                    && (linked[a, b] || (!problem.Exclusive.Contains((a, b)) && (problem.Apart.Contains((a, b)) || !problem.NeverShare[a, b]) && DaySet.Overlap(level.Days(a), level.Days(b)))))
                {
                    return true;
                }
            }
        }

        return problem.HourSpans.Count > 0 && OpenVisitsTouchByHours(level);
    }

    /// <summary>Whether two open visits can lie on days that hours tie together, so that the place of one may move what the other meets.</summary>
    private bool OpenVisitsTouchByHours(Domains level)
    {
        var seen = new HashSet<int>();
        foreach (var v in decisions.Placed)
        {
            if (decisions.HourPartners[v].Length == 0 || seen.Contains(v))
            {
                continue;
            }

            var members = decisions.Together(v, without: null);
            seen.UnionWith(members.Select(m => m.Visit));
            var touching = 0;
            for (var open = 0; open < visits.Length; open++)
            {
                touching += decisions.Day[open] == Decisions.Open
                    && Array.Exists(members, m => DaySet.Contains(level.Days(open), m.Day) || Array.IndexOf(decisions.HourPartners[open], m.Visit) >= 0) ? 1 : 0;
            }

            if (touching > 1)
            {
                return true;
            }
        }

        return false;
    }

    private bool PlaceAtBest(Domains level, int visit)
    {
        var key = IsAlone(level, visit) ? KeyOf(level, visit) : null;
        Placing? found = null;
        if (key is not null && !alone.TryGetValue(key, out found))
        {
            found = FindBest(level, visit);
            if (!budget.IsUsedUp)
            {
                alone[key] = found;
            }
        }
        else if (key is null)
        {
            found = FindBest(level, visit);
        }

        if (found is not null)
        {
            decisions.Place(visit, found.Day, found.Crew);
            return true;
        }

        // What hangs on it cannot stay without it.
        decisions.Day[visit] = Decisions.LeftOut;
        return visits[visit].IsOptional && !problem.HangsOn.Any(h => h.Needed == visit && decisions.Day[h.Visit] >= 0);
    }

    /// <summary>Whether nothing that is decided but the days of its windows' other ends matters for the place of a visit.</summary>
    private bool IsAlone(Domains level, int visit)
    {
        if (inChain[visit] || decisions.HourPartners[visit].Length > 0 || problem.People.Exists(p => !p.IsMust && (p.First == visit || p.Second == visit)))
        {
            return false;
        }

        foreach (var placed in decisions.Placed)
        {
            if (DaySet.Contains(level.Days(visit), decisions.Day[placed]))
            {
                return false;
            }
        }

        return true;
    }

    private string KeyOf(Domains level, int visit)
    {
        var key = new List<char> { (char)visit };
        foreach (var word in level.Days(visit))
        {
            Add(word);
        }

        foreach (var word in level.Crews(visit))
        {
            Add(word);
        }

        foreach (var day in prices.DaysOfWindows(visit))
        {
            key.Add((char)(day + 2));
        }

        return new string([.. key]);

        void Add(ulong word)
        {
            for (var shift = 0; shift < 64; shift += 16)
            {
                key.Add((char)(word >> shift));
            }
        }
    }

    /// <summary>The best place of a visit beside what is decided; null where there is none.</summary>
    private Placing? FindBest(Domains level, int visit)
    {
        Placing? found = null;
        var lonely = 0;
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            // A day without other visits was worked out before: many of them are a step.
            if ((Array.IndexOf(decisions.Day, d) >= 0 || lonely++ % DaysOfAStep == 0) && !budget.Spend())
            {
                break;
            }

            var window = prices.OfWindows(visit, d);
            if (found is not null && window.High >= found.Price.High && window > found.Price + PackedCost.Fragments(-2 * options[visit].FewestFragments))
            {
                continue;
            }

            for (var c = DaySet.Next(level.Crews(visit), 0); c >= 0; c = DaySet.Next(level.Crews(visit), c + 1))
            {
                if (level.Possible(visit, c, d) && Placed(visit, d, c, window) is { } placing
                    && (found is null || placing.Price < found.Price || (placing.Price == found.Price && ComesFirst(visit, placing, found))))
                {
                    found = placing;
                }
            }
        }

        return found;
    }

    /// <summary>A visit on a day with a crew, and what that adds; null where it does not fit.</summary>
    private Placing? Placed(int visit, int d, int c, PackedCost window)
    {
        (decisions.Day[visit], decisions.Crew[visit]) = (d, c);
        var members = decisions.Together(visit, without: null);
        Placing? placing = null;
        if (sharedDays.Plan(members) is { } plan)
        {
            var price = window + plan.Cost + (inChain[visit] ? prices.OfChains() : PackedCost.Zero) + prices.OfPeople(visit);
            placing = new(d, c, price - PriceWithout(members, visit), members, plan);
        }

        decisions.Day[visit] = Decisions.Open;
        return placing;
    }

    /// <summary>What the other members cost without one.</summary>
    private PackedCost PriceWithout(DayMember[] members, int visit)
    {
        var (price, counted) = (PackedCost.Zero, new HashSet<int>());
        foreach (var member in members)
        {
            if (member.Visit != visit && !counted.Contains(member.Visit))
            {
                var others = decisions.Together(member.Visit, v => v == visit);
                price += sharedDays.Plan(others)?.Cost ?? throw new UnreachableException("A day was left without a plan.");
                counted.UnionWith(others.Select(m => m.Visit));
            }
        }

        return price;
    }

    /// <summary>Whether, of two places of equal price for one visit, the calendar with the first comes first in the order of ties.</summary>
    private bool ComesFirst(int visit, Placing first, Placing second)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (v == visit && first.Day != second.Day)
            {
                return first.Day < second.Day;
            }

            var (one, other) = (first.OptionOf(v), second.OptionOf(v));
            if (one is null && other is null)
            {
                continue;
            }

            var order = (one ?? OptionWithout(visit, v)).ComparePlace(other ?? OptionWithout(visit, v));
            if (order != 0)
            {
                return order < 0;
            }
        }

        return false;
    }

    /// <summary>The place of a visit while another is open.</summary>
    private Option OptionWithout(int open, int visit)
    {
        var members = decisions.Together(visit, v => v == open);
        return sharedDays.Plan(members)!.Options[Array.FindIndex(members, m => m.Visit == visit)];
    }

    /// <summary>Which visits are tied by more than the chance of sharing a day.</summary>
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

        foreach (var chain in problem.Chains)
        {
            foreach (var a in chain.Links)
            {
                foreach (var b in chain.Links)
                {
                    Link(a.Visit, b.Visit);
                }
            }
        }

        return links;

        void Link(int a, int b) => (links[a, b], links[b, a]) = (true, true);
    }
}

/// <summary>A place for one visit that touches no other open one.</summary>
/// <param name="Day">The day.</param>
/// <param name="Crew">The crew.</param>
/// <param name="Price">What it adds.</param>
/// <param name="Members">The visits that are planned together with it, itself included.</param>
/// <param name="Plan">Their plan.</param>
internal sealed record Placing(int Day, int Crew, PackedCost Price, DayMember[] Members, DayPlan Plan)
{
    /// <summary>The place of a visit in the plan, or null where it is not part of it.</summary>
    public Option? OptionOf(int visit) =>
        Array.FindIndex(Members, m => m.Visit == visit) is >= 0 and var at ? Plan.Options[at] : null;
}
