namespace Scheduler.Core.Planning.Search;

/// <summary>
/// Places visits that share a day, or whose days are tied by hours: a start and resources for each, so that all go together at the least price; of equals the
/// first in the order of ties. Branch and bound member by member; whatever was placed before, the same state of what is left has the same best end, so
/// that long chains (ten sessions a day) cost states, not combinations.
/// </summary>
internal sealed class DayPuzzle
{
    private readonly SearchProblem problem;
    private readonly DayMember[] members;
    private readonly Option[][] choices;
    private readonly DayOptions[] options;
    private readonly StepBudget budget;
    private readonly MinuteBounds bounds;
    private readonly DayState? states;
    private readonly PackedCost[] leastAfter;
    private readonly TickSet[][] starts;
    private readonly Option[] chosen;
    private readonly TickUse[][][] uses;

    /// <summary>Prepares a puzzle.</summary>
    /// <param name="problem">The course.</param>
    /// <param name="members">The visits, ascending.</param>
    /// <param name="choices">The options of each, best first when it is alone.</param>
    /// <param name="options">What the class of each says of its options.</param>
    /// <param name="budget">Gives the steps: one for each option tried.</param>
    public DayPuzzle(SearchProblem problem, DayMember[] members, Option[][] choices, DayOptions[] options, StepBudget budget)
    {
        (this.problem, this.members, this.choices, this.options, this.budget) = (problem, members, choices, options, budget);
        bounds = new(problem, members);
        chosen = new Option[members.Length];
        uses = new TickUse[members.Length][][];
        starts = [.. members.Select(_ => new TickSet[members.Length])];
        leastAfter = new PackedCost[members.Length + 1];
        for (var i = members.Length - 1; i >= 0; i--)
        {
            leastAfter[i] = leastAfter[i + 1] + LeastPrice(i);
        }

        states = members.Length > 2 ? new(problem, members, bounds) : null;
    }

