using System.Diagnostics;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Branch and bound over days and crews, with memory: every choice narrows the days of related visits to a fixpoint; the visits that are still open fall into
/// groups that cannot move each other, each of which is searched for itself; what is best for a group in some state is found once. Starts and
/// resources are chosen inside a day, exactly. Among solutions of equal price the first in the order of ties wins, so that the answer does not depend on the order of search.
/// </summary>
internal sealed class DaySearch
{
    /// <summary>More open visits than this are more than a usual course has.</summary>
    private const int ManyVisits = 64;

    private readonly SearchRoot root;
    private readonly SearchProblem problem;
    private readonly VisitModel[] visits;
    private readonly DayOptions[] options;
    private readonly Option?[] fixedOptions;
    private readonly SharedDay sharedDays;
    private readonly Narrowing narrowing;
    private readonly Decisions decisions;
    private readonly Prices prices;
    private readonly Coupling coupling;
    private readonly KnownParts known;
    private readonly LoneVisit loneVisit;
    private readonly TieOrder ties;
    private readonly Acceptance acceptance;
    private readonly StepBudget budget;
    private readonly List<Domains> levels = [];

    /// <summary>
    /// Whether the visits of the group at hand were already tried with none left out, and did not fit: with one more of them placed they fit no better, so that
    /// is not tried again until one is left out or the group falls apart.
    /// </summary>
    private bool allKeptFailed;

    /// <summary>Whether any solution will do: the search ends with the first.</summary>
    private bool stopsAtFirst;

    /// <summary>Prepares a search.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="budget">Steps to take at most.</param>
    /// <param name="seen">Impressions that no solution may make again.</param>
    /// <param name="optionsOf">Gives the options of a class where several searches share them.</param>
    public DaySearch(SearchProblem problem, long budget, IReadOnlyList<Impression>? seen = null, OptionsOf? optionsOf = null)
        : this(new SearchRoot(problem, budget, optionsOf), seen)
    {
    }

    private DaySearch(SearchRoot root, IReadOnlyList<Impression>? seen)
    {
        this.root = root;
        (problem, visits, budget) = (root.Problem, root.Problem.Visits, root.Budget);
        (options, fixedOptions, sharedDays, decisions, narrowing) = (root.Options, root.FixedOptions, root.SharedDays, root.Decisions, root.Narrowing);
        prices = new Prices(problem, decisions, narrowing, sharedDays, options);
        acceptance = new Acceptance(problem, decisions, seen ?? []);
        coupling = new Coupling(problem, decisions, acceptance);
        known = new KnownParts(problem, decisions, coupling, acceptance);
        ties = new TieOrder(problem, decisions, options, sharedDays);
        loneVisit = new LoneVisit(problem, decisions, sharedDays, prices, budget);
    }

    /// <summary>Asks whether any solution exists.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="steps">Steps to take at most.</param>
    /// <param name="optionsOf">Gives the options of a class where several searches share them.</param>
    public static Existence Exists(SearchProblem problem, long steps, OptionsOf? optionsOf = null)
    {
        var begin = new SearchRoot(problem, steps, optionsOf);

        // Often each visit goes on the first day that is left to it: then nobody need ask which days are possible, nor try others.
        var fits = new FirstFit(begin);
        var isOpen = begin.Narrow();
        var isFound = isOpen && fits.Holds(starts: 1);
        if (!isFound && isOpen)
        {
            isOpen = begin.KeepPossible(fits.Stuck);
            isFound = isOpen && fits.Holds(FirstFit.MostStarts);
        }

        var result = isFound ? null : isOpen ? new DaySearch(begin, seen: null) { stopsAtFirst = true }.Search() : Nothing(begin);
        return new(result is not { Best: null }, result is not { Best: null, IsComplete: false }, begin.Budget.Taken);
    }

    /// <summary>Searches until the best solution is proved, or none exists, or the budget is used up.</summary>
    public SearchResult Run() => root.Narrow() && root.KeepPossible() ? Search() : Nothing(root);

