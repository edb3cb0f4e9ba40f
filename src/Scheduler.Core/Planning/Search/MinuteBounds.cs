using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Search;

/// <summary>
/// What the starts of visits planned together allow each other: turns and distances on one day, hours between days. In ticks; a start off the ticks counts
/// from the tick before.
/// </summary>
internal sealed class MinuteBounds
{
    private const int Any = 2 * TickSet.Count;

    private readonly SearchProblem problem;
    private readonly DayMember[] members;
    private readonly int[,] least;
    private readonly int[,] most;
    private readonly int[,] length;
    private readonly bool[,] takeTurns;
    private readonly List<(int First, int Second)> bounded = [];
    private readonly List<(int Anchor, int Visit, HourSpan Span)> hours = [];

    /// <summary>Collects what concerns these visits.</summary>
    public MinuteBounds(SearchProblem problem, DayMember[] members)
    {
        (this.problem, this.members) = (problem, members);
        var n = members.Length;
        (least, most, length, takeTurns) = (new int[n, n], new int[n, n], new int[n, n], new bool[n, n]);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                (least[i, j], most[i, j]) = (-Any, Any);
                length[i, j] = LengthBefore(members[i].Visit, members[j].Visit);
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                if (members[i].Day == members[j].Day && AreCompared(members[i].Visit, members[j].Visit))
                {
                    Turns(i, j);
                }
            }
        }

        foreach (var spacing in problem.Spacings)
        {
            var (i, j) = (MemberOf(spacing.First), MemberOf(spacing.Second));
            if (i >= 0 && j >= 0 && members[i].Day == members[j].Day)
            {
                Bound(i, j, -TickSet.FloorTick(-spacing.Least), TickSet.FloorTick(spacing.Most));
            }
        }

        foreach (var span in problem.HourSpans)
        {
            var (anchor, visit) = (MemberOf(span.Anchor), MemberOf(span.Visit));
            if (anchor >= 0 && visit >= 0)
            {
                hours.Add((anchor, visit, span));
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (i != j && (least[i, j] > -Any || most[i, j] < Any))
                {
                    bounded.Add((i, j));
                }
            }
        }
    }

    /// <summary>Takes from the starts of open members what the start of one leaves no room for. False when one has none left.</summary>
    /// <param name="starts">The starts of each member.</param>
    /// <param name="member">The member that was placed; all before it are placed too.</param>
    /// <param name="option">Its place.</param>
    public bool Narrow(TickSet[] starts, int member, Option option)
    {
        var tick = TickSet.FloorTick(option.Minute);
        for (var other = member + 1; other < members.Length; other++)
        {
            starts[other] &= Allowed(member, tick, other);
        }

        foreach (var (anchor, visit, span) in hours)
        {
            if ((anchor == member && visit > member) || (visit == member && anchor > member))
            {
                var open = anchor == member ? visit : anchor;
                starts[open] &= WithinHours(span, anchor == member ? option : null, anchor == member ? null : option, anchor, visit, starts[open]);
            }
        }

        return Settle(starts, member + 1);
    }

    /// <summary>Narrows the starts of all members that are open, from one on, by the distances between them. False when one has none left.</summary>
    public bool Settle(TickSet[] starts, int from)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (i, j) in bounded)
            {
                if (i < from || j < from)
                {
                    continue;
                }

                var (earliest, latest) = (starts[i].Next(0), starts[i].Before(TickSet.Count));
                var left = starts[j] & TickSet.Range(earliest + least[i, j], latest + most[i, j] + 1);
                if (left != starts[j])
                {
                    starts[j] = left;
                    changed = true;
                }

                if (left.IsEmpty)
                {
                    return false;
                }
            }
        }

        for (var i = from; i < members.Length; i++)
        {
            if (starts[i].IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The price of the hours between a member and those placed before it.</summary>
    public PackedCost HourPrice(Option[] chosen, int member, Option option)
    {
        var price = PackedCost.Zero;
        foreach (var (anchor, visit, span) in hours)
        {
            if (Math.Max(anchor, visit) == member)
            {
                price += span.Price(Off(span, anchor, anchor == member ? option : chosen[anchor], visit, visit == member ? option : chosen[visit]));
            }
        }

        return price;
    }

    /// <summary>The members before one whose start some member from it on is counted from, at a price.</summary>
    public IEnumerable<int> PricedBefore(int member)
    {
        foreach (var (anchor, visit, span) in hours)
        {
            if (Math.Min(anchor, visit) < member && Math.Max(anchor, visit) >= member && (span.Weight > 0 || span.Limit != span.Ideal))
            {
                yield return Math.Min(anchor, visit);
            }
        }
    }

    private TickSet Allowed(int member, int tick, int other)
    {
        var allowed = least[member, other] == -Any && most[member, other] == Any
            ? TickSet.All
            : TickSet.Range(tick + least[member, other], tick + most[member, other] + 1);
        return takeTurns[member, other]
            ? allowed & ~TickSet.Range(tick - length[other, member] + 1, tick + length[member, other])
            : allowed;
    }

    private TickSet WithinHours(HourSpan span, Option? anchorOption, Option? visitOption, int anchor, int visit, TickSet open)
    {
        var left = open;
        if (problem.Visits[span.Anchor].Fixed is not null && problem.Visits[span.Visit].Fixed is not null)
        {
            return left;
        }

        for (var tick = open.Next(0); tick >= 0; tick = open.Next(tick + 1))
        {
            var off = anchorOption is not null
                ? Off(span, anchor, anchorOption.Minute, visit, MinuteAt(visit, tick))
                : Off(span, anchor, MinuteAt(anchor, tick), visit, visitOption!.Minute);
            if (!span.Limit.Contains(off))
            {
                left &= ~TickSet.Range(tick, tick + 1);
            }
        }

        return left;
    }

    private int MinuteAt(int member, int tick) =>
        problem.Visits[members[member].Visit].FixedOption is { } given ? given.Minute : tick * TickSet.Minutes;

    private int Off(HourSpan span, int anchor, Option from, int visit, Option to) => Off(span, anchor, from.Minute, visit, to.Minute);

    private int Off(HourSpan span, int anchor, int from, int visit, int to)
    {
        var moment = from + (span.FromEnd ? problem.Visits[span.Anchor].Class.Duration : 0);
        return problem.Availability.Elapsed(members[anchor].Day, moment, members[visit].Day, to) - span.Target;
    }

    private void Turns(int i, int j)
    {
        var (a, b) = (members[i].Visit, members[j].Visit);
        takeTurns[i, j] = takeTurns[j, i] = !problem.Stays.Contains((a, b));
        if (problem.Precedence.Contains((a, b)))
        {
            Bound(i, j, length[i, j], Any);
        }

        if (problem.Precedence.Contains((b, a)))
        {
            Bound(j, i, length[j, i], Any);
        }
    }

    private void Bound(int i, int j, int from, int to)
    {
        (least[i, j], most[i, j]) = (Math.Max(least[i, j], from), Math.Min(most[i, j], to));
        (least[j, i], most[j, i]) = (-most[i, j], -least[i, j]);
    }

    /// <summary>Ticks from the start of a visit to the first at which another may start after it, the way between them included.</summary>
    private int LengthBefore(int visit, int other)
    {
        var gap = AtClinic(visit) is { } one && AtClinic(other) is { } two && one != two ? problem.Availability.TravelMinutes : 0;
        var minute = problem.Visits[visit].FixedOption?.Minute ?? 0;
        return TickSet.CeilingTick(minute + problem.Visits[visit].Class.Duration + gap) - TickSet.FloorTick(minute);
    }

    private bool? AtClinic(int visit) => problem.Visits[visit].Class.Type.Mode switch
    {
        Mode.InPerson => true,
        Mode.SelfReport => null,
        _ => false,
    };

    private bool AreCompared(int a, int b) =>
        (problem.Visits[a].Fixed is null || problem.Visits[b].Fixed is null) && !problem.Exclusive.Contains((a, b));

    private int MemberOf(int visit) => Array.FindIndex(members, m => m.Visit == visit);
}
