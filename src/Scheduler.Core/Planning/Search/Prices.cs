using System.Diagnostics;

namespace Scheduler.Core.Planning.Search;

/// <summary>What decisions cost, and the least that what is still open will cost.</summary>
internal sealed class Prices(SearchProblem problem, Decisions decisions, Narrowing narrowing, SharedDay sharedDays, DayOptions[] options)
{
    private readonly List<string> noLongerThere = [];
    private readonly VisitModel[] visits = problem.Visits;

    /// <summary>The fewest fragments that each visit adds.</summary>
    public PackedCost[] LeastFragments { get; } = new PackedCost[problem.Visits.Length];

    /// <summary>What the days of the visits placed since a mark cost more than they did without them; null where one has no plan.</summary>
    public PackedCost? Since(int mark)
    {
        var (price, planned, before) = (PackedCost.Zero, new HashSet<int>(), new HashSet<int>());
        for (var i = mark; i < decisions.Placed.Count; i++)
        {
            if (planned.Contains(decisions.Placed[i]))
            {
                continue;
            }

            var members = decisions.Together(decisions.Placed[i], without: null);
            if (sharedDays.Plan(members) is not { } plan)
            {
                return null;
            }

            price += plan.Cost;
            foreach (var member in members)
            {
                if (decisions.IsFixed(member.Visit) != decisions.IsFixed(decisions.Placed[i]))
                {
                    continue;
                }

                planned.Add(member.Visit);
                if (IsOld(member.Visit) && !before.Contains(member.Visit))
                {
                    var old = decisions.Together(member.Visit, IsNew);
                    price -= sharedDays.Plan(old)?.Cost ?? throw new UnreachableException("A day was left without a plan.");
                    before.UnionWith(old.Select(m => m.Visit).Where(v => !decisions.IsFixed(v) || decisions.IsFixed(member.Visit)));
                }
            }
        }

        return price;

        bool IsNew(int visit) => decisions.Placed.IndexOf(visit) >= mark;

        bool IsOld(int visit) => !IsNew(visit);
    }

    /// <summary>The least that open visits add, the days of treatment apart.</summary>
    public PackedCost LeastOf(Domains level, int[] open)
    {
        var least = PackedCost.Zero;
        foreach (var v in open)
        {
            least += DaySet.IsEmpty(level.Days(v)) || DaySet.IsEmpty(level.Crews(v)) ? PackedCost.Unplaced : LeastPrice(level, v) + LeastFragments[v];
        }

        return least;
    }

    /// <summary>The earliest days on which treatment can begin and end once open visits are placed; to leave one out costs more than any day.</summary>
    public TreatmentSpan LeastSpan(Domains level, int[] open, TreatmentSpan span)
    {
        var (first, last) = (span.First, span.Last);
        foreach (var v in open)
        {
            if (visits[v].IsTreatment && DaySet.Next(level.Days(v), 0) is >= 0 and var earliest)
            {
                first = Math.Min(first, earliest);
                last = Math.Max(last, earliest);
            }
        }

        return new(first, last);
    }

    /// <summary>What windows and people cost, as far as their visits are decided.</summary>
    public PackedCost Settled() => OfWindows() + OfChains() + OfPeople();

    /// <summary>The least that the windows, the weekday and the move of an open visit cost.</summary>
    private PackedCost LeastPrice(Domains level, int visit)
    {
        var isPlain = visits[visit].Class is { DayPoints: null, Booked: null };
        var counting = narrowing.IsPriced(visit) ? Array.FindAll(narrowing.WindowsOf(visit), w => Counts(w, visit)) : [];
        if (isPlain && counting.Length == 0)
        {
            return PackedCost.Zero;
        }

        var least = PackedCost.Worst;
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            var price = isPlain ? PackedCost.Zero : OfPlace(level, visit, d);
            foreach (var window in counting)
            {
                price += Price(window, visit, d);
            }

            least = price < least ? price : least;
        }