    /// <summary>Searches until any solution is found, or it is proved that none exists, or the budget is used up.</summary>
    public SearchResult First()
    {
        stopsAtFirst = true;
        return Run();
    }

    /// <summary>Nothing that was left out of account for want of steps makes a day possible.</summary>
    private static SearchResult Nothing(SearchRoot root) => new(null, IsComplete: !root.Problem.IsCut, PackedCost.Worst, root.Budget.Taken);

    private SearchResult Search()
    {
        var days = root.Days;
        levels.Add(days);
        if (!stopsAtFirst)
        {
            root.Possible.FindLeastFragments(days, prices.LeastFragments);
        }

        int[] all = [.. Enumerable.Range(0, visits.Length)];
        var bound = prices.LeastOf(days, all) + prices.LeastSpan(days, all, TreatmentSpan.None).Price;
        var best = PlaceForced(days, all, 0) is { } price && MayStartInTime(days) ? SolutionBelow(price + prices.Settled()) : null;
        return budget.IsShort || problem.IsCut
            ? new(best, IsComplete: false, best is { } found && found.Cost < bound ? found.Cost : bound, budget.Taken)
            : new(best, IsComplete: true, best?.Cost ?? PackedCost.Worst, budget.Taken);
    }

    private Solution? SolutionBelow(PackedCost price)
    {
        var span = decisions.Placed.Where(v => visits[v].IsTreatment).Aggregate(TreatmentSpan.None, (s, v) => s.With(decisions.Day[v]));
        int[] open = [.. Enumerable.Range(0, visits.Length).Where(v => decisions.Day[v] == Decisions.Open)];
        if (!acceptance.Accepts() || Best(depth: 0, open, span, PackedCost.Unlimited) is not { } rest)
        {
            return null;
        }

        var (days, options) = Whole(rest);
        return new(price + span.Price + rest.Price, days, options);
    }

    /// <summary>The best places of the open visits beside what is decided, at no more than a limit; null where there are none, or the budget ended.</summary>
    private Part? Best(int depth, int[] open, TreatmentSpan span, PackedCost limit)
    {
        if (open.Length == 0)
        {
            return limit < PackedCost.Zero ? null : Part.Nothing;
        }

        // Every pair of open visits may be looked at; of many, most are.
        budget.Charge((long)open.Length * open.Length / (open.Length > ManyVisits ? 2 : 16));
        var groups = coupling.Split(levels[depth], open, span);
        if (groups.Count == 1)
        {
            return BestOf(depth, groups[0], span, limit);
        }

        var hadFailed = allKeptFailed;
        allKeptFailed = false;
        var part = BestApart(depth, groups, span, limit);
        allKeptFailed = hadFailed;
        return part;
    }

