namespace Scheduler.Core.Planning.Search;

/// <summary>
/// What the members of a <see cref="DayPuzzle"/> that are left can see of those that are placed: the starts left to them, the resources that they may meet, from
/// their earliest start on, and the hours that they are counted from. Equal states have equal best ends.
/// </summary>
internal sealed class DayState(SearchProblem problem, DayMember[] members, MinuteBounds bounds)
{
    /// <summary>A free stretch of this many ticks is no fragment, whatever lies behind it.</summary>
    private const int LongEnough = 60 / TickSet.Minutes;

    private readonly int longestApart = members.Max(m => problem.Visits[m.Visit].Class.Needs.Select(n => n.Need.StartsApartMinutes).DefaultIfEmpty(0).Max());

    private readonly bool anyExclude = Array.Exists(members, a => Array.Exists(members, b => problem.Exclusive.Contains((a.Visit, b.Visit))));

    private readonly bool[] everybody = [.. members.Select(_ => true)];

    private readonly HashSet<int>[] usable =
        [.. members.Select(m => problem.Visits[m.Visit].Class.Needs.SelectMany(n => n.Candidates).ToHashSet())];

    /// <summary>The best ends found, by state; null where there is none.</summary>
    public Dictionary<string, End?> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>The state in which the members from one on are left.</summary>
    public string KeyAt(int member, Option[] chosen, TickUse[][][] uses, TickSet[] starts)
    {
        var key = new List<char> { (char)member };
        for (var i = member; i < members.Length; i++)
        {
            Add(key, starts[i]);
        }

        foreach (var counted in bounds.PricedBefore(member))
        {
            key.Add((char)chosen[counted].Minute);
        }

        foreach (var day in members.Skip(member).Select(m => m.Day).Distinct())
        {
            foreach (var seen in Views(member, day))
            {
                AddDay(key, member, day, chosen, uses, EarliestStart(member, day, starts), seen);
            }
        }

        return new string([.. key]);
    }

    /// <summary>The sets of placed members that those left on a day can meet: all, but for those that exclude them.</summary>
    private List<bool[]> Views(int member, int day)
    {
        if (!anyExclude)
        {
            return [everybody];
        }

        var views = new Dictionary<string, bool[]>(StringComparer.Ordinal);
        for (var j = member; j < members.Length; j++)
        {
            if (members[j].Day == day)
            {
                bool[] seen = [.. members.Select(m => !problem.Exclusive.Contains((m.Visit, members[j].Visit)))];
                views.TryAdd(new string([.. seen.Take(member).Select(s => s ? '1' : '0')]), seen);
            }
        }

        return [.. views.Values];
    }

    private int EarliestStart(int member, int day, TickSet[] starts)
    {
        var earliest = TickSet.Count;
        for (var i = member; i < members.Length; i++)
        {
            earliest = members[i].Day == day ? Math.Min(earliest, starts[i].Next(0)) : earliest;
        }

        return earliest;
    }

    private void AddDay(List<char> key, int member, int day, Option[] chosen, TickUse[][][] uses, int earliest, bool[] seen)
    {
        foreach (var resource in Met(member, day, chosen))
        {
            var mark = key.Count;
            key.Add((char)(resource + 1));
            var (taken, contact) = (TickSet.Empty, TickSet.Empty);
            for (var i = 0; i < member; i++)
            {
                for (var n = 0; members[i].Day == day && n < chosen[i].Resources.Length; n++)
                {
                    if (chosen[i].Resources[n] != resource || !seen[i])
                    {
                        continue;
                    }

                    var model = problem.Visits[members[i].Visit].Class.Needs[n];
                    var start = chosen[i].Minute + model.FirstUse;
                    if (start + longestApart > earliest * TickSet.Minutes)
                    {
                        key.Add('\ufffe');
                        key.Add((char)(1 + start));
                        key.Add((char)model.Need.StartsApartMinutes);
                    }

                    foreach (var use in uses[i][n])
                    {
                        taken |= use.Taken;
                        contact |= use.Use == Use.Supervision ? TickSet.Empty : use.During;
                        if ((use.During | use.CleanUp).Next(earliest) >= 0 || (anyExclude && problem.Availability.Resources[resource].MaxContactMinutes is not null))
                        {
                            if (anyExclude)
                            {
                                // Who holds it tells which uses can come about together.
                                key.Add((char)(100 + i));
                            }

                            key.Add((char)(use.IsLong ? 1 + (int)use.Use : 11 + (int)use.Use));
                            Add(key, use.During);
                            Add(key, use.CleanUp);
                        }
                    }
                }
            }

            if (!AddTraces(key, resource, day, earliest, taken, contact) && key.Count == mark + 1)
            {
                // Nothing of it can be seen any more: as if it had not been used.
                key.RemoveAt(mark);
                continue;
            }

            key.Add('\uffff');
        }

        key.Add('\ufffd');
    }

    /// <summary>
    /// What is behind the earliest start and still counts: the free stretch that reaches to it, where use has shortened it, and the time of contact. False when nothing does.
    /// </summary>
    private bool AddTraces(List<char> key, int resource, int day, int earliest, TickSet taken, TickSet contact)
    {
        var mark = key.Count;
        if (problem.Availability.IsTreatmentResource(resource))
        {
            var free = problem.Availability.FreeTicks(resource, day);
            var before = FreeBefore(free & ~taken, earliest);
            if (before != FreeBefore(free, earliest))
            {
                key.Add((char)(1 + before));
            }
        }

        if (problem.Availability.Resources[resource].MaxContactMinutes is not null)
        {
            key.Add((char)(20 + ((contact | problem.Availability.LoadOf(resource, day).Contact) & TickSet.Range(0, earliest)).Size));
        }

        return key.Count > mark;
    }

    private static int FreeBefore(TickSet free, int earliest)
    {
        var before = 0;
        while (before < LongEnough && free.Contains(earliest - 1 - before))
        {
            before++;
        }

        return before;
    }

    /// <summary>The resources in use on a day that a member from one on may use too.</summary>
    private SortedSet<int> Met(int member, int day, Option[] chosen)
    {
        var met = new SortedSet<int>();
        for (var i = 0; i < member; i++)
        {
            foreach (var resource in members[i].Day == day ? chosen[i].Resources : [])
            {
                for (var j = member; resource >= 0 && j < members.Length; j++)
                {
                    if (members[j].Day == day && usable[j].Contains(resource))
                    {
                        met.Add(resource);
                    }
                }
            }
        }

        return met;
    }

    private static void Add(List<char> key, TickSet ticks)
    {
        for (var tick = ticks.Next(0); tick >= 0;)
        {
            var end = tick;
            while (ticks.Contains(end))
            {
                end++;
            }

            key.Add((char)(1 + tick));
            key.Add((char)(1 + end));
            tick = ticks.Next(end);
        }

        key.Add('\0');
    }
}
