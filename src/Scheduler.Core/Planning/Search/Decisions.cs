namespace Scheduler.Core.Planning.Search;

/// <summary>What a search has decided so far: the day and the crew of each visit, in the order in which they were placed.</summary>
internal sealed class Decisions
{
    /// <summary>The day of a visit that is not decided.</summary>
    public const int Open = -2;

    /// <summary>The day of a visit that is left out.</summary>
    public const int LeftOut = -1;

    /// <summary>Begins with every visit open.</summary>
    public Decisions(SearchProblem problem)
    {
        var n = problem.Visits.Length;
        (Day, Crew) = (new int[n], new int[n]);
        Array.Fill(Day, Open);
        HourPartners =
        [
            .. Enumerable.Range(0, n).Select(v => problem.HourSpans
                .Where(h => h.Anchor == v || h.Visit == v)
                .Select(h => h.Anchor == v ? h.Visit : h.Anchor)
                .Distinct()
                .ToArray()),
        ];
    }

    /// <summary>The day of each visit, or <see cref="Open"/> or <see cref="LeftOut"/>.</summary>
    public int[] Day { get; }

    /// <summary>The crew of each visit that has a day.</summary>
    public int[] Crew { get; }

    /// <summary>The visits that have a day, in the order in which they got it.</summary>
    public List<int> Placed { get; } = [];

    /// <summary>The visits to which hours tie each visit.</summary>
    public int[][] HourPartners { get; }

    /// <summary>Gives a visit its day and crew.</summary>
    public void Place(int visit, int day, int crew)
    {
        (Day[visit], Crew[visit]) = (day, crew);
        Placed.Add(visit);
    }

    /// <summary>Opens again all visits placed since <see cref="Placed"/> had so many.</summary>
    public void Undo(int mark)
    {
        for (var i = mark; i < Placed.Count; i++)
        {
            Day[Placed[i]] = Open;
        }

        Placed.RemoveRange(mark, Placed.Count - mark);
    }

    /// <summary>The placed visits that are planned together with one of them, itself included: those of its day, and of the days that hours tie to it.</summary>
    public DayMember[] Together(int visit, Predicate<int>? without)
    {
        var reached = new List<int> { Day[visit] };
        for (var i = 0; i < reached.Count; i++)
        {
            for (var v = 0; v < Day.Length; v++)
            {
                if (Day[v] != reached[i] || (without?.Invoke(v) ?? false))
                {
                    continue;
                }

                foreach (var partner in HourPartners[v])
                {
                    if (Day[partner] >= 0 && !reached.Contains(Day[partner]) && !(without?.Invoke(partner) ?? false))
                    {
                        reached.Add(Day[partner]);
                    }
                }
            }
        }

        var members = new List<DayMember>();
        for (var v = 0; v < Day.Length; v++)
        {
            if (Day[v] >= 0 && reached.Contains(Day[v]) && !(without?.Invoke(v) ?? false))
            {
                members.Add(new(v, Crew[v], Day[v]));
            }
        }

        return [.. members];
    }
}