    /// <summary>The best places of groups that cannot move each other: those of each.</summary>
    private Part? BestApart(int depth, List<int[]> groups, TreatmentSpan span, PackedCost limit)
    {
        var level = levels[depth];
        groups.Sort((a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : a[0].CompareTo(b[0]));
        var least = groups.ConvertAll(g => prices.LeastOf(level, g));
        var rest = least.Aggregate(PackedCost.Zero, (sum, price) => sum + price);
        var open = groups.SelectMany(g => g).ToArray();
        var days = prices.LeastSpan(level, open, span).Price - span.Price;
        if (rest + days > limit)
        {
            return null;
        }

        // Only the last day of treatment counts: each group that may move it says how early it can be, and then all have until the latest of these.
        var stretching = groups.FindAll(g => Array.Exists(g, v => visits[v].IsTreatment && !span.Holds(level.Days(v))));
        var stretched = span;
        var parts = new Part[groups.Count];
        for (var round = stretching.Count > 1 && !stopsAtFirst ? 0 : 1; round < 2; round++)
        {
            var (settled, left) = (PackedCost.Zero, rest);
            for (var i = 0; i < groups.Count; i++)
            {
                if (round == 0 && !stretching.Contains(groups[i]))
                {
                    continue;
                }

                left -= least[i];
                var mine = round == 0 ? span : stretched;
                var others = round == 0 ? rest - least[i] : settled + left + (stretched.Price - span.Price);

                // A group that can bring the first day forward is worth more than its own least price.
                others += stretching is [var only] && groups.IndexOf(only) > i ? days : PackedCost.Zero;
                if (BestOf(depth, groups[i], mine, limit - others) is not { } part)
                {
                    return null;
                }

                parts[i] = part;
                if (round == 0)
                {
                    stretched = With(stretched, part);
                }
                else
                {
                    settled += part.Price;
                }
            }
        }

        // Where steps run short, a part may end earlier than when it was first asked: what counts is where all of them do.
        var price = parts.Aggregate(
            parts.Aggregate(span, With).Price - span.Price, (sum, part) => sum + part.Price - (With(stretched, part).Price - stretched.Price));
        return price > limit ? null : parts.Aggregate(Part.Nothing, (all, part) => all.With(part, price));
    }

    private TreatmentSpan With(TreatmentSpan span, Part part) => part.Places.Aggregate(span, (s, p) => p.Day >= 0 && visits[p.Visit].IsTreatment ? s.With(p.Day) : s);

    /// <summary>The best places of visits that touch each other.</summary>
    private Part? BestOf(int depth, int[] group, TreatmentSpan span, PackedCost limit)
    {
        var level = levels[depth];
        if (prices.LeastOf(level, group) + prices.LeastSpan(level, group, span).Price - span.Price > limit)
        {
            return null;
        }

        var state = known.KeyOf(level, group, span);
        if (known.TryGet(state, limit, out var best))
        {
            return best;
        }

        best = group is [var lone] && visits[lone].Fixed is null && coupling.StartsInTime() && !(acceptance.Counts(lone) && acceptance.IsPending())
            ? loneVisit.Best(level, lone, span, stopsAtFirst)
            : budget.Spend() ? AllKept(depth, group, span, limit) ?? Branch(depth, group, span, limit) : null;
        if (!budget.IsShort)
        {
            known.Keep(state, best, limit);
        }

        return best is { } part && part.Price > limit ? null : best;
    }

    /// <summary>
    /// The best places that leave out none of the conditional visits that still have a day: where there are any, none are better. Null where there are none,
    /// or where that was asked before.
    /// </summary>
    private Part? AllKept(int depth, int[] group, TreatmentSpan span, PackedCost limit)
    {
        var level = levels[depth];
        int[] kept = [.. group.Where(v => decisions.MayLeaveOut(v) && !DaySet.IsEmpty(level.Days(v)))];
        if (kept.Length == 0 || allKeptFailed)
        {
            return null;
        }

        Array.ForEach(kept, v => decisions.Keep(v, true));
        var below = Below(depth);
        var part = Settle(depth, group, -1, narrowing.NarrowAll(below), (decisions.Placed.Count, prices.Settled()), span, limit, null);
        Array.ForEach(kept, v => decisions.Keep(v, false));
        return part;
    }

    /// <summary>Tries each place of one visit, and the best of the others beside it.</summary>
    private Part? Branch(int depth, int[] group, TreatmentSpan span, PackedCost limit)
    {
        Part? best = null;
        var visit = NextVisit(levels[depth], group);
        var (choices, hadFailed) = (Choices(levels[depth], visit), allKeptFailed);
        foreach (var (d, c) in choices)
        {
            allKeptFailed = d != Decisions.LeftOut;
            best = Beside(depth, group, (visit, d, c), span, limit, best) ?? best;
            if (budget.IsUsedUp || ((stopsAtFirst || budget.IsShort) && best is not null))
            {
                break;
            }
        }

        allKeptFailed = hadFailed;
        return best;
    }

    /// <summary>Decides a visit and finds the best of the others. Null where that does not come before the best known.</summary>
    private Part? Beside(int depth, int[] group, (int Visit, int Day, int Crew) choice, TreatmentSpan span, PackedCost limit, Part? best)
    {
        var (visit, d, c) = choice;
        var below = Below(depth);
        below.Days(visit).Clear();
        var before = (decisions.Placed.Count, prices.Settled());
        if (d == Decisions.LeftOut)
        {
            decisions.Day[visit] = Decisions.LeftOut;
        }
        else
        {
            DaySet.Add(below.Days(visit), d);
            below.Crews(visit).Clear();
            DaySet.Add(below.Crews(visit), c);
            decisions.Place(visit, d, c);
        }

        var found = Settle(depth, group, visit, narrowing.NarrowFrom(below, visit), before, span, limit, best);
        decisions.Day[visit] = Decisions.Open;
        return found is null || best is null || found.Price < best.Price || found.ComesBefore(best, PlaceOf) ? found : null;
    }

    /// <summary>Places the visits to which a decision leaves one day and one crew, and the others at their best; then takes back all that was placed since before it.</summary>
    private Part? Settle(
        int depth, int[] group, int visit, bool holds, (int Mark, PackedCost Settled) before, TreatmentSpan span, PackedCost limit, Part? best)
    {
        Part? found = null;
        var below = levels[depth + 1];
        if (holds && PlaceForced(below, group, before.Mark) is { } price && MayStartInTime(below) && DaysHold(below, group) && acceptance.Accepts())
        {
            var spanWith = span;
            for (var i = before.Mark; i < decisions.Placed.Count; i++)
            {
                spanWith = visits[decisions.Placed[i]].IsTreatment ? spanWith.With(decisions.Day[decisions.Placed[i]]) : spanWith;
            }

            var isLeftOut = visit >= 0 && decisions.Day[visit] == Decisions.LeftOut;
            price += prices.Settled() - before.Settled + spanWith.Price - span.Price + (isLeftOut ? PackedCost.Unplaced : PackedCost.Zero);
            var most = best is null ? limit : ties.ComesAfter(below, levels[depth], group, best) ? best.Price.JustBelow() : best.Price;
            if (Best(depth + 1, Array.FindAll(group, v => decisions.Day[v] == Decisions.Open), spanWith, most - price) is { } rest)
            {
                found = Placed(before.Mark, isLeftOut ? visit : -1).With(rest, price + rest.Price);
            }
        }

        decisions.Undo(before.Mark);
        return found;
    }

    /// <summary>
    /// Whether the days that visits must share hold all of them, whoever takes them: so that a long day is not tried with one crew after the other where none fits.
    /// </summary>
    private bool DaysHold(Domains level, int[] group)
    {
        var mark = decisions.Placed.Count;
        foreach (var v in group)
        {
            if (decisions.Day[v] == Decisions.Open && !decisions.MayLeaveOut(v) && DaySet.Size(level.Days(v)) == 1 && fixedOptions[v] is null)
            {
                decisions.Place(v, DaySet.Next(level.Days(v), 0), Decisions.AnyCrew);
            }
        }

        var holds = true;
        for (var i = mark; holds && i < decisions.Placed.Count; i++)
        {
            var members = decisions.Together(decisions.Placed[i], without: null);
            holds = members.Length == 1 || sharedDays.Plan(members) is not null;
        }

        decisions.Undo(mark);
        return holds;
    }

    /// <summary>The level below one, as the one is.</summary>
    private Domains Below(int depth)
    {
        if (levels.Count == depth + 1)
        {
            levels.Add(levels[depth].Clone());
        }
        else
        {
            levels[depth + 1].CopyFrom(levels[depth]);
        }

        return levels[depth + 1];
    }

    /// <summary>The places of the visits decided since a mark and of those that are planned together with them, and of one that may be left out.</summary>
    private Part Placed(int mark, int leftOut)
    {
        var places = new SortedList<int, Place>();
        if (leftOut >= 0)
        {
            places.Add(leftOut, new(leftOut, Decisions.LeftOut, 0, null));
        }

        for (var i = mark; i < decisions.Placed.Count; i++)
        {
            if (!places.ContainsKey(decisions.Placed[i]))
            {
                var members = decisions.Together(decisions.Placed[i], without: null);
                var plan = sharedDays.Plan(members) ?? throw new UnreachableException("A day was left without a plan.");
                for (var m = 0; m < members.Length; m++)
                {
                    places[members[m].Visit] = new(members[m].Visit, members[m].Day, members[m].Crew, plan.Options[m]);
                }
            }
        }

        return new(PackedCost.Zero, [.. places.Values]);
    }

    private Place PlaceOf(int visit) => sharedDays.PlaceOf(visit, decisions);

    /// <summary>
    /// Places the needed visits that are left one day and one crew, so that bundles are planned at once. What the days of all that was placed since
    /// <paramref name="mark"/> cost more than before; null where some day has no plan.
    /// </summary>
    private PackedCost? PlaceForced(Domains level, int[] group, int mark)
    {
        foreach (var v in group)
        {
            if (decisions.Day[v] == Decisions.Open && !decisions.MayLeaveOut(v) && DaySet.Size(level.Days(v)) == 1 && DaySet.Size(level.Crews(v)) == 1)
            {
                var (d, c) = (DaySet.Next(level.Days(v), 0), DaySet.Next(level.Crews(v), 0));
                if (fixedOptions[v] is null && !level.Possible(v, c, d))
                {
                    return null;
                }

                decisions.Place(v, d, c);
            }
        }

        return prices.Since(mark);
    }

    /// <summary>The next visit to decide: fixed ones first, then treatment, the one with the fewest choices.</summary>
    private int NextVisit(Domains level, int[] group)
    {
        var (chosen, fewest) = (-1, long.MaxValue);
        foreach (var v in group)
        {
            var choices = (long)DaySet.Size(level.Days(v)) * DaySet.Size(level.Crews(v));
            var rank = visits[v].Fixed is not null ? 0 : visits[v].IsTreatment ? choices : choices + (1L << 40);
            if (rank < fewest)
            {
                (chosen, fewest) = (v, rank);
            }
        }

        return chosen;
    }

    private List<(int Day, int Crew)> Choices(Domains level, int visit)
    {
        var choices = new List<(PackedCost Price, int Day, int Crew)>();
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            // Where the first solution will do, a day that is empty is more likely to have room than it costs.
            var price = stopsAtFirst ? PackedCost.Fragments(decisions.Placed.Count(v => decisions.Day[v] == d)) : prices.OfWindows(visit, d);
            for (var c = DaySet.Next(level.Crews(visit), 0); c >= 0; c = DaySet.Next(level.Crews(visit), c + 1))
            {
                if (level.Possible(visit, c, d))
                {
                    choices.Add((stopsAtFirst || visits[visit].Fixed is not null ? price : price + options[visit].LeastPrice(c, d), d, c));
                }
            }
        }

        choices.Sort();
        var ordered = choices.ConvertAll(choice => (choice.Day, choice.Crew));
        if (decisions.MayLeaveOut(visit))
        {
            ordered.Add((Decisions.LeftOut, 0));
        }

        return ordered;
    }

    /// <summary>Whether some visit lies, or may still lie, inside the start range.</summary>
    private bool MayStartInTime(Domains level)
    {
        if (coupling.StartsInTime())
        {
            return true;
        }

        for (var v = 0; v < visits.Length; v++)
        {
            if (visits[v].MayOpen && decisions.Day[v] == Decisions.Open && DaySet.Next(level.Days(v), 0) is >= 0 and var earliest && earliest <= problem.LastStart)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Days and options of everything that is decided, with a part.</summary>
    private (int[] Days, Option?[] Options) Whole(Part rest)
    {
        var (days, chosen) = ((int[])[.. decisions.Day], new Option?[visits.Length]);
        foreach (var place in rest.Places)
        {
            (days[place.Visit], chosen[place.Visit]) = (place.Day, place.Option);
        }

        foreach (var v in decisions.Placed)
        {
            chosen[v] ??= PlaceOf(v).Option;
        }

        return (days, chosen);
    }
}
