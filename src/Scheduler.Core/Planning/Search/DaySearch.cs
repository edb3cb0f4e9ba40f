using System.Diagnostics;

namespace Scheduler.Core.Planning.Search;

/// <summary>A calendar as the search sees it.</summary>
/// <param name="Cost">Its price.</param>
/// <param name="Days">The day of each visit; -1 for one that is left out.</param>
/// <param name="Options">The start and resources of each visit; null for one that is left out.</param>
internal sealed record Solution(PackedCost Cost, int[] Days, Option?[] Options);

/// <summary>What a search found.</summary>
/// <param name="Best">The best solution, or null.</param>
/// <param name="IsComplete">Whether nothing better exists; false when the step budget ended the search.</param>
/// <param name="Bound">No solution costs less.</param>
/// <param name="Steps">Steps taken.</param>
internal sealed record SearchResult(Solution? Best, bool IsComplete, PackedCost Bound, long Steps);

/// <summary>
/// Depth-first branch and bound over days and crews. Every choice narrows the days of related visits to a fixpoint; starts and
/// resources are chosen inside a day, exactly; visits that no longer touch each other are placed one by one at the end, each at
/// its best. Among solutions of equal price the first in the order of ties wins, so that the answer does not depend on the order of search.
/// </summary>
internal sealed class DaySearch
{
    private const int Open = -2;
    private const int LeftOut = -1;

    private readonly SearchProblem problem;
    private readonly VisitModel[] visits;
    private readonly DayOptions[] options;
    private readonly Option?[] fixedOptions;
    private readonly SharedDay sharedDays;
    private readonly Narrowing narrowing;
    private readonly Func<int[], Option?[], bool>? accepts;
    private readonly long budget;
    private readonly bool[,] linked;
    private readonly bool[] inChain;
    private readonly PackedCost[] leastFragments;
    private readonly int[] day;
    private readonly int[] crew;
    private readonly List<Domains> levels = [];
    private long steps;
    private bool exhausted;
    private Solution? best;

    /// <summary>Prepares a search.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="budget">Steps to take at most.</param>
    /// <param name="accepts">Refuses solutions by days and options, once all treatment visits are placed; null accepts all.</param>
    public DaySearch(SearchProblem problem, long budget, Func<int[], Option?[], bool>? accepts = null)
    {
        (this.problem, this.budget, this.accepts) = (problem, budget, accepts);
        visits = problem.Visits;
        options = new DayOptions[visits.Length];
        fixedOptions = [.. visits.Select(v => v.FixedOption)];
        sharedDays = new SharedDay(problem, options, fixedOptions);
        narrowing = new Narrowing(problem);
        (day, crew) = (new int[visits.Length], new int[visits.Length]);
        linked = Links();
        leastFragments = new PackedCost[visits.Length];
        inChain = [.. Enumerable.Range(0, visits.Length).Select(v => problem.Chains.Exists(c => Array.Exists(c.Links, l => l.Visit == v)))];
    }

    /// <summary>Whether any solution will do: the search ends with the first.</summary>
    public bool StopsAtFirst { get; init; }

    private long Steps => steps + sharedDays.Steps;

    /// <summary>Searches until the best solution is proved, or none exists, or the budget is used up.</summary>
    public SearchResult Run()
    {
        Array.Fill(day, Open);
        var root = Domains.Of(problem);
        levels.Add(root);
        var bound = PackedCost.Worst;
        if (narrowing.NarrowAll(root, day) && KeepPossibleDays(root) && narrowing.NarrowAll(root, day))
        {
            if (!StopsAtFirst)
            {
                FindLeastFragments(root);
            }

            bound = LowerBound(root, PackedCost.Zero);
            Descend(0, PackedCost.Zero);
        }

        return exhausted
            ? new(best, IsComplete: false, best is { } found && found.Cost < bound ? found.Cost : bound, Steps)
            : new(best, IsComplete: true, best?.Cost ?? PackedCost.Worst, Steps);
    }

