namespace Scheduler.Core.Planning.Search;

/// <summary>On which days, and with which crews, visits can take place at all, the rest of the course apart. Visits of one class ask once.</summary>
/// <param name="problem">The course.</param>
/// <param name="options">Receives the options of each visit.</param>
/// <param name="fixedOptions">The places of fixed visits.</param>
/// <param name="budget">Is charged for the work. When it is used up, what was not looked at counts as possible.</param>
/// <param name="optionsOf">Gives the options of a class.</param>
internal sealed class PossibleDays(SearchProblem problem, DayOptions[] options, Option?[] fixedOptions, StepBudget budget, OptionsOf optionsOf)
{
    private readonly VisitModel[] visits = problem.Visits;
    private readonly IGrouping<VisitClass, int>[] classes = [.. Enumerable.Range(0, problem.Visits.Length).GroupBy(v => problem.Visits[v].Class)];

    /// <summary>Gives each visit its options, of which nothing is worked out yet.</summary>
    public void Begin(Domains root)
    {
        foreach (var group in classes)
        {
            var asked = Asked(root, group);
            var ofClass = optionsOf(group.Key, DaySet.Next(asked, 0) is >= 0 and var first ? first : problem.Days, DaySet.Last(asked)).For(budget);
            foreach (var v in group)
            {
                options[v] = ofClass;
            }
        }
    }

    /// <summary>Takes from each visit the days that are known to be shut, before anybody looks. Answers whether any went.</summary>
    public bool TakeShut(Domains root)
    {
        var taken = false;
        foreach (var group in classes)
        {
            ulong[]? shut = null;
            foreach (var v in group)
            {
                taken |= fixedOptions[v] is null && (shut ??= options[v].KnownShut()) is not null && DaySet.Subtract(root.Days(v), shut);
            }
        }

        return taken;
    }

    /// <summary>Leaves each visit its possible days and crews. False when a visit that is needed has none, or what ties it to others leaves none.</summary>
    /// <param name="root">The days that are left.</param>
    /// <param name="narrowing">Spreads what goes, so that fewer days of the others are looked at.</param>
    /// <param name="doubtful">The visit to begin with, since it seems to have none; below 0 where none does.</param>
    public bool Keep(Domains root, Narrowing narrowing, int doubtful)
    {
        foreach (var group in doubtful < 0 ? classes : [.. classes.OrderBy(g => g.Key != visits[doubtful].Class)])
        {
            if (group.All(v => fixedOptions[v] is not null))
            {
                continue;
            }

            var byCrew = ByCrew(options[group.First()], Asked(root, group));
            foreach (var v in group)
            {
                if (fixedOptions[v] is null && !Keep(root, v, byCrew))
                {
                    return false;
                }
            }

            if (!narrowing.NarrowFrom(root, group))
            {
                return false;
            }
        }

        return true;
    }

    private static ulong[] Asked(Domains root, IEnumerable<int> visits)
    {
        var asked = new ulong[root.Words];
        foreach (var v in visits)
        {
            DaySet.Unite(asked, root.Days(v));
        }

        return asked;
    }

    /// <summary>
    /// The fewest fragments that each visit adds; on a day of its own that is what its options say. Beside visits that <see cref="Webs"/> ties to it, it also
    /// changes what these add, each use of theirs by three at most: it may fill one fragment, and make two.
    /// </summary>
    public void FindLeastFragments(Domains root, PackedCost[] least)
    {
        var webs = new Webs(problem);
        for (var v = 0; v < visits.Length; v++)
        {
            var fewest = options[v].FewestFragments;
            if (fewest < 0 && fixedOptions[v] is null && options[v].AreFragmentsSoonCounted && !MayShareItsDay(root, v))
            {
                fewest = FewestAlone(root, v) ?? fewest;
            }

            foreach (var other in webs.Of(v))
            {
                fewest += 3 * (problem.NeverShare[v, other] ? 0 : options[other].FewestFragments);
            }

            least[v] = PackedCost.Fragments(fewest);
        }
    }

    private static ulong[][] ByCrew(DayOptions shared, ulong[] asked)
    {
        var byCrew = new ulong[shared.Visits.Crews.Length][];
        for (var c = 0; c < byCrew.Length; c++)
        {
            shared.AddPossible(c, asked, byCrew[c] = new ulong[asked.Length]);
        }

        return byCrew;
    }

    private bool Keep(Domains root, int v, ulong[][] byCrew)
    {
        root.DaysByCrew[v] = byCrew;
        var any = new ulong[root.Words];
        for (var c = 0; c < byCrew.Length; c++)
        {
            if (!DaySet.Overlap(byCrew[c], root.Days(v)))
            {
                DaySet.Remove(root.Crews(v), c);
            }
            else if (DaySet.Contains(root.Crews(v), c))
            {
                DaySet.Unite(any, byCrew[c]);
            }
        }

        DaySet.Intersect(root.Days(v), any);
        return !DaySet.IsEmpty(root.Days(v)) || visits[v].IsOptional;
    }

    private int? FewestAlone(Domains root, int v)
    {
        var fewest = int.MaxValue;
        for (var c = DaySet.Next(root.Crews(v), 0); c >= 0; c = DaySet.Next(root.Crews(v), c + 1))
        {
            for (var d = DaySet.Next(root.Days(v), 0); d >= 0; d = DaySet.Next(root.Days(v), d + 1))
            {
                fewest = options[v].FragmentsOfBest(c, d, fewest) ?? fewest;
                if (budget.IsUsedUp || fewest <= options[v].FewestFragments)
                {
                    return budget.IsUsedUp ? null : fewest;
                }
            }
        }

        return fewest == int.MaxValue ? 0 : fewest;
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
}
