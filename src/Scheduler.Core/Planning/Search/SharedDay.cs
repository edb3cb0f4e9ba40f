namespace Scheduler.Core.Planning.Search;

/// <summary>A visit that is to be planned together with others: which, with which crew, and on which day.</summary>
internal readonly record struct DayMember(int Visit, int Crew, int Day);

/// <summary>The places of visits planned together, with their price.</summary>
/// <param name="Options">One option a member, in the order of the visits.</param>
/// <param name="Cost">Preference points, fragments and hours off target of all of them.</param>
internal sealed record DayPlan(Option[] Options, PackedCost Cost);

/// <summary>
/// Plans the visits of a course that share a day, or whose days are tied by hours, together and exactly. A day with one visit needs only that visit's best
/// option. What was planned once is remembered.
/// </summary>
internal sealed class SharedDay(SearchProblem problem, DayOptions[] options, Option?[] fixedOptions, StepBudget budget)
{
    private readonly Dictionary<string, DayPlan?> known = new(StringComparer.Ordinal);

    /// <summary>The best plan, or null where the visits do not go together. When the budget is used up, null says nothing.</summary>
    /// <param name="members">The visits, ascending.</param>
    public DayPlan? Plan(ReadOnlySpan<DayMember> members)
    {
        if (members is [var alone] && fixedOptions[alone.Visit] is null)
        {
            return options[alone.Visit].Best(alone.Crew, alone.Day) is { } only ? new([only], only.Cost) : null;
        }

        var key = Key(members);
        if (!known.TryGetValue(key, out var plan))
        {
            plan = Solve(members.ToArray());
            if (!budget.IsUsedUp)
            {
                known[key] = plan;
            }
        }

        return plan;
    }

    private static string Key(ReadOnlySpan<DayMember> members)
    {
        var key = new char[members.Length * 3];
        for (var i = 0; i < members.Length; i++)
        {
            key[i * 3] = (char)members[i].Visit;
            key[(i * 3) + 1] = (char)(members[i].Crew + 1);
            key[(i * 3) + 2] = (char)members[i].Day;
        }

        return new string(key);
    }

    private DayPlan? Solve(DayMember[] members)
    {
        var choices = new Option[members.Length][];
        for (var i = 0; i < members.Length; i++)
        {
            var (visit, crew, day) = members[i];
            choices[i] = fixedOptions[visit] is { } given ? [given] : options[visit].All(crew, day);
            if (choices[i].Length == 0)
            {
                return null;
            }
        }

        return new DayPuzzle(problem, members, choices, Array.ConvertAll(members, m => options[m.Visit]), budget).Solve();
    }
}
