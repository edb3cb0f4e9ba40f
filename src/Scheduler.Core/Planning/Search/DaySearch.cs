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
/// resources are chosen inside a day, exactly; visits that no longer touch each other are decisions.Placed one by one at the end, each at
/// its best. Among solutions of equal price the first in the order of ties wins, so that the answer does not depend on the order of search.
/// </summary>
internal sealed class DaySearch
{
    private readonly SearchProblem problem;
    private readonly VisitModel[] visits;
    private readonly DayOptions[] options;
    private readonly Option?[] fixedOptions;
    private readonly SharedDay sharedDays;
    private readonly PossibleDays possible;
    private readonly Narrowing narrowing;
    private readonly Decisions decisions;
    private readonly Prices prices;
    private readonly LooseVisits loose;
    private readonly Func<int[], Option?[], bool>? accepts;
    private readonly StepBudget budget;
    private readonly bool anyTreatment;
    private readonly List<Domains> levels = [];
    private Solution? best;

    /// <summary>Prepares a search.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="budget">Steps to take at most.</param>
    /// <param name="accepts">Refuses solutions by days and options, once all treatment visits are placed (all visits, where none is treatment); null accepts all.</param>
    public DaySearch(SearchProblem problem, long budget, Func<int[], Option?[], bool>? accepts = null)
    {
        (this.problem, this.budget, this.accepts) = (problem, new(budget), accepts);
        visits = problem.Visits;
        options = new DayOptions[visits.Length];
        fixedOptions = [.. visits.Select(v => v.FixedOption)];
        sharedDays = new SharedDay(problem, options, fixedOptions, this.budget);
        possible = new PossibleDays(problem, options, fixedOptions, this.budget);
        narrowing = new Narrowing(problem, this.budget);
        decisions = new Decisions(problem);
        prices = new Prices(problem, decisions, narrowing, sharedDays);
        loose = new LooseVisits(problem, decisions, options, sharedDays, prices, this.budget);
        anyTreatment = Array.Exists(visits, v => v.IsTreatment);
    }

    /// <summary>Whether any solution will do: the search ends with the first.</summary>
    public bool StopsAtFirst { get; init; }

