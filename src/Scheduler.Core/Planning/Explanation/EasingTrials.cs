using System.Collections.Immutable;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Tries what a course has a calendar with.</summary>
/// <param name="request">A request without one.</param>
/// <param name="clinic">Its clinic.</param>
internal sealed class EasingTrials(PlanningRequest request, PreparedClinic clinic)
{
    /// <summary>Steps that one trial may take; one that takes longer has found none.</summary>
    private const long TrialSteps = 2_000;

    /// <summary>Steps that all trials may take together, each with what it costs to set it up: some 400 of a usual course.</summary>
    private const long AllSteps = 80_000;

    /// <summary>What it costs to set a trial up, in steps.</summary>
    private const long StepsOfATrial = 100;

    /// <summary>So many pairs of visits, of rules and visits, or of resources and visits are set up for one more step; a usual course has some hundred.</summary>
    private const int PairsOfAStep = 16;

    /// <summary>No window is made wider on either side by more days.</summary>
    private const int MostWider = 28;

    private long left = AllSteps;

    /// <summary>As few easings of some groups as are enough: of the groups first, and then of what these hold. Empty where all together are not.</summary>
    public ImmutableArray<Easing> Fewest(ImmutableArray<ImmutableArray<Easing>> groups)
    {
        if (groups.IsEmpty || !IsEnough([.. groups.SelectMany(g => g)]))
        {
            return [];
        }

        var needed = SmallestSet.Of(groups, some => IsEnough([.. some.SelectMany(g => g)]));
        return SmallestSet.Of([.. needed.SelectMany(g => g)], IsEnough);
    }

    /// <summary>The fewest days in which the course may start so that it has a calendar.</summary>
    public ImmutableArray<Easing> ShortestStart() => Least(request.StartWithinDays, PlanningRequest.MostStartWithinDays, days => new Easing.LongerStart(days));

    /// <summary>The fewest days by which a window must be wider: on one side, or else on both.</summary>
    public ImmutableArray<Easing> Narrowest(string rule)
    {
        var later = Least(0, MostWider, days => new Easing.WiderWindow(rule, 0, days));
        var earlier = Least(0, MostWider, days => new Easing.WiderWindow(rule, days, 0));
        return (earlier, later) switch
        {
            ([Easing.WiderWindow before], [Easing.WiderWindow behind]) => before.Earlier < behind.Later ? earlier : later,
            ([], []) => Least(0, MostWider, days => new Easing.WiderWindow(rule, days, days)),
            _ => earlier.IsEmpty ? later : earlier,
        };
    }

    /// <summary>The easing with the least number above one that is not enough, whatever is more being enough as well.</summary>
    private ImmutableArray<Easing> Least(int tooFew, int most, Func<int, Easing> easing)
    {
        if (tooFew >= most || !IsEnough([easing(most)]))
        {
            return [];
        }

        var enough = most;
        while (enough - tooFew > 1)
        {
            var between = (tooFew + enough) / 2;
            (tooFew, enough) = IsEnough([easing(between)]) ? (tooFew, between) : (between, enough);
        }

        return [easing(enough)];
    }

    private bool IsEnough(ImmutableArray<Easing> easings)
    {
        if (easings.IsEmpty || left <= 0)
        {
            return false;
        }

        var eased = Relaxations.After(request, easings);
        var (hasCalendar, steps) = Planner.HasCalendar(eased, Relaxations.After(clinic, eased, easings), TrialSteps);
        var (visits, rules) = (request.Protocol.Visits.Length, request.Protocol.Rules.Length);
        left -= steps + StepsOfATrial + (((visits * (visits + rules)) + (request.Clinic.Resources.Length * visits)) / PairsOfAStep);
        return hasCalendar;
    }
}
