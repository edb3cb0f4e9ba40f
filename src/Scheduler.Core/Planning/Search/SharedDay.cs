using System.Diagnostics;

namespace Scheduler.Core.Planning.Search;

/// <summary>A visit that is to be planned together with others: which, with which crew, and on which day.</summary>
internal readonly record struct DayMember(int Visit, int Crew, int Day);

/// <summary>The places of visits planned together, with their price.</summary>
/// <param name="Options">One option a member, in the order of the visits.</param>
/// <param name="Cost">Preference points, fragments and hours off target of all of them; beside fixed visits, what the others add to those.</param>
internal sealed record DayPlan(Option[] Options, PackedCost Cost);

/// <summary>
/// Plans the visits of a course that share a day, or whose days are tied by hours, together and exactly. A day with one visit needs only that visit's best
/// option. What was planned once is remembered.
/// </summary>
internal sealed class SharedDay(SearchProblem problem, DayOptions[] options, Option?[] fixedOptions, StepBudget budget)
{
    private readonly Dictionary<string, DayPlan?> known = new(StringComparer.Ordinal);
    private readonly Dictionary<(DayOptions, DayOptions), ulong> metByOthers = [];

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

    /// <summary>Where a decided visit lies as things are.</summary>
    public Place PlaceOf(int visit, Decisions decisions)
    {
        var members = decisions.Together(visit, without: null);
        var at = Array.FindIndex(members, m => m.Visit == visit);
        var plan = Plan(members) ?? throw new UnreachableException("A day was left without a plan.");
        return new(visit, members[at].Day, members[at].Crew, plan.Options[at]);
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
            choices[i] = fixedOptions[visit] is { } given ? [given] : options[visit].All(crew, day, NeedsMetOn(day, members, i));
            if (choices[i].Length == 0)
            {
                return null;
            }
        }

        var plan = new DayPuzzle(problem, members, choices, Array.ConvertAll(members, m => options[m.Visit]), budget).Solve();
        DayMember[] theirs = Array.FindAll(members, m => fixedOptions[m.Visit] is not null);
        return plan is null || theirs.Length is 0 || theirs.Length == members.Length
            ? plan
            : Plan(theirs) is { } alone ? plan with { Cost = plan.Cost - alone.Cost } : null;
    }

    /// <summary>The needs of a member, as bits, in which it can meet another on its day.</summary>
    private ulong NeedsMetOn(int day, DayMember[] members, int member)
    {
        var needs = 0UL;
        for (var other = 0; other < members.Length; other++)
        {
            needs |= other != member && members[other].Day == day ? NeedsMet(options[members[member].Visit], options[members[other].Visit]) : 0;
        }

        return needs;
    }

    private ulong NeedsMet(DayOptions mine, DayOptions others)
    {
        if (!metByOthers.TryGetValue((mine, others), out var needs))
        {
            metByOthers[(mine, others)] = needs = mine.NeedsMetBy(others);
        }

        return needs;
    }
}
