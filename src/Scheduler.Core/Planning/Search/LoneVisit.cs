using System.Diagnostics;

namespace Scheduler.Core.Planning.Search;

/// <summary>Finds the best place of an open visit that no other open visit touches: day by day, beside what is decided.</summary>
internal sealed class LoneVisit(SearchProblem problem, Decisions decisions, SharedDay sharedDays, Prices prices, StepBudget budget)
{
    /// <summary>Days on which a visit is alone that are looked at for one step.</summary>
    private const int DaysOfAStep = 16;

    private readonly VisitModel[] visits = problem.Visits;
    private readonly bool[] inChain =
        [.. Enumerable.Range(0, problem.Visits.Length).Select(v => problem.Chains.Exists(c => Array.Exists(c.Links, l => l.Visit == v)))];

    /// <summary>The best place, which for a conditional visit may be none; null where a visit that is needed has no place, or the budget ended first.</summary>
    /// <param name="level">The days and crews that are left.</param>
    /// <param name="visit">The visit.</param>
    /// <param name="span">The days of treatment that are decided.</param>
    /// <param name="stopsAtFirst">Whether the first place will do.</param>
    public Part? Best(Domains level, int visit, TreatmentSpan span, bool stopsAtFirst)
    {
        Part? found = null;
        var lonely = 0;
        for (var d = DaySet.Next(level.Days(visit), 0); d >= 0; d = DaySet.Next(level.Days(visit), d + 1))
        {
            if ((stopsAtFirst || budget.IsShort) && found is not null)
            {
                break;
            }

            // A day without other visits was worked out before: many of them are a step.
            if ((Array.IndexOf(decisions.Day, d) >= 0 || lonely++ % DaysOfAStep == 0) && !budget.Spend())
            {
                break;
            }

            var price = prices.OfWindows(visit, d) + (visits[visit].IsTreatment ? span.With(d).Price - span.Price : PackedCost.Zero);
            if (found is not null && price + prices.LeastFragments[visit] > found.Price)
            {
                continue;
            }

            for (var c = DaySet.Next(level.Crews(visit), 0); c >= 0; c = DaySet.Next(level.Crews(visit), c + 1))
            {
                if (level.Possible(visit, c, d) && Placed(visit, d, c, price) is { } part
                    && (found is null || part.Price < found.Price || (part.Price == found.Price && part.ComesBefore(found, v => sharedDays.PlaceOf(v, decisions)))))
                {
                    found = part;
                }
            }
        }

        return found ?? LeftOut(visit);
    }

    /// <summary>A visit that stays out, and what that adds: a change of person that it stood between counts then. Null where it is needed.</summary>
    private Part? LeftOut(int visit)
    {
        // What hangs on it cannot stay without it.
        if (!decisions.MayLeaveOut(visit) || problem.HangsOn.Any(h => h.Needed == visit && decisions.Day[h.Visit] >= 0))
        {
            return null;
        }

        var before = prices.OfChains();
        decisions.Day[visit] = Decisions.LeftOut;
        var price = PackedCost.Unplaced + prices.OfChains() - before;
        decisions.Day[visit] = Decisions.Open;
        return new(price, [new(visit, Decisions.LeftOut, 0, null)]);
    }

    /// <summary>A visit on a day with a crew, and what that adds; null where it does not fit.</summary>
    private Part? Placed(int visit, int d, int c, PackedCost price)
    {
        price -= inChain[visit] ? prices.OfChains() : PackedCost.Zero;
        decisions.Place(visit, d, c);
        var members = decisions.Together(visit, without: null);
        Part? part = null;
        if (sharedDays.Plan(members) is { } plan)
        {
            price += plan.Cost + (inChain[visit] ? prices.OfChains() : PackedCost.Zero) + prices.OfPeople(visit) - PriceWithout(members, visit);
            part = new(price, [.. members.Select((m, i) => new Place(m.Visit, m.Day, m.Crew, plan.Options[i]))]);
        }

        decisions.Undo(decisions.Placed.Count - 1);
        return part;
    }

    /// <summary>What the other members cost without one.</summary>
    private PackedCost PriceWithout(DayMember[] members, int visit)
    {
        var (price, counted) = (PackedCost.Zero, new HashSet<int>());
        foreach (var member in members)
        {
            // What fixed visits cost is no part of the price of a plan with others.
            if (member.Visit != visit && !decisions.IsFixed(member.Visit) && counted.Add(member.Visit))
            {
                var others = decisions.Together(member.Visit, v => v == visit);
                price += sharedDays.Plan(others)?.Cost ?? throw new UnreachableException("A day was left without a plan.");
                counted.UnionWith(others.Select(m => m.Visit));
            }
        }

        return price;
    }
}