    /// <summary>Searches until the best solution is proved, or none exists, or the budget is used up.</summary>
    public SearchResult Run()
    {
        var root = Domains.Of(problem);
        levels.Add(root);
        var bound = PackedCost.Worst;
        if (narrowing.NarrowAll(root, decisions.Day) && possible.Keep(root) && narrowing.NarrowAll(root, decisions.Day))
        {
            if (!StopsAtFirst)
            {
                possible.FindLeastFragments(root, prices.LeastFragments);
            }

            bound = prices.LowerBound(root, PackedCost.Zero);
            if (PlaceForced(root) is { } cost)
            {
                Descend(0, cost);
            }
        }
        else
        {
            // Nothing that was left out of account for want of steps makes a day possible.
            return new(null, IsComplete: !problem.IsCut, PackedCost.Worst, budget.Taken);
        }

        return budget.IsUsedUp || problem.IsCut
            ? new(best, IsComplete: false, best is { } found && found.Cost < bound ? found.Cost : bound, budget.Taken)
            : new(best, IsComplete: true, best?.Cost ?? PackedCost.Worst, budget.Taken);
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

        // Every pair of open visits may be looked at.
        budget.Charge((long)visits.Length * visits.Length / 16);
        var level = levels[depth];
        if (best is not null && prices.LowerBound(level, dayCost) is var bound && (bound > best.Cost || (bound == best.Cost && ComesAfterBest(level))))
        {
            return;
        }

        var next = NextVisit(level);
        if (next < 0)
        {
            FinishOneByOne(level);
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

        decisions.Day[next] = Decisions.Open;
    }

    /// <summary>Decides a visit, and with it those to which that leaves one day and one crew; then goes on below.</summary>
    private void Place(int depth, PackedCost dayCost, int visit, int d, int c)
    {
        var below = levels[depth + 1];
        below.CopyFrom(levels[depth]);
        below.Days(visit).Clear();
        if (d != Decisions.LeftOut)
        {
            DaySet.Add(below.Days(visit), d);
            below.Crews(visit).Clear();
            DaySet.Add(below.Crews(visit), c);
        }

        var mark = decisions.Placed.Count;
        if (d == Decisions.LeftOut)
        {
            decisions.Day[visit] = Decisions.LeftOut;
        }
        else
        {
            decisions.Place(visit, d, c);
        }

        if (narrowing.NarrowFrom(below, decisions.Day, visit) && PlaceForced(below, mark) is { } more && Accepts(mark))
        {
            Descend(depth + 1, dayCost + more);
        }

        decisions.Undo(mark);
        decisions.Day[visit] = Decisions.Open;
    }

    /// <summary>
    /// Places the needed visits that are left one day and one crew, so that bundles are planned at once. What the days of all that was placed since
    /// <paramref name="mark"/> cost more than before; null where some day has no plan.
    /// </summary>
    private PackedCost? PlaceForced(Domains level, int mark = 0)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (decisions.Day[v] == Decisions.Open && !visits[v].IsOptional && DaySet.Size(level.Days(v)) == 1 && DaySet.Size(level.Crews(v)) == 1)
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

    /// <summary>The next visit to decide: fixed ones, then treatment, the one with the fewest choices; -1 when the open ones no longer touch each other.</summary>
    private int NextVisit(Domains level)
    {
        var (chosen, fewest) = (-1, long.MaxValue);
        for (var v = 0; v < visits.Length; v++)
        {
            if (decisions.Day[v] != Decisions.Open)
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

        return chosen < 0 || visits[chosen].Fixed is not null || visits[chosen].IsTreatment || !MayFinish(level) ? chosen : -1;
    }

    /// <summary>Whether the open visits can take each its own best place: no limit on the course as a whole is still to be met.</summary>
    private bool MayFinish(Domains level) =>
        (problem.LastStart is not { } last || StartsBy(last)) && (accepts is null || anyTreatment) && loose.AreLoose(level);

    private List<(int Day, int Crew)> Choices(Domains level, int visit)
    {
        var choices = new List<(PackedCost Price, int Day, int Crew)>();
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            var price = PackedCost.Preference(visits[visit].Class.DayPoints?[d] ?? 0) + prices.OfWindows(visit, d);
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
            ordered.Add((Decisions.LeftOut, 0));
        }

        return ordered;
    }

    /// <summary>Places the open visits, which touch neither each other nor each other's days, each at its best.</summary>
    private void FinishOneByOne(Domains level)
    {
        var mark = decisions.Placed.Count;
        int[] open = [.. Enumerable.Range(0, visits.Length).Where(v => decisions.Day[v] == Decisions.Open)];
        if (loose.TryPlace(level))
        {
            Finish();
        }

        decisions.Undo(mark);
        Array.ForEach(open, v => decisions.Day[v] = Decisions.Open);
    }

    private void Finish()
    {
        var (chosen, cost) = Collect();
        if (problem.LastStart is { } last && !StartsBy(last))
        {
            return;
        }

        if (accepts is not null && !accepts(decisions.Day, chosen))
        {
            return;
        }

        cost += prices.OfWindows() + prices.OfChains() + prices.OfTreatmentDays();
        for (var v = 0; v < visits.Length; v++)
        {
            cost += decisions.Day[v] == Decisions.LeftOut ? PackedCost.Unplaced : PackedCost.Zero;
        }

        cost += prices.OfPeople();
        if (best is null || cost < best.Cost || (cost == best.Cost && ComesFirst(chosen, best)))
        {
            best = new(cost, [.. decisions.Day], chosen);
        }
    }

    /// <summary>
    /// Whether every calendar below comes after the best one in the order of ties: up to the first visit that is later, all are decided and lie where
    /// they lie in the best.
    /// </summary>
    private bool ComesAfterBest(Domains level)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            var isOpen = decisions.Day[v] == Decisions.Open;
            var day = isOpen ? DaySet.Next(level.Days(v), 0) : decisions.Day[v];
            if (day != best!.Days[v])
            {
                return best.Days[v] >= 0 && (day < 0 || day > best.Days[v]);
            }

            if (day < 0)
            {
                continue;
            }

            if (isOpen || MayBeJoined(level, v) || sharedDays.Plan(decisions.Together(v, without: null)) is not { } plan)
            {
                return false;
            }

            var members = decisions.Together(v, without: null);
            var order = plan.Options[Array.FindIndex(members, m => m.Visit == v)].ComparePlace(best.Options[v]!);
            if (order != 0)
            {
                return order > 0;
            }
        }

        return false;
    }

    /// <summary>Whether the day of a placed visit may still change: an open visit may come to it, or is tied to it by hours.</summary>
    private bool MayBeJoined(Domains level, int visit)
    {
        if (decisions.HourPartners.Any(p => p.Length > 0))
        {
            return true;
        }

        for (var other = 0; other < visits.Length; other++)
        {
            if (decisions.Day[other] == Decisions.Open && !problem.NeverShare[visit, other] && DaySet.Contains(level.Days(other), decisions.Day[visit]))
            {
                return true;
            }
        }

        return false;
    }

    private bool ComesFirst(Option?[] chosen, Solution other)
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (decisions.Day[v] != other.Days[v])
            {
                return decisions.Day[v] != Decisions.LeftOut && (other.Days[v] == Decisions.LeftOut || decisions.Day[v] < other.Days[v]);
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
            if (decisions.Day[v] < 0 || chosen[v] is not null)
            {
                continue;
            }

            var members = decisions.Together(v, without: null);
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
            if (visits[v].MayOpen && decisions.Day[v] >= 0 && decisions.Day[v] <= last)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks early, when the last treatment visit is decisions.Placed, whether the solutions below would be refused.</summary>
    private bool Accepts(int mark)
    {
        if (accepts is null || !decisions.Placed.Skip(mark).Any(v => visits[v].IsTreatment) || AnyTreatmentOpen())
        {
            return true;
        }

        return accepts(decisions.Day, Collect().Chosen);
    }

    private bool AnyTreatmentOpen()
    {
        for (var v = 0; v < visits.Length; v++)
        {
            if (visits[v].IsTreatment && decisions.Day[v] == Decisions.Open)
            {
                return true;
            }
        }

        return false;
    }
}
