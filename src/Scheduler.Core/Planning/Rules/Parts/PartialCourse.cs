using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Rules.Parts;

/// <summary>Some visits of a course, and what parts say of these alone; what a part says of others beside them is left out.</summary>
internal sealed class PartialCourse
{
    private readonly int[] at;

    /// <summary>Begins with some visits of which nothing is said.</summary>
    /// <param name="some">The visits, as bits.</param>
    /// <param name="all">How many the course has.</param>
    public PartialCourse(ulong[] some, int all)
    {
        (Visits, at) = ([.. DaySet.All(some)], new int[all]);
        Array.Fill(at, -1);
        for (var i = 0; i < Visits.Length; i++)
        {
            at[Visits[i]] = i;
        }
    }

    /// <summary>The visits by their index in the course; below they go by their index here.</summary>
    public int[] Visits { get; }

    /// <summary>What the day of one allows for another's, once however many constraints say it.</summary>
    public HashSet<DayRelation> Relations { get; } = [];

    /// <summary>Pairs that never share a day.</summary>
    public HashSet<(int, int)> Apart { get; } = [];

    /// <summary>Pairs of which the first ends before the second starts where they share a day.</summary>
    public HashSet<(int Before, int After)> Precedence { get; } = [];

    /// <summary>Minutes between starts on one day.</summary>
    public HashSet<Spacing> Spacings { get; } = [];

    /// <summary>Pairs of which the first cannot be placed without the second.</summary>
    public HashSet<(int Visit, int Needed)> HangsOn { get; } = [];

    /// <summary>Windows in minutes.</summary>
    public List<HourSpan> Hours { get; } = [];

    /// <summary>Pairs of needs that have the same person, or two.</summary>
    public List<PersonRelation> People { get; } = [];

    /// <summary>How much was looked at, of these visits and of others.</summary>
    public long Looked { get; private set; }

    /// <summary>How much is compared: what ties the visits, people above all, and their pairs.</summary>
    public long Compared => ((long)Visits.Length * Visits.Length) + Relations.Count + Apart.Count + (8L * People.Count);

    /// <summary>Whether a part says anything of some visits, as bits.</summary>
    public static bool SaysAnything(CoursePart part, ulong[] some)
    {
        for (var v = DaySet.Next(some, 0); v >= 0; v = DaySet.Next(some, v + 1))
        {
            if (part.Limits[v] is not null)
            {
                return true;
            }
        }

        return part.Lags.Any(l => Has(l.First, l.Second))
            || part.Apart.Any(p => Has(p.First, p.Second))
            || part.Precedence.Any(p => Has(p.Before, p.After))
            || part.Spacings.Any(s => Has(s.First, s.Second))
            || part.HangsOn.Any(p => Has(p.Visit, p.Needed))
            || part.Hours.Any(h => Has(h.Anchor, h.Visit))
            || part.People.Any(p => Has(p.First, p.Second));

        bool Has(int one, int other) => DaySet.Contains(some, one) && DaySet.Contains(some, other);
    }

    /// <summary>Adds what a part says of the visits.</summary>
    /// <param name="part">The part.</param>
    /// <param name="lags">Its lags as relations.</param>
    public void Add(CoursePart part, List<DayRelation> lags)
    {
        Looked += lags.Count + part.Apart.Count + part.Precedence.Count + part.Spacings.Count + part.HangsOn.Count + part.Hours.Count + part.People.Count;
        foreach (var lag in lags)
        {
            if (Has(lag.First, lag.Second))
            {
                Relations.Add(new(at[lag.First], at[lag.Second], lag.Days));
            }
        }

        Add(Apart, part.Apart);
        Add(Precedence, part.Precedence);
        Add(HangsOn, part.HangsOn);
        foreach (var spacing in part.Spacings)
        {
            if (Has(spacing.First, spacing.Second))
            {
                Spacings.Add(spacing with { First = at[spacing.First], Second = at[spacing.Second] });
            }
        }

        foreach (var hours in part.Hours)
        {
            if (Has(hours.Anchor, hours.Visit))
            {
                Hours.Add(hours with { Anchor = at[hours.Anchor], Visit = at[hours.Visit] });
            }
        }

        foreach (var relation in part.People)
        {
            if (Has(relation.First, relation.Second))
            {
                People.Add(relation with { First = at[relation.First], Second = at[relation.Second] });
            }
        }
    }

    /// <summary>The pairs of which both are among the visits.</summary>
    public HashSet<(int, int)> Pairs(IReadOnlyCollection<(int, int)> pairs)
    {
        var these = new HashSet<(int, int)>();
        Add(these, pairs);
        return these;
    }

    /// <summary>The visits of an order of all.</summary>
    public int[] Those(int[] order) => [.. order.Select(v => at[v]).Where(v => v >= 0)];

    /// <summary>The quotas of the visits.</summary>
    public List<Quota> Those(Quota[] quotas) => [.. quotas.Select(q => q with { Visits = Those(q.Visits) }).Where(q => q.Visits.Length > 0)];

    /// <summary>The pairs that never share a day, as a table; what follows through others is left out.</summary>
    public bool[,] NeverShare()
    {
        var never = new bool[Visits.Length, Visits.Length];
        foreach (var (one, other) in Apart)
        {
            never[one, other] = true;
        }

        return never;
    }

    private void Add(HashSet<(int, int)> to, IReadOnlyCollection<(int, int)> pairs)
    {
        foreach (var (one, other) in pairs)
        {
            if (Has(one, other))
            {
                to.Add((at[one], at[other]));
            }
        }
    }

    private bool Has(int one, int other) => at[one] >= 0 && at[other] >= 0;
}