        return least;
    }

    /// <summary>The least that a visit's day costs whatever else is decided, with the crews that are left.</summary>
    private PackedCost OfPlace(Domains level, int visit, int d)
    {
        if (visits[visit].Class.Booked is null || visits[visit].Fixed is not null)
        {
            return PackedCost.Preference(visits[visit].Class.DayPoints?[d] ?? 0);
        }

        var least = PackedCost.Worst;
        for (var c = DaySet.Next(level.Crews(visit), 0); c >= 0; c = DaySet.Next(level.Crews(visit), c + 1))
        {
            least = options[visit].LeastPrice(c, d) is var price && price < least ? price : least;
        }

        return least;
    }

    /// <summary>The price of a visit's day under the windows whose other side is known.</summary>
    public PackedCost OfWindows(int visit, int d)
    {
        var price = PackedCost.Zero;
        foreach (var window in narrowing.WindowsOf(visit))
        {
            price += Counts(window, visit) ? Price(window, visit, d) : PackedCost.Zero;
        }

        return price;
    }

    /// <summary>Whether the other side of a window of a visit is known.</summary>
    private bool Counts(PricedWindow window, int visit) =>
        window.Visit == visit ? window.Anchor < 0 || decisions.Day[window.Anchor] >= 0 : decisions.Day[window.Visit] >= 0;

    private PackedCost Price(PricedWindow window, int visit, int d) => window.Visit == visit
        ? window.Price(window.Anchor < 0 ? 0 : decisions.Day[window.Anchor], d)
        : window.Price(d, decisions.Day[window.Visit]);

    public PackedCost OfWindows()
    {
        var price = PackedCost.Zero;
        foreach (var window in problem.Windows)
        {
            if (decisions.Day[window.Visit] >= 0 && (window.Anchor < 0 || decisions.Day[window.Anchor] >= 0))
            {
                price += window.Price(window.Anchor < 0 ? 0 : decisions.Day[window.Anchor], decisions.Day[window.Visit]);
            }
        }

        return price;
    }

    /// <summary>Changes of person along the chains, as far as they are known: an open visit in between may hide one, never undo it.</summary>
    public PackedCost OfChains()
    {
        var changes = 0;
        foreach (var chain in problem.Chains)
        {
            for (var i = 1; i < chain.Links.Length; i++)
            {
                changes += PersonAt(chain.Links[i]) is not -1 and var person && PersonBefore(chain, i) is not -1 and var before && before != person ? 1 : 0;
            }
        }

        return PackedCost.PersonChanges(changes);
    }

    /// <summary>The person of the nearest visit before one in a chain that can be needed as well; -1 where there is none, or none is known.</summary>
    private int PersonBefore(PersonChain chain, int link)
    {
        for (var i = link - 1; i >= 0; i--)
        {
            var visit = chain.Links[i].Visit;
            if (decisions.Day[visit] == Decisions.LeftOut || problem.Exclusive.Contains((visit, chain.Links[link].Visit)))
            {
                continue;
            }

            return PersonAt(chain.Links[i]);
        }

        return -1;
    }

    /// <summary>Who fills a need of a visit; who is no longer at the clinic but was when a fixed visit took place has a number of their own below -1.</summary>
    private int PersonAt((int Visit, int Need) link)
    {
        if (decisions.Day[link.Visit] < 0)
        {
            return -1;
        }

        var visit = visits[link.Visit];
        var person = visit.Class.Crews[decisions.Crew[link.Visit]].Resources[link.Need];
        return person < 0 && visit.Fixed?.ResourceFor(visit.Class.Needs[link.Need].Need.Id) is { } gone ? NumberOf(gone) : person;
    }

    private int NumberOf(string gone)
    {
        if (!noLongerThere.Contains(gone))
        {
            noLongerThere.Add(gone);
        }

        return -2 - noLongerThere.IndexOf(gone);
    }

    public PackedCost OfPeople()
    {
        var breaches = 0;
        foreach (var relation in problem.People)
        {
            breaches += Breaks(relation) ? 1 : 0;
        }

        return PackedCost.PersonChanges(breaches);
    }

    public PackedCost OfPeople(int visit)
    {
        var breaches = 0;
        foreach (var relation in problem.People)
        {
            breaches += (relation.First == visit || relation.Second == visit) && Breaks(relation) ? 1 : 0;
        }

        return PackedCost.PersonChanges(breaches);
    }

    private bool Breaks(PersonRelation relation) =>
        !relation.IsMust
        && decisions.Day[relation.First] >= 0
        && decisions.Day[relation.Second] >= 0
        && !relation.Holds(
            visits[relation.First].Class.Crews[decisions.Crew[relation.First]].Resources[relation.FirstNeed],
            visits[relation.Second].Class.Crews[decisions.Crew[relation.Second]].Resources[relation.SecondNeed]);
}