    /// <summary>Visits of one class share their options, on the days that are left to any of them.</summary>
    private void PrepareOptions(Domains root)
    {
        foreach (var group in Enumerable.Range(0, visits.Length).GroupBy(v => visits[v].Class))
        {
            var (first, last) = (problem.Days, -1);
            foreach (var v in group)
            {
                var earliest = DaySet.Next(root.Days(v), 0);
                (first, last) = earliest < 0 ? (first, last) : (Math.Min(first, earliest), Math.Max(last, DaySet.Last(root.Days(v))));
            }

            var shared = new DayOptions(group.Key, problem.Availability, first, last);
            foreach (var v in group)
            {
                options[v] = shared;
            }
        }
    }

    /// <summary>Leaves each visit the days and crews on which it can take place at all.</summary>
    private bool KeepPossibleDays(Domains root)
    {
        PrepareOptions(root);
        for (var v = 0; v < visits.Length; v++)
        {
            if (fixedOptions[v] is not null)
            {
                continue;
            }

            var crews = visits[v].Class.Crews.Length;
            root.DaysByCrew[v] = new ulong[crews][];
            var any = new ulong[root.Words];
            for (var c = 0; c < crews; c++)
            {
                var possible = root.DaysByCrew[v][c] = new ulong[root.Words];
                for (var d = DaySet.Next(root.Days(v), 0); d >= 0; d = DaySet.Next(root.Days(v), d + 1))
                {
                    if (options[v].Exists(c, d))
                    {
                        DaySet.Add(possible, d);
                        DaySet.Add(any, d);
                    }
                }

                if (DaySet.IsEmpty(possible))
                {
                    DaySet.Remove(root.Crews(v), c);
                }
            }

            DaySet.Intersect(root.Days(v), any);
            if (DaySet.IsEmpty(any) && !visits[v].IsOptional)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fewest fragments that each visit adds; on a day of its own that is what its options say.</summary>
    private void FindLeastFragments(Domains root)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            var fewest = options[v].FewestFragments;
            if (fewest < 0 && fixedOptions[v] is null && !MayShareItsDay(root, v))
            {
                fewest = int.MaxValue;
                for (var c = DaySet.Next(root.Crews(v), 0); c >= 0; c = DaySet.Next(root.Crews(v), c + 1))
                {
                    for (var d = DaySet.Next(root.Days(v), 0); d >= 0; d = DaySet.Next(root.Days(v), d + 1))
                    {
                        fewest = Math.Min(fewest, options[v].Best(c, d)?.Fragments ?? int.MaxValue);
                    }
                }

                fewest = fewest == int.MaxValue ? 0 : fewest;
            }

            leastFragments[v] = PackedCost.Fragments(fewest);
        }
    }

    private bool MayShareItsDay(Domains root, int visit)
    {
        for (var other = 0; other < visits.Length; other++)
        {
            if (other != visit && !problem.NeverShare[visit, other] && DaySet.Overlap(root.Days(visit), root.Days(other)))
            {
                return true;
            }
        }

        return false;
    }

    private void Descend(int depth, PackedCost dayCost)
    {
        if (StopsAtFirst && best is not null)
        {
            return;
        }

        if (exhausted || ++steps + sharedDays.Steps > budget)
        {
            exhausted = true;
            return;
        }

        var level = levels[depth];
        if (best is not null && LowerBound(level, dayCost) > best.Cost)
        {
            return;
        }

        var next = NextVisit(level);
        if (next < 0)
        {
            FinishOneByOne(level, dayCost);
            return;
        }

        if (levels.Count == depth + 1)
        {
            levels.Add(level.Clone());
        }

        foreach (var (d, c) in Choices(level, next))
        {
            Place(depth, dayCost, next, d, c);
            if (exhausted)
            {
                break;
            }
        }

        day[next] = Open;
    }

    private void Place(int depth, PackedCost dayCost, int visit, int d, int c)
    {
        var below = levels[depth + 1];
        below.CopyFrom(levels[depth]);
        day[visit] = Open;
        var cost = dayCost;
        if (d == LeftOut)
        {
            below.Days(visit).Clear();
        }
        else
        {
            if (PlanWith(visit, d, c, out var without) is not { } plan)
            {
                return;
            }

            cost += plan.Cost - without;
            below.Days(visit).Clear();
            DaySet.Add(below.Days(visit), d);
            below.Crews(visit).Clear();
            DaySet.Add(below.Crews(visit), c);
        }

        (day[visit], crew[visit]) = (d, c);
        if (narrowing.NarrowFrom(below, day, visit) && Accepts(visit))
        {
            Descend(depth + 1, cost);
        }

        day[visit] = Open;
    }