    /// <summary>The best plan, or null where there is none or the budget ended.</summary>
    public DayPlan? Solve()
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (IsFixed(i))
            {
                Choose(i, choices[i][0]);
            }
        }

        for (var i = 0; i < members.Length; i++)
        {
            foreach (var option in choices[i])
            {
                var tick = TickSet.FloorTick(option.Minute);
                starts[0][i] |= TickSet.Range(tick, tick + 1);
            }
        }

        return bounds.Settle(starts[0], 0) && BestFrom(0) is { } best ? new(best.Options, best.Price) : null;
    }

    /// <summary>The best places of the members from one on, those before it being placed: the price that they add.</summary>
    private End? BestFrom(int member)
    {
        if (member == members.Length)
        {
            return End.Nothing;
        }

        var key = states is not null && member > 0 ? states.KeyAt(member, chosen, uses, starts[member]) : null;
        if (key is not null && states!.Known.TryGetValue(key, out var known))
        {
            return known;
        }

        End? best = null;
        foreach (var option in choices[member])
        {
            if (best is not null && option.Price + LeastFragments(member) + leastAfter[member + 1] > best.Price)
            {
                break;
            }

            if (!starts[member][member].Contains(TickSet.FloorTick(option.Minute)) || !Goes(member, option))
            {
                continue;
            }

            if (!budget.Spend())
            {
                return null;
            }

            budget.Charge((long)members.Length * members.Length / 4);
            var price = option.Price + PackedCost.Fragments(FragmentsMore(member, option)) + bounds.HourPrice(chosen, member, option);
            if (best is not null && !CanWin(price + leastAfter[member + 1], option, best))
            {
                continue;
            }

            Choose(member, option);
            if (!NarrowFor(member, option) || BestFrom(member + 1) is not { } end)
            {
                continue;
            }

            price += end.Price;
            if (best is null || price < best.Price || (price == best.Price && ComesFirst(option, end, best)))
            {
                best = new(price, [option, .. end.Options]);
            }
        }

        if (budget.IsUsedUp)
        {
            return null;
        }

        if (key is not null)
        {
            states!.Known[key] = best;
        }

        return best;
    }

    /// <summary>Whether an option with this least price can still beat the best: cheaper, or as cheap and not later in the order of ties.</summary>
    private static bool CanWin(PackedCost least, Option option, End best) =>
        least < best.Price || (least == best.Price && option.ComparePlace(best.Options[0]) <= 0);

    private static bool ComesFirst(Option option, End end, End best)
    {
        var order = option.ComparePlace(best.Options[0]);
        for (var i = 0; order == 0 && i < end.Options.Length; i++)
        {
            order = end.Options[i].ComparePlace(best.Options[i + 1]);
        }

        return order < 0;
    }

    private void Choose(int member, Option option)
    {
        chosen[member] = option;
        uses[member] = new TickUse[option.Resources.Length][];
        for (var n = 0; n < option.Resources.Length; n++)
        {
            uses[member][n] = option.Resources[n] < 0 ? [] : UsesOf(member, n, option);
        }
    }

    private TickUse[] UsesOf(int member, int need, Option option) =>
        problem.Availability.Uses(problem.Visits[members[member].Visit].Class.Needs[need], option.Resources[need], option.Minute);

    private bool NarrowFor(int member, Option option)
    {
        if (member + 1 == members.Length)
        {
            return true;
        }

        starts[member].CopyTo(starts[member + 1], 0);
        return bounds.Narrow(starts[member + 1], member, option);
    }

    /// <summary>The least that a member adds: alone it pays what its options say; beside others each of its uses may fill a fragment.</summary>
    private PackedCost LeastPrice(int member)
    {
        // Options come by price, and so by points.
        var first = choices[member][0];
        return problem.Visits[members[member].Visit].Fixed is null && !SharesTreatmentResource(member)
            ? first.Cost
            : first.Price + LeastFragments(member);
    }

    private PackedCost LeastFragments(int member) => PackedCost.Fragments(options[member].FewestFragments);

    private bool SharesTreatmentResource(int member)
    {
        for (var other = 0; other < members.Length; other++)
        {
            if (other != member
                && members[other].Day == members[member].Day
                && DaySet.Overlap(options[other].TreatmentResources, options[member].TreatmentResources))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the resources of an option bear it beside what is chosen already; times were looked at before.</summary>
    private bool Goes(int member, Option option)
    {
        var visit = members[member].Visit;
        var isFixed = problem.Visits[visit].Fixed is not null;
        for (var i = 0; i < member; i++)
        {
            var other = members[i].Visit;
            if (members[i].Day == members[member].Day
                && !(isFixed && problem.Visits[other].Fixed is not null)
                && !problem.Exclusive.Contains((visit, other))
                && !StartApart(visit, option, other, chosen[i]))
            {
                return false;
            }
        }

        for (var n = 0; n < option.Resources.Length; n++)
        {
            if (option.Resources[n] >= 0 && problem.Availability.CountsCapacityOf(option.Resources[n]) && !Bears(member, option, n))
            {
                return false;
            }
        }

        return true;
    }

    private bool StartApart(int a, Option first, int b, Option second)
    {
        var (mine, others) = (problem.Visits[a].Class.Needs, problem.Visits[b].Class.Needs);
        for (var i = 0; i < mine.Length; i++)
        {
            for (var j = 0; j < others.Length; j++)
            {
                if (first.Resources[i] != second.Resources[j] || first.Resources[i] < 0 || !problem.Availability.CountsCapacityOf(first.Resources[i]))
                {
                    continue;
                }

                var apart = Math.Max(mine[i].Need.StartsApartMinutes, others[j].Need.StartsApartMinutes);
                if (Math.Abs(first.Minute + mine[i].FirstUse - second.Minute - others[j].FirstUse) < apart)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Bears(int member, Option option, int need)
    {
        var (resource, others) = (option.Resources[need], new List<int>());
        for (var i = 0; i < member; i++)
        {
            if (members[i].Day == members[member].Day && Array.IndexOf(chosen[i].Resources, resource) >= 0 && !Exclude(i, member))
            {
                others.Add(i);
            }
        }

        return IsFixed(member)
            ? others.TrueForAll(i => IsFixed(i) || BearsBeside(i, member, option, others, resource))
            : others.Count == 0 || BearsAmong(others, resource, members[member].Day, UsesOf(member, need, option));
    }

    /// <summary>
    /// Whether a resource bears an open member beside a fixed one that comes after it. Of the fixed one itself nothing is asked: bookings and other fixed visits may lie
    /// across it, and nobody can move any of them.
    /// </summary>
    private bool BearsBeside(int open, int member, Option option, List<int> others, int resource)
    {
        Choose(member, option);
        List<int> beside = [.. others.Where(i => i != open && !Exclude(i, open)), member];
        for (var n = 0; n < uses[open].Length; n++)
        {
            if (chosen[open].Resources[n] == resource && !BearsAmong(beside, resource, members[member].Day, uses[open][n]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Exclude(int one, int other) => problem.Exclusive.Contains((members[one].Visit, members[other].Visit));

    /// <summary>Whether a resource bears uses beside those of other members; of two that exclude each other, only one will be needed.</summary>
    private bool BearsAmong(List<int> others, int resource, int day, TickUse[] own)
    {
        foreach (var i in others)
        {
            if (others.FindIndex(j => problem.Exclusive.Contains((members[i].Visit, members[j].Visit))) is >= 0 and var clash)
            {
                return BearsAmong([.. others.Where(o => o != i)], resource, day, own) && BearsAmong([.. others.Where((_, at) => at != clash)], resource, day, own);
            }
        }

        var load = problem.Availability.LoadOf(resource, day);
        foreach (var i in others)
        {
            for (var n = 0; n < uses[i].Length; n++)
            {
                load = chosen[i].Resources[n] == resource ? load.With(uses[i][n]) : load;
            }
        }

        foreach (var use in own)
        {
            if (!load.Bears(use))
            {
                return false;
            }
        }

        // Supervision adds no contact.
        return Array.TrueForAll(own, u => u.Use == Use.Supervision) || problem.Availability.KeepsContactHours(resource, load.With(own));
    }

    /// <summary>The fragments that an option makes beside what is chosen already.</summary>
    private int FragmentsMore(int member, Option option)
    {
        var (more, day) = (0, members[member].Day);
        if (problem.Visits[members[member].Visit].Fixed is null && !MeetsTreatmentResource(member, option))
        {
            return option.Fragments;
        }

        for (var n = 0; n < option.Resources.Length; n++)
        {
            var resource = option.Resources[n];
            if (resource < 0 || !problem.Availability.IsTreatmentResource(resource) || Array.IndexOf(option.Resources, resource) < n)
            {
                continue;
            }

            var before = TickSet.Empty;
            for (var i = 0; i < members.Length; i++)
            {
                for (var m = 0; members[i].Day == day && CountsBefore(i, member) && m < uses[i].Length; m++)
                {
                    before |= chosen[i].Resources[m] == resource ? Taken(uses[i][m]) : TickSet.Empty;
                }
            }

            var own = TickSet.Empty;
            for (var m = n; m < option.Resources.Length; m++)
            {
                own |= option.Resources[m] == resource ? Taken(UsesOf(member, m, option)) : TickSet.Empty;
            }

            more += problem.Availability.FragmentsMore(resource, day, before | own);
            more -= before.IsEmpty ? 0 : problem.Availability.FragmentsMore(resource, day, before);
        }

        return more;
    }

    /// <summary>Whether a treatment resource of an option is in the hands of a member placed before it.</summary>
    private bool MeetsTreatmentResource(int member, Option option)
    {
        foreach (var resource in option.Resources)
        {
            if (resource < 0 || !problem.Availability.IsTreatmentResource(resource))
            {
                continue;
            }

            for (var i = 0; i < members.Length; i++)
            {
                if (members[i].Day == members[member].Day && CountsBefore(i, member) && Array.IndexOf(chosen[i].Resources, resource) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsFixed(int member) => problem.Visits[members[member].Visit].Fixed is not null;

    /// <summary>Whether the fragments of a member are counted beside another: fixed visits come first, then those before it that do not exclude it.</summary>
    private bool CountsBefore(int other, int member) =>
        IsFixed(other)
            ? other < member || !IsFixed(member)
            : other < member && !IsFixed(member) && !problem.Exclusive.Contains((members[other].Visit, members[member].Visit));

    private static TickSet Taken(TickUse[] uses)
    {
        var taken = TickSet.Empty;
        foreach (var use in uses)
        {
            taken |= use.Taken;
        }

        return taken;
    }
}

/// <summary>The best places of the last members.</summary>
/// <param name="Price">What they add.</param>
/// <param name="Options">One option a member.</param>
internal sealed record End(PackedCost Price, Option[] Options)
{
    public static End Nothing { get; } = new(PackedCost.Zero, []);
}
