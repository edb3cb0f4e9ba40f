namespace Scheduler.Core.Planning.Search;

/// <summary>By how many fragments a visit of a class changes the days of the resources that are kept free of them.</summary>
internal sealed class Fragmentation(VisitClass visits, Availability availability)
{
    private readonly bool[] makes = Array.ConvertAll(visits.Needs, n => Array.Exists(n.Candidates, availability.IsTreatmentResource));
    private readonly RequestDays<DayFragments>?[] levels = new RequestDays<DayFragments>?[visits.Needs.Length * availability.Resources.Count];

    /// <summary>
    /// Whether all starts can be looked at at once: each resource that is kept free of fragments is used alone in one stretch, and none is liked better than another.
    /// </summary>
    public bool IsPlain { get; } = !visits.NeedsCompete && Array.TrueForAll(visits.Needs, n =>
        Array.TrueForAll(n.Points, p => p == n.Points[0])
        && Array.TrueForAll(n.Candidates, r => !availability.IsTreatmentResource(r) || IsAlone(n, availability, r)));

    /// <summary>The resources that can fill a need and are kept free of fragments, as bits.</summary>
    public ulong[] Resources { get; } = Bits(visits, availability);

    /// <summary>Whether the resources of a need are kept free of fragments.</summary>
    public bool Makes(int need) => makes[need];

    /// <summary>The smallest number of fragments that a visit can add on a day from one to another, whatever else the course does there.</summary>
    public int Fewest(int first, int last) => -visits.Needs
        .Select(n => n.Candidates.Where(availability.IsTreatmentResource).Select(r => availability.MostFragmentsFilled(n, r, first, last)).DefaultIfEmpty(0).Max())
        .Sum();

    /// <summary>The fragments that a need with a resource makes more, from a start on.</summary>
    public int Of(int need, int resource, int day, int tick)
    {
        if (!availability.IsTreatmentResource(resource))
        {
            return 0;
        }

        // A share may begin in time that others share already; what is used alone begins in free time.
        var model = visits.Needs[need];
        if (IsAlone(model, availability, resource))
        {
            var (from, to) = model.Taken(availability.Resources[resource]);
            return availability.FragmentsMore(resource, day, tick + from, tick + to);
        }

        var taken = TickSet.Empty;
        foreach (var use in availability.Uses(model, resource, tick * TickSet.Minutes))
        {
            taken |= use.Taken;
        }

        return availability.FragmentsMore(resource, day, taken);
    }

    /// <summary>Some starts of a need with a resource, all of which can be, by the fragments that they make more; null where some change still more. Only where <see cref="IsPlain"/>.</summary>
    public FragmentLevels? Of(int need, int resource, int day, TickSet starts)
    {
        if (!availability.IsTreatmentResource(resource))
        {
            return FragmentLevels.Unchanged(starts);
        }

        return On(need, resource, day).Levels?.Among(starts) ?? availability.LevelsOf(visits.Needs[need], resource, day, starts);
    }

    /// <summary>Whether one resource makes what another makes, on each day.</summary>
    public bool AreLike(int resource, int other) =>
        availability.AreLike(resource, other) && availability.IsTreatmentResource(resource) == availability.IsTreatmentResource(other);

    /// <summary>The fewest that a need with a resource makes more on a day, or less than that.</summary>
    public int FewestOf(int need, int resource, int day) => availability.IsTreatmentResource(resource) ? On(need, resource, day).Fewest : 0;

    private ref readonly DayFragments On(int need, int resource, int day)
    {
        ref var known = ref levels[(need * availability.Resources.Count) + resource];
        return ref (known ??= availability.LevelsOf(visits.Needs[need], resource))[day];
    }

    private static bool IsAlone(NeedModel need, Availability availability, int resource) =>
        need.Segments is [(Use.Exclusive, _, _)] && availability.IsWhole(resource);

    private static ulong[] Bits(VisitClass visits, Availability availability)
    {
        var bits = new ulong[DaySet.Words(availability.Resources.Count)];
        foreach (var need in visits.Needs)
        {
            foreach (var resource in need.Candidates)
            {
                if (availability.IsTreatmentResource(resource))
                {
                    DaySet.Add(bits, resource);
                }
            }
        }

        return bits;
    }
}