    /// <summary>The plan of a day with one visit more, or null; <paramref name="without"/> is what the day cost before.</summary>
    private DayPlan? PlanWith(int visit, int d, int c, out PackedCost without)
    {
        Span<DayMember> members = stackalloc DayMember[visits.Length + 1];
        var count = MembersOf(d, members);
        without = count == 0 ? PackedCost.Zero : sharedDays.Plan(d, members[..count])!.Cost;
        var at = count;
        while (at > 0 && members[at - 1].Visit > visit)
        {
            members[at] = members[at - 1];
            at--;
        }

        members[at] = new(visit, c);
        return sharedDays.Plan(d, members[..(count + 1)]);
    }

    private int MembersOf(int d, Span<DayMember> members)
    {
        var count = 0;
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] == d)
            {
                members[count++] = new(v, crew[v]);
            }
        }

        return count;
    }

    /// <summary>The next visit to decide: fixed ones, then treatment, the one with the fewest choices; -1 when the open ones no longer touch each other.</summary>
    private int NextVisit(Domains level)
    {
        var (chosen, fewest) = (-1, long.MaxValue);
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] != Open)
            {
                continue;
            }

            var choices = (long)DaySet.Size(level.Days(v)) * DaySet.Size(level.Crews(v));
            var rank = visits[v].Fixed is not null ? 0 : visits[v].IsTreatment ? choices : choices + (1L << 40);
            if (rank < fewest)
            {
                (chosen, fewest) = (v, rank);
            }
        }

        return chosen < 0 || visits[chosen].Fixed is not null || visits[chosen].IsTreatment || OpenVisitsTouch(level) ? chosen : -1;
    }

    private bool OpenVisitsTouch(Domains level)
    {
        for (var a = 0; a < visits.Length; a++)
        {
            for (var b = a + 1; day[a] == Open && b < visits.Length; b++)
            {
                if (day[b] == Open
                    && (linked[a, b] || (!problem.Exclusive.Contains((a, b)) && !problem.NeverShare[a, b] && DaySet.Overlap(level.Days(a), level.Days(b)))))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private List<(int Day, int Crew)> Choices(Domains level, int visit)
    {
        var choices = new List<(PackedCost Price, int Day, int Crew)>();
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            var price = PackedCost.Preference(visits[visit].Class.DayPoints?[d] ?? 0) + WindowPrice(visit, d);
            for (var c = DaySet.Next(level.Crews(visit), 0); c >= 0; c = DaySet.Next(level.Crews(visit), c + 1))
            {
                if (level.Possible(visit, c, d))
                {
                    choices.Add((price, d, c));
                }
            }
        }

        choices.Sort();
        var ordered = choices.ConvertAll(choice => (choice.Day, choice.Crew));
        if (visits[visit].IsOptional && visits[visit].Fixed is null)
        {
            ordered.Add((LeftOut, 0));
        }

        return ordered;
    }

    /// <summary>Places the open visits, which touch neither each other nor each other's days, each at its best.</summary>
    private void FinishOneByOne(Domains level, PackedCost dayCost)
    {
        var placed = new List<int>();
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] != Open)
            {
                continue;
            }

            if (!PlaceAtBest(level, v))
            {
                day[v] = Open;
                placed.ForEach(p => day[p] = Open);
                return;
            }

            placed.Add(v);
        }

        Finish();
        placed.ForEach(p => day[p] = Open);
    }

    private bool PlaceAtBest(Domains level, int visit)
    {
        (int Day, int Crew, PackedCost Price, DayPlan Plan)? found = null;
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            steps++;
            var window = WindowPrice(visit, d);
            if (found is { } already && window.High >= already.Price.High && window > already.Price + PackedCost.Fragments(-2 * options[visit].FewestFragments))
            {
                continue;
            }

            for (var c = DaySet.Next(level.Crews(visit), 0); c >= 0; c = DaySet.Next(level.Crews(visit), c + 1))
            {
                if (!level.Possible(visit, c, d) || PlanWith(visit, d, c, out var without) is not { } plan)
                {
                    continue;
                }

                (day[visit], crew[visit]) = (d, c);
                var price = window + plan.Cost - without + (inChain[visit] ? ChainPrice() : PackedCost.Zero) + PeoplePrice(visit);
                day[visit] = Open;
                if (found is not { } old || price < old.Price || (price == old.Price && ComesFirst(visit, (d, plan), (old.Day, old.Plan))))
                {
                    found = (d, c, price, plan);
                }
            }
        }

        if (found is { } chosen)
        {
            (day[visit], crew[visit]) = (chosen.Day, chosen.Crew);
            return true;
        }

        (day[visit], crew[visit]) = (LeftOut, 0);
        return visits[visit].IsOptional;
    }

    /// <summary>Whether, of two plans of equal price for one visit, the calendar with the first comes first in the order of ties.</summary>
    private bool ComesFirst(int visit, (int Day, DayPlan Plan) first, (int Day, DayPlan Plan) second)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (v != visit && day[v] != first.Day && day[v] != second.Day)
            {
                continue;
            }

            var (firstDay, secondDay) = v == visit ? (first.Day, second.Day) : (day[v], day[v]);
            if (firstDay != secondDay)
            {
                return firstDay < secondDay;
            }

            var order = PlaceIn(visit, v, firstDay, first).ComparePlace(PlaceIn(visit, v, secondDay, second));
            if (order != 0)
            {
                return order < 0;
            }
        }

        return false;
    }

    /// <summary>The place of visit <paramref name="v"/> when <paramref name="visit"/> is planned as given.</summary>
    private Option PlaceIn(int visit, int v, int d, (int Day, DayPlan Plan) planned)
    {
        Span<DayMember> members = stackalloc DayMember[visits.Length + 1];
        var count = MembersOf(d, members);
        var index = 0;
        for (var i = 0; i < count; i++)
        {
            index += members[i].Visit < v ? 1 : 0;
        }

        if (d != planned.Day)
        {
            return sharedDays.Plan(d, members[..count])!.Options[index];
        }

        return planned.Plan.Options[index + (visit < v ? 1 : 0)];
    }

    private void Finish()
    {
        var (chosen, cost) = Collect();
        if (problem.LastStart is { } last && !StartsBy(last))
        {
            return;
        }

        if (accepts is not null && !accepts(day, chosen))
        {
            return;
        }

        cost += WindowPrices() + ChainPrice() + TreatmentDays();
        for (var v = 0; v < visits.Length; v++)
        {
            cost += day[v] == LeftOut ? PackedCost.Unplaced : PackedCost.Zero;
        }

        cost += PeoplePrices();
        if (best is null || cost < best.Cost || (cost == best.Cost && ComesFirst(chosen, best)))
        {
            best = new(cost, [.. day], chosen);
        }
    }

    private bool ComesFirst(Option?[] chosen, Solution other)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] != other.Days[v])
            {
                return day[v] != LeftOut && (other.Days[v] == LeftOut || day[v] < other.Days[v]);
            }

            if (chosen[v] is { } mine && mine.ComparePlace(other.Options[v]!) is var order and not 0)
            {
                return order < 0;
            }
        }

        return false;
    }

    private (Option?[] Chosen, PackedCost Cost) Collect()
    {
        var chosen = new Option?[visits.Length];
        var cost = PackedCost.Zero;
        Span<DayMember> members = stackalloc DayMember[visits.Length + 1];
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] < 0 || chosen[v] is not null)
            {
                continue;
            }

            var count = MembersOf(day[v], members);
            var plan = sharedDays.Plan(day[v], members[..count]) ?? throw new UnreachableException("A day was left without a plan.");
            cost += plan.Cost;
            for (var i = 0; i < count; i++)
            {
                chosen[members[i].Visit] = plan.Options[i];
            }
        }

        return (chosen, cost);
    }

    private bool StartsBy(int last)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (visits[v].MayOpen && day[v] >= 0 && day[v] <= last)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks early, when the last treatment visit is placed, whether the solutions below would be refused.</summary>
    private bool Accepts(int placed)
    {
        if (accepts is null || !visits[placed].IsTreatment || Array.Exists(visits, v => v.IsTreatment && day[Array.IndexOf(visits, v)] == Open))
        {
            return true;
        }

        return accepts(day, Collect().Chosen);
    }

    /// <summary>No solution below this point costs less.</summary>
    private PackedCost LowerBound(Domains level, PackedCost dayCost)
    {
        var bound = dayCost + WindowPrices() + ChainPrice() + PeoplePrices();
        var (first, last, any) = (int.MaxValue, 0, false);
        for (var v = 0; v < visits.Length; v++)
        {
            var earliest = day[v] >= 0 ? day[v] : day[v] == LeftOut ? -1 : DaySet.Next(level.Days(v), 0);
            if (day[v] == LeftOut || earliest < 0)
            {
                bound += PackedCost.Unplaced;
                continue;
            }

            if (visits[v].IsTreatment)
            {
                any = true;
                first = Math.Min(first, earliest);
                last = !visits[v].IsOptional || day[v] >= 0 ? Math.Max(last, earliest) : last;
            }

            if (day[v] == Open)
            {
                bound += LeastPrice(level, v) + leastFragments[v];
            }
        }

        return bound + (any ? PackedCost.Days(first, last) : PackedCost.Zero);
    }

    /// <summary>The least that the windows and the weekday of an open visit cost.</summary>
    private PackedCost LeastPrice(Domains level, int visit)
    {
        if (visits[visit].Class.DayPoints is null && !narrowing.IsPriced(visit))
        {
            return PackedCost.Zero;
        }

        var least = PackedCost.Worst;
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            var price = PackedCost.Preference(visits[visit].Class.DayPoints?[d] ?? 0) + WindowPrice(visit, d);
            least = price < least ? price : least;
        }

        return least;
    }

    /// <summary>The price of a visit's day under the windows whose other side is known.</summary>
    private PackedCost WindowPrice(int visit, int d)
    {
        var price = PackedCost.Zero;
        foreach (var window in narrowing.WindowsOf(visit))
        {
            if (window.Visit == visit && (window.Anchor < 0 || day[window.Anchor] >= 0))
            {
                price += window.Price(window.Anchor < 0 ? 0 : day[window.Anchor], d);
            }
            else if (window.Anchor == visit && day[window.Visit] >= 0)
            {
                price += window.Price(d, day[window.Visit]);
            }
        }

        return price;
    }

    private PackedCost WindowPrices()
    {
        var price = PackedCost.Zero;
        foreach (var window in problem.Windows)
        {
            if (day[window.Visit] >= 0 && (window.Anchor < 0 || day[window.Anchor] >= 0))
            {
                price += window.Price(window.Anchor < 0 ? 0 : day[window.Anchor], day[window.Visit]);
            }
        }

        return price;
    }

    /// <summary>Changes of person along the chains, as far as they are known: an open visit in between may hide one, never undo it.</summary>
    private PackedCost ChainPrice()
    {
        var changes = 0;
        foreach (var chain in problem.Chains)
        {
            var before = -1;
            foreach (var (visit, need) in chain.Links)
            {
                if (day[visit] == Open)
                {
                    before = -1;
                }
                else if (day[visit] >= 0)
                {
                    var person = visits[visit].Class.Crews[crew[visit]].Resources[need];
                    changes += before >= 0 && before != person ? 1 : 0;
                    before = person;
                }
            }
        }

        return PackedCost.PersonChanges(changes);
    }

    private PackedCost PeoplePrices()
    {
        var breaches = 0;
        foreach (var relation in problem.People)
        {
            breaches += Breaks(relation) ? 1 : 0;
        }

        return PackedCost.PersonChanges(breaches);
    }

    private PackedCost PeoplePrice(int visit)
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
        && day[relation.First] >= 0
        && day[relation.Second] >= 0
        && !relation.Holds(
            visits[relation.First].Class.Crews[crew[relation.First]].Resources[relation.FirstNeed],
            visits[relation.Second].Class.Crews[crew[relation.Second]].Resources[relation.SecondNeed]);

    private PackedCost TreatmentDays()
    {
        var (first, last) = (int.MaxValue, -1);
        for (var v = 0; v < visits.Length; v++)
        {
            if (visits[v].IsTreatment && day[v] >= 0)
            {
                (first, last) = (Math.Min(first, day[v]), Math.Max(last, day[v]));
            }
        }

        return last < 0 ? PackedCost.Zero : PackedCost.Days(first, last);
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
