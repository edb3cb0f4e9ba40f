namespace Scheduler.Core.Planning.Search;

/// <summary>What a search has decided so far: the day and the crew of each visit, in the order in which they were placed.</summary>
internal sealed class Decisions
{
    /// <summary>The day of a visit that is not decided.</summary>
    public const int Open = -2;

    /// <summary>The day of a visit that is left out.</summary>
    public const int LeftOut = -1;

    /// <summary>The crew of a visit of which only the day is known.</summary>
    public const int AnyCrew = -1;

    private readonly SearchProblem problem;
    private readonly bool[] keeps;

    /// <summary>Begins with every visit open.</summary>
    public Decisions(SearchProblem problem)
    {
        this.problem = problem;
        var n = problem.Visits.Length;
        (Day, Crew, keeps) = (new int[n], new int[n], new bool[n]);
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

    /// <summary>Whether an open visit may be left out.</summary>
    public bool MayLeaveOut(int visit) => problem.Visits[visit].IsOptional && !keeps[visit];

    /// <summary>Whether a visit takes place in every solution below: then others must keep to it.</summary>
    public bool IsSure(int visit) => Day[visit] >= 0 || (Day[visit] == Open && !MayLeaveOut(visit));

    /// <summary>Looks only at solutions in which a conditional visit takes place, or no longer.</summary>
    public void Keep(int visit, bool isKept) => keeps[visit] = isKept;

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

    /// <summary>
    /// The placed visits that are planned together with one of them, itself included: those that it can move or be moved by, through others too, since they
    /// share its day or hours tie them. Fixed visits move nobody: they come along where others have to keep out of their way, and are together only with each other.
    /// Visits that exclude each other do not meet.
    /// </summary>
    /// <param name="visit">A placed visit.</param>
    /// <param name="without">Leaves visits out of account.</param>
    public DayMember[] Together(int visit, Predicate<int>? without)
    {
        var joined = new bool[Day.Length];
        joined[visit] = true;
        var reached = new List<int> { visit };
        for (var i = 0; i < reached.Count; i++)
        {
            for (var v = 0; v < Day.Length; v++)
            {
                if (Day[v] >= 0 && !joined[v] && Meet(reached[i], v) && !(without?.Invoke(v) ?? false))
                {
                    joined[v] = true;
                    if (IsFixed(v) == IsFixed(visit))
                    {
                        reached.Add(v);
                    }
                }
            }
        }

        var members = new List<DayMember>();
        for (var v = 0; v < Day.Length; v++)
        {
            if (joined[v])
            {
                members.Add(new(v, Crew[v], Day[v]));
            }
        }

        return [.. members];
    }

    /// <summary>Whether a visit is fixed.</summary>
    public bool IsFixed(int visit) => problem.Visits[visit].Fixed is not null;

    /// <summary>Whether the place of one visit matters to another; what happens to visits that move is no matter to those that are fixed.</summary>
    private bool Meet(int visit, int other) =>
        (!IsFixed(visit) || IsFixed(other))
        && ((Day[visit] == Day[other] && (IsFixed(other) || !problem.Exclusive.Contains((visit, other)))) || Array.IndexOf(HourPartners[visit], other) >= 0);
}
