namespace Scheduler.Core.Protocols.Compilation.Contradictions;

/// <summary>Which visits rules put on one day: each visit's day bears the number of one of the visits that share it.</summary>
internal sealed class SharedDays
{
    private readonly IReadOnlyDictionary<VisitId, int> index;
    private readonly int[] day;

    /// <summary>Puts together what the rules put together.</summary>
    /// <param name="visits">The visits that there are.</param>
    /// <param name="index">Their numbers.</param>
    /// <param name="rules">The rules.</param>
    public SharedDays(IReadOnlyList<VisitId> visits, IReadOnlyDictionary<VisitId, int> index, IEnumerable<Rule> rules)
    {
        Visits = visits;
        this.index = index;
        day = [.. Enumerable.Range(0, visits.Count)];
        foreach (var rule in rules)
        {
            foreach (var (visit, partner) in Of(rule).Where(p => Has(p.Visit) && Has(p.Partner)))
            {
                day[Root(index[visit])] = Root(index[partner]);
            }
        }

        for (var i = 0; i < day.Length; i++)
        {
            day[i] = Root(i);
        }
    }

    /// <summary>The visits.</summary>
    public IReadOnlyList<VisitId> Visits { get; }

    /// <summary>Whether a visit is there.</summary>
    public bool Has(VisitId visit) => index.ContainsKey(visit);

    /// <summary>The number of a visit.</summary>
    public int IndexOf(VisitId visit) => index[visit];

    /// <summary>The number of a visit's day.</summary>
    public int DayOf(VisitId visit) => day[index[visit]];

    /// <summary>The number of the day of the visit with a number.</summary>
    public int DayOf(int visit) => day[visit];

    /// <summary>The days with their visits, those with two or more.</summary>
    public IEnumerable<List<VisitId>> Bundles() => Visits.GroupBy(DayOf).Select(g => g.ToList()).Where(g => g.Count > 1);

    private static IEnumerable<(VisitId Visit, VisitId Partner)> Of(Rule rule) => rule switch
    {
        Rule.SameDay same => same.Pairs.Select(p => (p.Visit, p.Partner)),
        Rule.Cadence { PerDay: not null } cadence => cadence.Days.SelectMany(d => d.Skip(1).Select(v => (v, d[0]))),
        _ => [],
    };

    private int Root(int i)
    {
        while (day[i] != i)
        {
            i = day[i] = day[day[i]];
        }

        return i;
    }
}
