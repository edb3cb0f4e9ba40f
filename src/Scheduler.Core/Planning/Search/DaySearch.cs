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
    private readonly StepBudget budget;
    private readonly bool[,] linked;
    private readonly int[][] hourPartners;
    private readonly bool[] inChain;
    private readonly PackedCost[] leastFragments;
    private readonly int[] day;
    private readonly int[] crew;
    private readonly List<Domains> levels = [];
    private readonly List<int> placed = [];
    private Solution? best;

    /// <summary>Prepares a search.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="budget">Steps to take at most.</param>
    /// <param name="accepts">Refuses solutions by days and options, once all treatment visits are placed; null accepts all.</param>
    public DaySearch(SearchProblem problem, long budget, Func<int[], Option?[], bool>? accepts = null)
    {
        (this.problem, this.budget, this.accepts) = (problem, new(budget), accepts);
        visits = problem.Visits;
        options = new DayOptions[visits.Length];
        fixedOptions = [.. visits.Select(v => v.FixedOption)];
        sharedDays = new SharedDay(problem, options, fixedOptions, this.budget);
        narrowing = new Narrowing(problem);
        (day, crew) = (new int[visits.Length], new int[visits.Length]);
        hourPartners = [.. Enumerable.Range(0, visits.Length).Select(HourPartners)];
        linked = Links();
        leastFragments = new PackedCost[visits.Length];
        inChain = [.. Enumerable.Range(0, visits.Length).Select(v => problem.Chains.Exists(c => Array.Exists(c.Links, l => l.Visit == v)))];
    }

    /// <summary>Whether any solution will do: the search ends with the first.</summary>
    public bool StopsAtFirst { get; init; }

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
            if (PlaceForced(root) is { } cost)
            {
                Descend(0, cost);
            }
        }

        return budget.IsUsedUp
            ? new(best, IsComplete: false, best is { } found && found.Cost < bound ? found.Cost : bound, budget.Taken)
            : new(best, IsComplete: true, best?.Cost ?? PackedCost.Worst, budget.Taken);
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

        if (!budget.Spend())
        {
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
            if (budget.IsUsedUp)
            {
                break;
            }
        }

        day[next] = Open;
    }

    /// <summary>Decides a visit, and with it those to which that leaves one day and one crew; then goes on below.</summary>
    private void Place(int depth, PackedCost dayCost, int visit, int d, int c)
    {
        var below = levels[depth + 1];
        below.CopyFrom(levels[depth]);
        below.Days(visit).Clear();
        if (d != LeftOut)
        {
            DaySet.Add(below.Days(visit), d);
            below.Crews(visit).Clear();
            DaySet.Add(below.Crews(visit), c);
        }

        var mark = placed.Count;
        (day[visit], crew[visit]) = (d, c);
        if (d != LeftOut)
        {
            placed.Add(visit);
        }

        if (narrowing.NarrowFrom(below, day, visit) && PlaceForced(below, mark) is { } more && Accepts(mark))
        {
            Descend(depth + 1, dayCost + more);
        }

        Undo(mark);
        day[visit] = Open;
    }

    private void Undo(int mark)
    {
        for (var i = mark; i < placed.Count; i++)
        {
            day[placed[i]] = Open;
        }

        placed.RemoveRange(mark, placed.Count - mark);
    }

    /// <summary>
    /// Places the needed visits that are left one day and one crew, so that bundles are planned at once. What the days of all that was placed since
    /// <paramref name="mark"/> cost more than before; null where some day has no plan.
    /// </summary>
    private PackedCost? PlaceForced(Domains level, int mark = 0)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] == Open && !visits[v].IsOptional && DaySet.Size(level.Days(v)) == 1 && DaySet.Size(level.Crews(v)) == 1)
            {
                (day[v], crew[v]) = (DaySet.Next(level.Days(v), 0), DaySet.Next(level.Crews(v), 0));
                if (fixedOptions[v] is null && !level.Possible(v, crew[v], day[v]))
                {
                    day[v] = Open;
                    return null;
                }

                placed.Add(v);
            }
        }

        return PriceSince(mark);
    }

    /// <summary>What the days of the visits placed since a mark cost more than they did without them; null where one has no plan.</summary>
    private PackedCost? PriceSince(int mark)
    {
        var (price, planned, before) = (PackedCost.Zero, new HashSet<int>(), new HashSet<int>());
        for (var i = mark; i < placed.Count; i++)
        {
            if (planned.Contains(placed[i]))
            {
                continue;
            }

            var members = Together(placed[i], without: null);
            if (sharedDays.Plan(members) is not { } plan)
            {
                return null;
            }

            price += plan.Cost;
            foreach (var member in members)
            {
                planned.Add(member.Visit);
                if (IsOld(member.Visit) && !before.Contains(member.Visit))
                {
                    var old = Together(member.Visit, IsNew);
                    price -= sharedDays.Plan(old)?.Cost ?? throw new UnreachableException("A day was left without a plan.");
                    before.UnionWith(old.Select(m => m.Visit));
                }
            }
        }

        return price;

        bool IsNew(int visit) => placed.IndexOf(visit) >= mark;

        bool IsOld(int visit) => !IsNew(visit);
    }

    /// <summary>The placed visits that are planned together with one of them, itself included: those of its day, and of the days that hours tie to it.</summary>
    private DayMember[] Together(int visit, Predicate<int>? without)
    {
        var reached = new List<int> { day[visit] };
        for (var i = 0; i < reached.Count; i++)
        {
            for (var v = 0; v < visits.Length; v++)
            {
                if (day[v] != reached[i] || (without?.Invoke(v) ?? false))
                {
                    continue;
                }

                foreach (var partner in hourPartners[v])
                {
                    if (day[partner] >= 0 && !reached.Contains(day[partner]) && !(without?.Invoke(partner) ?? false))
                    {
                        reached.Add(day[partner]);
                    }
                }
            }
        }

        var members = new List<DayMember>();
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] >= 0 && reached.Contains(day[v]) && !(without?.Invoke(v) ?? false))
            {
                members.Add(new(v, crew[v], day[v]));
            }
        }

        return [.. members];
    }

    private int[] HourPartners(int visit) =>
        [.. problem.HourSpans.Where(h => h.Anchor == visit).Select(h => h.Visit).Concat(problem.HourSpans.Where(h => h.Visit == visit).Select(h => h.Anchor)).Distinct()];

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

        return problem.HourSpans.Count > 0 && OpenVisitsTouchByHours(level);
    }

    /// <summary>Whether two open visits can lie on days that hours tie together, so that the place of one may move what the other meets.</summary>
    private bool OpenVisitsTouchByHours(Domains level)
    {
        var seen = new HashSet<int>();
        foreach (var v in placed)
        {
            if (hourPartners[v].Length == 0 || seen.Contains(v))
            {
                continue;
            }

            var members = Together(v, without: null);
            seen.UnionWith(members.Select(m => m.Visit));
            var touching = 0;
            for (var open = 0; open < visits.Length; open++)
            {
                touching += day[open] == Open
                    && Array.Exists(members, m => DaySet.Contains(level.Days(open), m.Day) || Array.IndexOf(hourPartners[open], m.Visit) >= 0) ? 1 : 0;
            }

            if (touching > 1)
            {
                return true;
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
        var (mark, leftOut) = (placed.Count, new List<int>());
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] != Open)
            {
                continue;
            }

            if (!PlaceAtBest(level, v) || budget.IsUsedUp)
            {
                day[v] = Open;
                Undo(mark);
                return;
            }

            if (day[v] >= 0)
            {
                placed.Add(v);
            }
            else
            {
                leftOut.Add(v);
            }
        }

        Finish();
        Undo(mark);
        leftOut.ForEach(v => day[v] = Open);
    }

    private bool PlaceAtBest(Domains level, int visit)
    {
        Placing? found = null;
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0 && budget.Spend(); d = DaySet.Next(level.Days(visit), d + 1))
        {
            var window = WindowPrice(visit, d);
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

        if (found is not null)
        {
            (day[visit], crew[visit]) = (found.Day, found.Crew);
            return true;
        }

        (day[visit], crew[visit]) = (LeftOut, 0);
        return visits[visit].IsOptional;
    }

    /// <summary>A visit on a day with a crew, and what that adds; null where it does not fit.</summary>
    private Placing? Placed(int visit, int d, int c, PackedCost window)
    {
        (day[visit], crew[visit]) = (d, c);
        var members = Together(visit, without: null);
        Placing? placing = null;
        if (sharedDays.Plan(members) is { } plan)
        {
            var price = window + plan.Cost + (inChain[visit] ? ChainPrice() : PackedCost.Zero) + PeoplePrice(visit);
            placing = new(d, c, price - PriceWithout(members, visit), members, plan);
        }

        day[visit] = Open;
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
                var others = Together(member.Visit, v => v == visit);
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
        var members = Together(visit, v => v == open);
        return sharedDays.Plan(members)!.Options[Array.FindIndex(members, m => m.Visit == visit)];
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
        for (var v = 0; v < visits.Length; v++)
        {
            if (day[v] < 0 || chosen[v] is not null)
            {
                continue;
            }

            var members = Together(v, without: null);
            var plan = sharedDays.Plan(members) ?? throw new UnreachableException("A day was left without a plan.");
            cost += plan.Cost;
            for (var i = 0; i < members.Length; i++)
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
    private bool Accepts(int mark)
    {
        if (accepts is null || !placed.Skip(mark).Any(v => visits[v].IsTreatment) || Array.Exists(visits, v => v.IsTreatment && day[Array.IndexOf(visits, v)] == Open))
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

        for (var v = 0; v < visits.Length; v++)
        {
            // Visits with a partner in common move each other by moving it.
            foreach (var partner in hourPartners[v])
            {
                Link(v, partner);
                foreach (var other in hourPartners[v])
                {
                    Link(partner, other);
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
