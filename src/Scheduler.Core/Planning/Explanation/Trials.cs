using System.Collections.Immutable;
using Scheduler.Core.Planning.Rules;
using Scheduler.Core.Planning.Search;
using Scheduler.Core.Protocols;

namespace Scheduler.Core.Planning.Explanation;

/// <summary>Asks whether a course is impossible with some constraints left out of account, and with some of its visits alone.</summary>
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

    /// <summary>What it costs to set a problem up, in steps.</summary>
    private const long StepsToSetUp = 60;

    /// <summary>So many pairs of visits, of what ties them, and of rules and visits are set up for one more step; a usual course has some hundred.</summary>
    private const int PairsOfAStep = 16;

    private readonly Dictionary<Waiver, int> numbers = Numbered(Conflicts.Waivers(request));
    private readonly Dictionary<VisitId, int> visitNumbers = Numbered(request.Protocol.Visits);
    private readonly ImmutableArray<Waiver> ofTimes = [.. Conflicts.Waivers(request).Where(w => w.IsOfTimes)];
    private readonly Dictionary<Asked, (SearchProblem Problem, int Pairs)> problems = [];
    private readonly List<Asked> possible = [];
    private readonly List<Asked> impossible = [];
    private long steps = AllSteps;

    /// <summary>Whether no step is left: nothing more can be proved.</summary>
    public bool IsUsedUp => steps <= 0;

    /// <summary>Whether the latest trial found a calendar or proved that there is none, rather than that its steps ended.</summary>
    public bool IsLatestKnown { get; private set; }

    /// <summary>Fewer visits are looked for only while half of the steps are left: the rest is for the constraints.</summary>
    public bool MayLookForFewer => steps > AllSteps / 2;

    /// <summary>Whether so many steps are left that another conflict may be looked for.</summary>
    public bool MayGoOn => steps > AllSteps / 4;

    /// <summary>Whether it is proved that some visits have no calendar; when the steps are used up nothing is.</summary>
    /// <param name="kept">What counts; all else is left out of account.</param>
    /// <param name="visits">The visits, in the protocol's order.</param>
    /// <param name="most">Steps that the trial may take.</param>
    public bool AreImpossible(IEnumerable<Waiver> kept, ImmutableArray<VisitId> visits, long most = TrialSteps)
    {
        IsLatestKnown = true;
        if (visits.IsEmpty)
        {
            return false;
        }

        // More of either has no calendar if less has none, and less has one if more has.
        var asked = new Asked(Bits(kept, numbers), Bits(visits, visitNumbers));
        if (possible.Exists(asked.IsInside) || impossible.Exists(less => less.IsInside(asked)))
        {
            return !possible.Exists(asked.IsInside);
        }

        if (IsUsedUp)
        {
            IsLatestKnown = false;
            return false;
        }

        var calendar = new DaySearch(Problem(asked, visits), most).Exists();
        steps -= calendar.Steps + StepsOfATrial;
        IsLatestKnown = calendar.IsKnown;
        if (calendar.IsKnown)
        {
            (calendar.IsFound ? possible : impossible).Add(asked);
        }

        return calendar is { IsFound: false, IsKnown: true };
    }

    /// <summary>Some visits with some constraints. What no times of clinic, patient and resources change is set up once.</summary>
    private SearchProblem Problem(Asked asked, ImmutableArray<VisitId> visits)
    {
        var setUp = new Asked([.. asked.Kept], asked.Visits);
        foreach (var waiver in ofTimes)
        {
            DaySet.Remove(setUp.Kept, numbers[waiver]);
        }

        if (!problems.TryGetValue(setUp, out var known))
        {
            problems.Add(setUp, known = SetUp(setUp, visits));
        }

        steps -= known.Pairs / PairsOfAStep;
        return known.Problem with { Availability = known.Problem.Availability.With(Waiver.Times(w => !IsKept(w, asked))) };
    }

    private (SearchProblem Problem, int Pairs) SetUp(Asked asked, ImmutableArray<VisitId> visits)
    {
        var types = visits.Select(v => v.Type).ToHashSet(StringComparer.Ordinal);
        var only = ProtocolParts.Alone(request.Protocol, v => !types.Contains(v.Type), request.LeftOut);
        var whole = Planner.Problem(request with { Protocol = only }, almanac, w => !IsKept(w, asked), frame);
        var pairs = (whole.Visits.Length * (whole.Visits.Length + request.Protocol.Rules.Length)) + whole.Relations.Count + whole.Apart.Count + (8 * whole.People.Count);
        steps -= StepsToSetUp;

        // Where the first visit of the course may be one that is not looked at, or the course has begun, nobody asks when the others start.
        return (SmallerProblem.Of(whole, v => DaySet.Contains(asked.Visits, visitNumbers[v.Id]), startCounts: request.Fixed.IsEmpty && frame.Openers.All(visits.Contains)), pairs);
    }

    /// <summary>Whether a constraint counts. What is not there cannot be left out, costs apart.</summary>
    private bool IsKept(Waiver waiver, Asked asked) => numbers.TryGetValue(waiver, out var number) ? DaySet.Contains(asked.Kept, number) : waiver is not Waiver.Costs;

    private static Dictionary<T, int> Numbered<T>(IEnumerable<T> all)
        where T : notnull => all.Select((one, number) => (one, number)).ToDictionary(n => n.one, n => n.number);

    private static ulong[] Bits<T>(IEnumerable<T> some, Dictionary<T, int> numbers)
        where T : notnull
    {
        var bits = new ulong[DaySet.Words(numbers.Count)];
        foreach (var one in some)
        {
            DaySet.Add(bits, numbers[one]);
        }

        return bits;
    }

    /// <summary>What was asked: constraints and visits, as bits.</summary>
    private sealed class Asked(ulong[] kept, ulong[] visits) : IEquatable<Asked>
    {
        public ulong[] Kept => kept;

        public ulong[] Visits => visits;

        /// <summary>Whether another has all of it.</summary>
        public bool IsInside(Asked more) => DaySet.IsInside(kept, more.Kept) && DaySet.IsInside(visits, more.Visits);

        /// <inheritdoc/>
        public bool Equals(Asked? other) => other is not null && kept.AsSpan().SequenceEqual(other.Kept) && visits.AsSpan().SequenceEqual(other.Visits);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => Equals(obj as Asked);

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var word in (ulong[])[.. kept, .. visits])
            {
                hash.Add(word);
            }

            return hash.ToHashCode();
        }
    }
}
