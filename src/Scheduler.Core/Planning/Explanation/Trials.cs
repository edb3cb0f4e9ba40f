using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Rules.Parts;
using Scheduler.Core.Planning.Search;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Asks whether a course is impossible with some constraints left out of account, and with some of its visits alone. Both go by their number, as bits.</summary>
/// <param name="request">The request.</param>
/// <param name="almanac">What is known of its days.</param>
/// <param name="frame">
/// The frame of the whole course: leaving a rule out must not bring other days into play, nor let a visit that it tied drift to the front and open the course in
/// the place of the first.
/// </param>
internal sealed class Trials(PlanningRequest request, Almanac almanac, CourseFrame frame)
{
    /// <summary>Steps that one trial may take. One that takes longer is taken to have a calendar: the reason may then hold more than it must, never less.</summary>
    private const long TrialSteps = 1_000;

    /// <summary>Steps that a trial may take on which depends what is said of a reason.</summary>
    public const long LastTrialSteps = 4_000;

    /// <summary>Steps that all trials may take together. They explain an answer that is there: so that they do not depend on what the request allows, they are their own.</summary>
    private const long AllSteps = 40_000;

    /// <summary>What a trial costs besides the steps of its search, in steps.</summary>
    private const long StepsOfATrial = 40;

    /// <summary>So many pairs of visits, and of what ties them, are set up for one more step; a usual course has some hundred.</summary>
    private const int PairsOfAStep = 16;

    /// <summary>So much of what constraints say is looked at for one more step.</summary>
    private const int LookedOfAStep = 1_000;

    private readonly CourseParts parts = new(request, [.. Conflicts.Waivers(request)], almanac, frame);
    private readonly ImmutableArray<int> openers = [.. frame.Openers.Select(v => request.Protocol.Visits.IndexOf(v))];
    private readonly List<Asked> possible = [];
    private readonly List<Asked> impossible = [];
    private long steps = AllSteps;

    /// <summary>All constraints that can be left out; the index of one is its number.</summary>
    public ImmutableArray<Waiver> Constraints => parts.Constraints;

    /// <summary>Whether no step is left: nothing more can be proved.</summary>
    public bool IsUsedUp => steps <= 0;

    /// <summary>Whether the latest trial found a calendar or proved that there is none, rather than that its steps ended.</summary>
    public bool IsLatestKnown { get; private set; }

    /// <summary>Fewer visits are looked for only while half of the steps are left: the rest is for the constraints.</summary>
    public bool MayLookForFewer => steps > AllSteps / 2;

    /// <summary>Whether so many steps are left that another conflict may be looked for.</summary>
    public bool MayGoOn => steps > AllSteps / 4;

    /// <summary>The constraints that some visits can notice.</summary>
    public ulong[] Touching(ulong[] visits) => parts.Touching(visits);

    /// <summary>Whether it is proved that some visits have no calendar; when the steps are used up nothing is.</summary>
    /// <param name="kept">What counts; all else is left out of account.</param>
    /// <param name="visits">The visits.</param>
    /// <param name="most">Steps that the trial may take.</param>
    public bool AreImpossible(ulong[] kept, ulong[] visits, long most = TrialSteps)
    {
        IsLatestKnown = true;
        if (DaySet.IsEmpty(visits))
        {
            return false;
        }

        // More of either has no calendar if less has none, and less has one if more has.
        var asked = new Asked(kept, visits);
        if (possible.Exists(asked.IsInside) || impossible.Exists(less => less.IsInside(asked)))
        {
            return !possible.Exists(asked.IsInside);
        }

        if (IsUsedUp)
        {
            IsLatestKnown = false;
            return false;
        }

        var calendar = Try(asked, most);
        IsLatestKnown = calendar.IsKnown;
        if (calendar.IsKnown)
        {
            (calendar.IsFound ? possible : impossible).Add(asked);
        }

        return calendar is { IsFound: false, IsKnown: true };
    }

    private Existence Try(Asked asked, long most)
    {
        // Where the first visit of the course may be one that is not looked at, or the course has begun, nobody asks when the others start.
        var course = parts.Of(asked.Kept, asked.Visits, startCounts: request.Fixed.IsEmpty && openers.All(v => DaySet.Contains(asked.Visits, v)));
        var calendar = DaySearch.Exists(course, most, parts.Options(course, asked.Kept));
        steps -= calendar.Steps + StepsOfATrial + (parts.Work.Looked / LookedOfAStep) + (parts.Work.Compared / PairsOfAStep);
        if (calendar.Steps >= most)
        {
            parts.Forget();
        }

        return calendar;
    }

    /// <summary>What was asked.</summary>
    /// <param name="Kept">Constraints.</param>
    /// <param name="Visits">Visits.</param>
    private sealed record Asked(ulong[] Kept, ulong[] Visits)
    {
        /// <summary>Whether another has all of it.</summary>
        public bool IsInside(Asked more) => DaySet.IsInside(Kept, more.Kept) && DaySet.IsInside(Visits, more.Visits);
    }
}
